internal import Access
internal import CommandLineTool
internal import Contract
internal import Ledger
internal import Settings

/// `gatebook doctor`: whether everything that `run` needs is there.
enum DoctorCommand {
  static let entry = CommandEntry(
    declaration: Command(
      "doctor", summary: "Try settings, connection, topic and ledger, and say what to do",
      discussion: [
        "Each step is a row; what depends on a step that failed is not tried. The exit code is 1 "
          + "when one has failed. Nothing is changed, neither at the broker nor in the ledger."
      ],
      examples: [
        Example("gatebook doctor --config gatebook.yaml", "Before the first `gatebook run`.")
      ],
      options: [
        Option(
          "timeout", value: "TIME", help: "How long to wait for the broker", default: "10s")
      ],
      groups: [CommonOptions.rows, CommonOptions.ledger], section: "Settling"),
    run: run)

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> Int32 {
    let timeout = try arguments.duration("timeout") ?? .seconds(10)
    let check = SettingsCheck(file: arguments.string("config"))
    var steps = check.steps.filter { $0.step == "settings" }
    if let settings = check.settings {
      if let source = settings.source {
        steps += SourceCheck.steps(of: source, timeout: timeout)
      } else if arguments.isGiven("config") {
        steps += check.steps.filter { $0.step == "source" }
      }
      steps.append(LedgerCheck.step(path: try LedgerPlace.path(arguments)))
    } else if let path = arguments.string("ledger") {
      steps.append(LedgerCheck.step(path: path))
    }
    return try Checks.tell(steps, arguments, console)
  }
}

/// Whether the ledger can be read, and how it stands.
enum LedgerCheck {
  static func step(path: String) -> CheckStep {
    do throws(LedgerError) {
      let status = try LedgerReader(path: path).ledgerStatus()
      let complete = status.streamTime.map { "complete until \($0)" } ?? "empty"
      return CheckStep(
        step: "ledger", result: .ok,
        text: "\(path) is \(complete): \(status.chainCount) pieces of evidence and rejects, "
          + "\(status.due) judgements due.")
    } catch {
      if error.code == .notFound {
        return CheckStep(
          step: "ledger", result: .warning, text: "There is no ledger at \(path) yet.",
          remedy: "`gatebook run` and `gatebook import` make it; its folder must exist.")
      }
      return CheckStep(step: "ledger", result: .failed, text: error.description)
    }
  }
}
