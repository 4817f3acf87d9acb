import Foundation

/// Programs of the system that tests run.
enum Tool {
  /// Where `name` is, or nil if it is not installed.
  static func find(_ name: String) -> String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return path.split(separator: ":").map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// A process that is ready to run and says nothing.
  static func process(_ name: String, _ arguments: [String]) throws -> Process {
    guard let path = find(name) else { throw KafkaBrokerFailure("\(name) is not installed") }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    return process
  }

  /// Runs a program to its end, which must be a success.
  static func run(_ name: String, _ arguments: [String]) throws {
    let process = try process(name, arguments)
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw KafkaBrokerFailure("\(name) \(arguments) failed: \(process.terminationStatus)")
    }
  }
}
