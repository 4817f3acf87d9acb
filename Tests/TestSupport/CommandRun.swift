import Foundation

/// What a command did: its exit code and everything it wrote.
public struct CommandRun: Sendable {
  /// The exit code, or the negated number of the signal that ended the command.
  public let exitCode: Int32
  /// The bytes of standard output.
  public let outputBytes: [UInt8]
  /// Standard output as text.
  public var output: String { String(decoding: outputBytes, as: UTF8.self) }
  /// Standard error as text.
  public let errorOutput: String
  /// The lines of standard output, without an empty one at the end.
  public var lines: [String] {
    output.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
  }

  init(exitCode: Int32, outputBytes: [UInt8], errorOutput: String) {
    self.exitCode = exitCode
    self.outputBytes = outputBytes
    self.errorOutput = errorOutput
  }

  /// Runs a command to its end; blocks, and throws when it does not end in time.
  ///
  /// The command sees `PATH`, what the sanitizers need, and the given environment only.
  public init(
    _ path: String, _ arguments: [String] = [], input: String? = nil,
    environment: [String: String] = [:], folder: String? = nil, timeout: Duration = .seconds(60)
  ) throws {
    let running = try RunningCommand(
      path, arguments, input: input.map { Array($0.utf8) }, environment: environment,
      folder: folder)
    self = try running.finish(timeout: timeout)
  }

  /// The path of a product of this package, which lies beside the tests that run.
  public static func product(_ name: String) throws -> String {
    let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let folder = URL(filePath: tests).deletingLastPathComponent()
    let path = folder.appending(path: name).path
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw CommandRunError.notBuilt(path)
    }
    return path
  }
}

/// Why a command gave no result to a test.
public enum CommandRunError: Error, CustomStringConvertible {
  /// The product is not there.
  case notBuilt(String)
  /// The command was still at it when the time was over, and was killed.
  case timedOut(command: String, output: String, errorOutput: String)

  /// What happened, with what the command had written until then.
  public var description: String {
    switch self {
    case .notBuilt(let path): "\(path) is not built."
    case .timedOut(let command, let output, let errorOutput):
      "\(command) took too long.\nstdout: \(output)\nstderr: \(errorOutput)"
    }
  }
}
