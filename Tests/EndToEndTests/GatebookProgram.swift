import Foundation
import TestSupport
import Testing

/// The program under test: the one that stands beside the tests, or the one in `GATEBOOK`.
enum GatebookProgram {
  /// Where it is.
  static func path() throws -> String {
    if let path = ProcessInfo.processInfo.environment["GATEBOOK"], !path.isEmpty { return path }
    return try CommandRun.product("gatebook")
  }

  /// Runs a command to its end.
  static func run(
    _ arguments: [String], input: String? = nil, timeout: Duration = .seconds(60)
  ) throws -> CommandRun {
    try CommandRun(path(), arguments, input: input, timeout: timeout)
  }

  /// Starts a command, to be watched and ended.
  static func start(_ arguments: [String]) throws -> RunningCommand {
    try RunningCommand(path(), arguments)
  }

  /// The digest of a ledger.
  static func digest(_ ledger: String) throws -> String {
    let run = try run(["digest", "--ledger", ledger], timeout: AcceptanceSize.patience)
    guard run.exitCode == 0, run.output.contains(#/^[0-9a-f]{64}\n$/#) else {
      throw ProgramFailure("digest ended with \(run.exitCode): \(run.output)\(run.errorOutput)")
    }
    return run.output
  }

  /// Expects that `verify` finds nothing wrong with a ledger.
  static func expectSound(
    _ ledger: String, _ note: String = "", at place: SourceLocation = #_sourceLocation
  ) throws {
    let run = try run(
      ["verify", "--ledger", ledger, "--output", "ndjson"], timeout: AcceptanceSize.patience)
    #expect(
      run.exitCode == 0 && run.output.isEmpty,
      "\(note) verify ended with \(run.exitCode): \(run.output.prefix(4000))\(run.errorOutput)",
      sourceLocation: place)
  }

  /// The lines of `status`, by source.
  static func status(_ ledger: String) throws -> [[String: Any]] {
    try rows(["status", "--ledger", ledger])
  }

  /// The rows that a reading command writes.
  static func rows(_ arguments: [String]) throws -> [[String: Any]] {
    let run = try run(arguments + ["--output", "ndjson"], timeout: AcceptanceSize.patience)
    guard run.exitCode == 0 else {
      throw ProgramFailure("\(arguments) ended with \(run.exitCode): \(run.errorOutput)")
    }
    return try run.lines.map(row)
  }

  /// A line of NDJSON.
  static func row(_ line: String) throws -> [String: Any] {
    guard let row = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else {
      throw ProgramFailure("This is no row: \(line)")
    }
    return row
  }
}

/// Why the program gave a test nothing to look at.
struct ProgramFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
