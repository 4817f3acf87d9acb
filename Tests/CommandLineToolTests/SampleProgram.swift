import CommandLineTool

enum Format: String, CaseIterable {
  case table
  case json
  case ndjson
}

/// A small library desk, with one of everything that can be declared.
let sample = Program(
  "desk", version: "1.2.3", summary: "the lending desk of a library",
  discussion: ["Desk keeps what was lent, to whom and until when."],
  commands: [
    Command(
      "lend", summary: "Lend books to a reader",
      discussion: ["A reader who is overdue gets nothing."],
      examples: [Example("desk lend ada b1 b2 --until 7d", "Lends two books for a week.")],
      arguments: [
        Argument("READER", help: "Name of the reader"),
        Argument("BOOKS", help: "Numbers of the books", isRepeated: true),
      ],
      options: [
        Option("until", short: "u", value: "TIME", help: "When they are due", default: "14d"),
        Option("limit", short: "n", value: "N", help: "Most books at once"),
        Option("note", value: "TEXT", help: "A note, kept with the loan", isRepeated: true),
        Option(flag: "force", short: "f", help: "Lend although it's reserved"),
      ], section: "Lending"),
    Command(
      "list", summary: "List loans",
      arguments: [Argument("READER", help: "Only of this reader", isOptional: true)],
      options: [
        Option(
          "output", short: "o", value: "FORMAT", help: "Shape of the rows", default: "table",
          values: .cases(of: Format.self)),
        Option("secret", value: "X", help: "Not shown", isHidden: true),
      ], section: "Reading"),
    Command(
      "import", summary: "Read catalogue files",
      arguments: [
        Argument("FILES", help: "Files to read", isRepeated: true, values: .file)
      ]),
    Command(
      "notice", summary: "Write notices to readers",
      options: [Option(flag: "all", help: "To every reader")],
      subcommands: [
        Command(
          "test", summary: "Write one to yourself",
          arguments: [
            Argument(
              "KIND", help: "Kind of notice", isOptional: true,
              values: .choices(["letter", "post-card"]))
          ],
          options: [Option("folder", value: "PATH", help: "Where to", values: .folder)])
      ]),
    Command(
      "shelf", summary: "Change shelves",
      subcommands: [
        Command("add", summary: "Add one"), Command("drop", summary: "Drop one"),
      ], needsSubcommand: true),
    Command(
      "scan", summary: "Scan a book",
      arguments: [
        Argument("BOOK", help: "Number of the book"),
        Argument("PAGES", help: "Its pages", isRepeated: true, values: .file),
      ], section: "Lending"),
    Command(
      "debug", summary: "Not for readers",
      subcommands: [Command("inner", summary: "Not for them either")], isHidden: true),
  ],
  common: [
    OptionGroup(
      "Common options",
      [
        Option("config", short: "c", value: "PATH", help: "Settings file", values: .file),
        Option(flag: "quiet", short: "q", help: "Say nothing beside the data"),
      ])
  ],
  examples: [Example("desk list --output json", "Everything that is lent.")],
  exitCodes: [ExitCode(0, "All is well."), ExitCode(2, "The command line is wrong.")],
  environment: [EnvironmentVariable("DESK_CONFIG", "Path of the settings file.")])

/// The arguments of a line that must be good.
func arguments(_ line: String) throws -> ParsedArguments {
  let words = line.split(separator: " ").map(String.init)
  guard case .run(let arguments) = try CommandLineParser(sample).parse(words) else {
    throw UsageError("not a command", helpWords: line)
  }
  return arguments
}

/// The usage error of a line that must be wrong, or nil.
func usageError(_ line: String) -> UsageError? {
  do throws(UsageError) {
    let words = line.split(separator: " ").map(String.init)
    _ = try CommandLineParser(sample).parse(words)
    return nil
  } catch {
    return error
  }
}
