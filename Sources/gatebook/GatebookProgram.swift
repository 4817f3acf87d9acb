internal import CommandLineTool

/// The program as it is declared: parsing, help, completions and manual come from here.
enum GatebookProgram {
  static let version = "0.1.0"
  /// The date of the version, which the manual page bears.
  static let date = "2026-11-25"

  static let program = Program(
    "gatebook", version: version,
    summary: "who could reach which VM, when, why, and what was not normal about it",
    discussion: [
      "Gatebook reads Azure Activity Logs from an Event Hub or from files, finds the Just-in-Time "
        + "VM access in them, and keeps one timeline for each VM in one file, the ledger."
    ],
    commands: entries.map(\.declaration), common: [CommonOptions.all],
    examples: [
      Example("gatebook demo", "Shows it all at work, with no set-up."),
      Example("gatebook run --config gatebook.yaml", "Watches an Event Hub."),
      Example("gatebook who vm1 --at 2026-08-11T03:10Z", "Who could reach vm1 that night."),
      Example("gatebook alerts --follow", "What is not normal, as it comes."),
    ],
    exitCodes: [
      ExitCode(0, "All is well."),
      ExitCode(1, "Something failed, or a check found something."),
      ExitCode(2, "The command line is wrong."),
      ExitCode(3, "There are findings, where --fail-on asks for this."),
    ],
    environment: [
      EnvironmentVariable(LedgerPlace.variable, "The ledger, where no option names one."),
      EnvironmentVariable("NO_COLOR", "Any value: no colours."),
      EnvironmentVariable("COLUMNS", "The width of the terminal, where it cannot be asked."),
    ])

  /// All commands in the order in which the help lists them.
  static let entries = feeding + reading + proving + settling + trying + explaining

  private static let feeding = [
    CommandEntry(declaration: FeedingDeclarations.run, run: RunCommand.run),
    CommandEntry(declaration: FeedingDeclarations.importing, run: ImportCommand.run),
    ReparseCommand.entry,
  ]
  private static let reading = [
    TimelineCommand.entry, RequestsCommand.entry, WindowsCommand.entry, WhoCommand.entry,
    VMsCommand.entry, AlertsCommand.entry, EvidenceCommand.entry, StatusCommand.entry,
    RejectsCommand.entry,
  ]
  private static let proving = [
    CommandEntry(declaration: ProvingDeclarations.digest, run: DigestCommand.run),
    CommandEntry(declaration: ProvingDeclarations.verify, run: VerifyCommand.run),
  ]
  private static let settling = [CheckCommand.entry, DoctorCommand.entry]
  private static let trying = [
    CommandEntry(declaration: TryingDeclarations.simulate, run: SimulateCommand.run),
    CommandEntry(declaration: TryingDeclarations.demo, run: DemoCommand.run),
  ]
  private static let explaining = [CompletionsCommand.entry, ManualCommand.entry]

  /// The command of a line that was parsed; only declared commands are.
  static func entry(of arguments: ParsedArguments) throws -> CommandEntry {
    guard let entry = entries.first(where: { $0.declaration.name == arguments.path.first }) else {
      throw arguments.usageError("There is no such command.")
    }
    return entry
  }
}
