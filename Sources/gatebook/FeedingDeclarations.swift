internal import CommandLineTool

/// The declarations of the commands that fill a ledger.
enum FeedingDeclarations {
  static let run = Command(
    "run", summary: "Read the Event Hub into the ledger and raise alerts, until it is stopped",
    discussion: [
      "It resumes where the ledger ends, keeps trying while the broker is away, and ends cleanly on "
        + "Ctrl-C. --config is needed, for it says where the records are. What decides verdicts in "
        + "it is stored in the ledger; a change re-judges what it concerns.",
      "Without `alerts` in the settings the alerts go to standard output as NDJSON.",
    ],
    examples: [
      Example("gatebook run --config gatebook.yaml", "Watches an Event Hub."),
      Example(
        "gatebook run --config gatebook.yaml --until-end --fail-on high",
        "Catches up, then says by its exit code whether something severe is there."),
    ],
    options: [
      Option(flag: "until-end", help: "Stop at the ends that the partitions have at the start"),
      CommonOptions.noBackup, CommonOptions.failOn,
    ],
    groups: [CommonOptions.ledger], section: "Feeding")

  static let importing = Command(
    "import", summary: "Read activity logs from files into the ledger",
    discussion: [
      "It takes hub messages, the files of a storage account, and lists as the Azure tools write "
        + "them, plain or gzip; the shape is detected. Folders are read with everything in them, "
        + "- is standard input. A file that was read before is not read again, and one that has "
        + "grown only from where it ended.",
      "Records that cannot be used are kept with their reason, see `gatebook rejects`; the exit "
        + "code is 0 all the same. It raises alerts in the ledger and delivers none.",
      "Without --config the settings hold that the ledger has stored, in a new one the defaults: "
        + "among them no working hours, so `off-hours` finds nothing.",
    ],
    examples: [
      Example("gatebook import exported-logs/ more.json.gz", "A folder and a file."),
      Example("zcat old/*.gz | gatebook import -", "Whatever comes in."),
      Example(
        "gatebook import --policies policies.json --as-of 2026-08-01T00:00:00Z",
        "The limits of JIT policies, as `az security jit-policy list` printed them then."),
    ],
    arguments: [
      Argument(
        "FILES", help: "Files, folders, patterns, or - for standard input", isOptional: true,
        isRepeated: true, values: .file)
    ],
    options: [
      Option(
        "policies", value: "FILE",
        help: "JIT policies as JSON of ARM, the Azure CLI or PowerShell, read before FILES",
        values: .file),
      Option(
        "as-of", value: "T", help: "When the policies were read",
        defaultText: "they were always so"),
      CommonOptions.noBackup, CommonOptions.failOn,
    ], groups: [CommonOptions.ledger],
    section: "Feeding")
}

/// The declarations of the commands that prove a ledger.
enum ProvingDeclarations {
  static let digest = Command(
    "digest", summary: "Print one hash over requests, windows and findings",
    discussion: [
      "They are worked out anew from the evidence, as they hold at --at. Two ledgers that were fed "
        + "the same evidence, in whatever order, have the same digest.",
      CommonOptions.times,
    ],
    examples: [Example("gatebook digest", "64 hex digits to compare.")],
    options: [
      Option(
        "at", value: "T", help: "As things hold at this time",
        defaultText: "the time of the newest evidence")
    ],
    groups: [CommonOptions.ledger], section: "Proving")

  static let verify = Command(
    "verify", summary: "Check evidence, chain and verdicts against a recomputation",
    discussion: [
      "Every piece of evidence is hashed anew, the chain is followed from its beginning, and what "
        + "was worked out step by step is compared with what comes out at once. Each difference is "
        + "a row; the exit code is 0 when there is none.",
      "Evidence, rejects, positions, requests, windows and findings are held to that. Counters, raw "
        + "bytes, names as they are shown, rows of rules and what was told in the feed are not.",
    ],
    examples: [Example("gatebook verify --output ndjson", "Every difference as a row.")],
    groups: [CommonOptions.rows, CommonOptions.ledger], section: "Proving")
}
