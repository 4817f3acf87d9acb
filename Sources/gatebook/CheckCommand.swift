internal import CommandLineTool
internal import Contract
internal import Kafka
internal import Settings

/// `gatebook check`: whether a settings file is good.
enum CheckCommand {
  static let entry = CommandEntry(
    declaration: Command(
      "check", summary: "Check a settings file and tell everything that is wrong with it",
      discussion: [
        "Each problem is a row with its place and what to do about it. The exit code is 1 when there "
          + "is one."
      ],
      examples: [Example("gatebook check gatebook.yaml", "Checks a file before it is used.")],
      arguments: [
        Argument(
          "FILE", help: "The settings file, as with --config", isOptional: true, values: .file)
      ],
      options: [CommonOptions.config], groups: [CommonOptions.rows], section: "Settling"),
    run: run)

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> Int32 {
    guard let file = arguments.string("FILE") ?? arguments.string("config") else {
      throw arguments.usageError("Name a settings file.")
    }
    let checks = SettingsCheck(file: file)
    return try Checks.tell(checks.steps, arguments, console)
  }
}

/// What a settings file comes to, as steps.
struct SettingsCheck {
  /// The settings, where the file is good.
  let settings: ServiceSettings?
  /// What was found.
  let steps: [CheckStep]

  /// Reads a file; without one the defaults are looked at.
  init(file: String?) {
    guard let file else {
      settings = SettingsFile.defaults
      steps = [
        CheckStep(
          step: "settings", result: .warning, text: "No settings file was named.",
          remedy: "Name one with --config; without a source nothing can be read from a hub.")
      ]
      return
    }
    do throws(SettingsError) {
      let settings = try SettingsFile.load(path: file, environment: ProcessEnvironment.all)
      self.settings = settings
      steps = SettingsCheck.summary(of: settings, file: file)
    } catch {
      settings = nil
      steps = error.problems.map { SettingsCheck.step(of: $0, file: error.file) }
    }
  }

  private static func step(of problem: SettingsProblem, file: String) -> CheckStep {
    var place = ""
    if let line = problem.line, let column = problem.column {
      place = "\(file):\(line):\(column): "
    }
    if !problem.path.isEmpty { place += "\(problem.path): " }
    return CheckStep(
      step: "settings", result: .failed, text: "\(place)\(problem.message).",
      remedy: problem.remedy)
  }

  private static func summary(of settings: ServiceSettings, file: String) -> [CheckStep] {
    var steps = [CheckStep(step: "settings", result: .ok, text: "\(file) is good.")]
    if let source = settings.source {
      steps.append(
        CheckStep(
          step: "source", result: .ok,
          text: "Topic \(source.topic) at \(source.connection.bootstrapServers), "
            + "\(source.connection.security)."))
    } else {
      steps.append(
        CheckStep(
          step: "source", result: .warning, text: "No source is set, so `run` has nothing to read.",
          remedy: "Set source.connectionString, or source.bootstrapServers and source.topic."))
    }
    steps.append(
      CheckStep(step: "ledger", result: .ok, text: "The ledger is \(settings.ledger.path)."))
    return steps
  }
}

/// How steps are told.
enum Checks {
  /// Writes the steps; the exit code is 1 where one has failed.
  static func tell(
    _ steps: [CheckStep], _ arguments: ParsedArguments, _ console: Console
  ) throws -> Int32 {
    let rows = try RowOutput(arguments, .check, console)
    for step in steps where !rows.write(.check(step)) { break }
    try rows.finish(console, none: "Nothing was checked.")
    return steps.contains { $0.result == .failed } ? 1 : 0
  }
}
