internal import Access
internal import Alerting
internal import CommandLineTool
internal import Files
internal import Lifecycle
internal import Pipeline
internal import Settings

/// `gatebook import`: reads files into the ledger.
enum ImportCommand {
  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> Int32 {
    let policies = try PolicyOption(arguments)
    let catalog = FileCatalog(arguments.strings("FILES"))
    if let policies, arguments.strings("FILES").isEmpty {
      let session = try LedgerSession(arguments, needsSource: false)
      try policies.take(into: session, console)
      return try FailOn.code(arguments, ledger: session.path)
    }
    if arguments.strings("FILES").isEmpty {
      throw arguments.usageError("Say what to read: FILES, or --policies FILE.")
    }
    guard !catalog.entries.isEmpty || !catalog.problems.isEmpty else {
      throw CommandFailure("There is no file to read in what was named.")
    }
    // No ledger is made for a mistyped name; mistakes in the settings come first.
    if catalog.entries.isEmpty {
      _ = try arguments.string("config").map {
        try SettingsFile.load(path: $0, environment: ProcessEnvironment.all, needsSource: false)
      }
      throw CommandFailure(catalog.problems.map(\.description).joined(separator: "\n"))
    }
    if catalog.entries.contains(.standardInput), Terminal.isInputTerminal {
      console.note("Reading records from the terminal; Ctrl-D ends them.")
    }
    let session = try LedgerSession(arguments, needsSource: false)
    try policies?.take(into: session, console)
    let stop = StopSignal()
    let signals = Signals(stop: stop)
    let bar = ProgressBar(
      label: "Importing", totalBytes: totalBytes(of: catalog.entries),
      terminal: console.terminal, isQuiet: console.isQuiet)
    let files = FileImport(
      judge: session.judge, decoding: session.judging.decoding, clock: AlertDispatcher.wallClock)
    let summary = try files.run(catalog.entries) { progress in
      bar.update(
        bytes: progress.summary.bytes, records: Int64(progress.summary.counts.recordsRead),
        label: progress.due > 0 ? "Judging" : "Importing")
      return !stop.isRequested
    }
    bar.finish()
    withExtendedLifetime(signals) {}
    for line in SummaryText.lines(summary) { console.note(line) }
    let problems = catalog.problems.map(\.description) + summary.problems
    return try end(problems, isStopped: stop.isRequested, arguments, session, console)
  }

  /// Says what went wrong, and with which exit code.
  private static func end(
    _ problems: [String], isStopped: Bool, _ arguments: ParsedArguments,
    _ session: LedgerSession, _ console: Console
  ) throws -> Int32 {
    for problem in problems { StandardError.line(problem) }
    if isStopped {
      console.note("Stopped early; what was read is kept. The same command goes on from here.")
      return 1
    }
    if !problems.isEmpty { return 1 }
    return try FailOn.code(arguments, ledger: session.path)
  }

  /// The bytes of all files, where every one of them is a plain file of known size.
  private static func totalBytes(of entries: [FileEntry]) -> Int64? {
    var total: Int64 = 0
    for entry in entries {
      guard case .file(let path) = entry, let identity = try? FileIdentity(ofFile: path),
        let stream = try? ByteStream(entry), !stream.isCompressed
      else { return nil }
      total += identity.size
    }
    return total
  }
}
