import Foundation
import Testing

/// The containers that the repository describes, as far as they can be judged without an engine.
@Suite(.serialized) struct `The compose file` {
  /// Where `docker-compose` is; `make test-tools` installs it.
  static let tool = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .map { "\($0)/docker-compose" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  @Test(
    .enabled(if: tool != nil, "docker-compose is not installed"),
    arguments: [
      ([], ["gatebook", "kafka"]),
      (["--profile", "emulator"], ["azurite", "eventhubs-emulator", "gatebook-emulator"]),
    ])
  func `is accepted`(profile: [String], services: [String]) throws {
    let tool = try #require(Self.tool)
    let output = try Self.run(tool, profile + ["-f", "docker-compose.yml", "config", "--services"])
    #expect(output.status == 0, "docker-compose refuses it")
    #expect(Set(services).isSubset(of: output.text.split(separator: "\n").map(String.init)))
  }

  @Test func `reads the hub that the emulator makes`() throws {
    let config = try #require(Repository.read("Config/emulator/Config.json"))
    let settings = try #require(Repository.read("Config/emulator/gatebook.yaml"))
    let entity = try #require(config.firstMatch(of: #/"Entities": \[\s*\{\s*"Name": "([^"]+)"/#))
    #expect(settings.contains("topic: \(entity.output.1)\n"))
    #expect(config.contains(#/"PartitionCount": "[0-9]+"/#), "the emulator wants a string")
    _ = try JSONSerialization.jsonObject(with: Data(config.utf8))
  }

  private static func run(
    _ tool: String, _ arguments: [String]
  ) throws -> (status: Int32, text: String) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: tool)
    process.arguments = arguments
    process.currentDirectoryURL = Repository.root
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }
}
