internal import CommandLineTool
internal import Simulation

/// The declarations of the commands that need no tenant.
enum TryingDeclarations {
  static let simulate = Command(
    "simulate", summary: "Write the activity log of a made-up tenant, or check what came of it",
    discussion: [
      "The same seed and options write the same records. They go to a file, to standard output "
        + "(--output -), or into a topic. --truth writes down what really happened, and --check "
        + "compares that with a ledger that read the records.",
      "With the requests come what they lead to and what surrounds them: the rules that Defender "
        + "for Cloud writes and takes away, policies, rules that people make themselves, sessions, "
        + "ways around the door. With --no-bodies the records of requests have no bodies, so that "
        + "only the rules tell what was asked for; those of rules and policies keep theirs.",
      "A topic is named by --config, or by --bootstrap-servers and --topic.",
    ],
    examples: [
      Example(
        "gatebook simulate --records 100000 --output logs.json --truth truth.ndjson",
        "A file of records and what is true about them."),
      Example(
        "gatebook simulate --check truth.ndjson --ledger gatebook.db",
        "Whether the ledger came to the same conclusions."),
    ],
    options: amounts + shape,
    groups: [destination, growing, checking], section: "Trying")

  private static let amounts = [
    Option("seed", value: "N", help: "Where chance begins", default: "1"),
    Option("records", value: "N", help: "How many records to write", default: "100000"),
    Option("days", value: "N", help: "Over how many days they are spread", defaultText: "14"),
    Option(
      "people", value: "N", help: "How many people ask for access",
      defaultText: "a number that fits the records"),
    Option(
      "vms", value: "N", help: "How many VMs there are", defaultText: "three for each of the people"
    ),
    Option(
      "jit-share", value: "SHARE", help: "Share of records that are about access",
      defaultText: "0.005"),
    Option("rate", value: "N", help: "Records a second", defaultText: "as fast as it goes"),
  ]

  private static let shape = [
    Option(
      "duplicates", value: "SHARE", help: "Share of records that are written twice",
      defaultText: "0.02"),
    Option("late", value: "SHARE", help: "Share of records that come late", defaultText: "0.02"),
    Option(
      "legacy", value: "SHARE", help: "Share of records in the shape of the old export",
      defaultText: "0.15"),
    Option(flag: "no-bodies", help: "A tenant whose export has no bodies of requests"),
    Option(
      "records-per-message", value: "N", help: "How many records a message holds on average",
      defaultText: "20"),
  ]

  private static let destination = OptionGroup(
    "Where to",
    [
      Option(
        "output", short: "o", value: "FILE", help: "A file, or - for standard output",
        values: .file),
      Option("truth", value: "FILE", help: "Write what really happened", values: .file),
      Option("settings", value: "FILE", help: "Write settings that fit the tenant", values: .file),
      Option(
        "topic", value: "TOPIC", help: "The topic to write to",
        defaultText: "that of the settings, else insights-activity-logs"),
      Option("bootstrap-servers", value: "HOSTS", help: "host:port of the brokers"),
      CommonOptions.config,
      Option("partitions", value: "N", help: "Make the topic with so many partitions"),
    ])

  private static let growing = OptionGroup(
    "Growing",
    [
      Option(
        "growth", value: "KIND",
        help: "Write a log in which one thing alone grows: chain (windows of one VM, each renewed "
          + "before its end), rules (writes of one group of 200 rules), policy (requests on one "
          + "policy, some without bodies)",
        values: .choices(Growth.allCases.map(\.rawValue))),
      Option(
        "count", value: "N", help: "How many windows, writes or requests", defaultText: "1000"),
    ])

  private static let checking = OptionGroup(
    "Checking",
    [
      Option(
        "check", value: "TRUTH", help: "Compare a ledger with this truth; write no records",
        values: .file),
      CommonOptions.ledgerPath,
    ])

  static let demo = Command(
    "demo", summary: "Show it all at work on a made-up tenant, with no set-up",
    discussion: [
      "It starts a broker inside the program, writes the records of a made-up tenant into it in "
        + "about ten seconds, reads them, and shows timelines and alerts as they come; without a "
        + "terminal only what came of it. Everything lies in a temporary folder that it removes. "
        + "Ctrl-C ends it earlier."
    ],
    examples: [Example("gatebook demo --seed 7", "Another tenant.")],
    options: [
      Option("seed", value: "N", help: "Where chance begins", default: "1"),
      Option("records", value: "N", help: "How many records to write", default: "60000"),
      Option(
        "seconds", value: "N", help: "End after so long at the latest",
        defaultText: "when all is read"),
    ], section: "Trying")
}
