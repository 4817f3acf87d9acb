internal import CommandLineTool
internal import Ledger
internal import Settings

/// Which ledger a command line means.
enum LedgerPlace {
  /// The variable that names the ledger where no option does.
  static let variable = "GATEBOOK_LEDGER"

  /// `--ledger`, else that of the settings given, else the variable's, else that of the defaults.
  static func path(_ arguments: ParsedArguments) throws -> String {
    if let path = arguments.string("ledger") { return path }
    let environment = ProcessEnvironment.all
    if let file = arguments.string("config") {
      return try SettingsFile.load(path: file, environment: environment, needsSource: false)
        .ledger.path
    }
    if let path = environment[variable], !path.isEmpty { return path }
    return SettingsFile.defaults.ledger.path
  }

  /// Opens the ledger for reading.
  static func reader(_ arguments: ParsedArguments) throws -> LedgerReader {
    try LedgerReader(path: path(arguments))
  }
}

extension LedgerReader {
  /// Runs reads that must see one and the same state, and that may fail in other ways as well.
  func consistently<Value>(_ work: () throws -> Value) throws -> Value {
    let result: Result<Value, any Error> = try snapshot { () throws(LedgerError) in
      Result { try work() }
    }
    return try result.get()
  }
}
