import Foundation
import TestSupport
import Testing

/// A small disk of its own, in memory; only root can have one.
private final class SmallDisk {
  static let isAvailable = geteuid() == 0 && (try? SmallDisk(size: "1m")) != nil

  let path: String
  private let folder: TemporaryFolder

  init(size: String) throws {
    folder = try TemporaryFolder()
    path = folder.path
    try Self.mount(["-t", "tmpfs", "-o", "size=\(size)", "tmpfs", path])
  }

  deinit { _ = try? CommandRun("/bin/umount", ["-l", path]) }

  /// Changes its size, or what may be done with it.
  func remount(_ option: String) throws { try Self.mount(["-o", "remount,\(option)", path]) }

  private static func mount(_ arguments: [String]) throws {
    let run = try CommandRun("/bin/mount", arguments)
    guard run.exitCode == 0 else { throw ProgramFailure(run.errorOutput) }
  }
}

@Suite(.serialized, .enabled(if: SmallDisk.isAvailable, "nobody may mount a disk here"))
struct `A disk that holds a ledger` {
  private let folder: TemporaryFolder
  private let log: String
  private let whole: String

  init() throws {
    folder = try TemporaryFolder()
    log = folder.file("log.json")
    whole = folder.file("whole.db")
    let simulated = try GatebookProgram.run([
      "simulate", "--output", log, "--records", "6000", "--jit-share", "0.2",
    ])
    try #require(simulated.exitCode == 0)
    let imported = try GatebookProgram.run(["import", log, "--ledger", whole])
    try #require(imported.exitCode == 0)
  }

  @Test func `says that it is full, keeps what was whole, and goes on when there is room`() throws {
    let disk = try SmallDisk(size: "3m")
    let ledger = disk.path + "/gatebook.db"
    let run = try GatebookProgram.run(["import", log, "--ledger", ledger, "--quiet"])
    #expect(run.exitCode == 1)
    #expect(
      run.errorOutput.hasPrefix("The disk that holds \(ledger) is full"), "\(run.errorOutput)")
    #expect(run.errorOutput.contains("Make room and start again"))
    #expect(run.errorOutput.split(separator: "\n").count == 1)
    try disk.remount("size=200m")
    let again = try GatebookProgram.run(["import", log, "--ledger", ledger])
    #expect(again.exitCode == 0, "\(again.errorOutput)")
    #expect(try GatebookProgram.digest(ledger) == GatebookProgram.digest(whole))
    try GatebookProgram.expectSound(ledger)
    #expect(try GatebookProgram.status(ledger).first?["recordsRead"] as? Int == 6000)
  }

  @Test func `says that it cannot be written, and can still be read`() throws {
    let disk = try SmallDisk(size: "200m")
    let ledger = disk.path + "/gatebook.db"
    #expect(try GatebookProgram.run(["import", log, "--ledger", ledger]).exitCode == 0)
    try disk.remount("ro")
    let run = try GatebookProgram.run(["import", log, "--ledger", ledger, "--quiet"])
    #expect(run.exitCode == 1)
    #expect(run.errorOutput.contains("Read-only file system"))
    #expect(run.errorOutput.contains("give this user write access"))
    #expect(try GatebookProgram.digest(ledger) == GatebookProgram.digest(whole))
  }
}
