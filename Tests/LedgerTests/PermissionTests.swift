import Access
import Foundation
import Ledger
import SQLite
import TestSupport
import Testing

/// These run in processes of their own, which give up root's rights where they have them.
@Suite struct `Permissions` {
  let place = try! LedgerFolder()

  /// Becomes a user who owns nothing here; does nothing for one who is not root.
  static func dropRights() {
    if getuid() == 0 { setuid(65_534) }
  }

  func fill() throws {
    try place.writer().take(Sample.batch([1, 2]))
    // Nobody else may have rights by ownership or group.
    chmod(place.path, 0o444)
    chmod(place.folder.path, 0o555)
  }

  func restore() { chmod(place.folder.path, 0o755) }

  @Test func `to read are enough for a ledger that was closed, in a folder that is read-only`()
    async throws
  {
    try fill()
    #expect(!FileManager.default.fileExists(atPath: place.path + "-wal"))
    await #expect(processExitsWith: .success) { [path = place.path as String] in
      Self.dropRights()
      let reader = try LedgerReader(path: path)
      #expect(try reader.sources()[0].counts.evidence == 2)
      #expect(try reader.verifyChain() == nil)
    }
    restore()
  }

  @Test func `to read are enough beside a writer`() async throws {
    let ledger = try place.writer(LedgerOptions(mode: 0o644))
    try ledger.take(Sample.batch([1, 2]))
    chmod(place.folder.path, 0o555)
    await #expect(processExitsWith: .success) { [path = place.path as String] in
      Self.dropRights()
      let reader = try LedgerReader(path: path)
      #expect(try reader.sources()[0].counts.evidence == 2)
    }
    restore()
    withExtendedLifetime(ledger) {}
  }

  @Test func `to read are not enough for a log that only its writer can open`() async throws {
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = place.path as String] in
      let ledger = try LedgerWriter(path: path, options: LedgerOptions(mode: 0o644))
      try ledger.take(Sample.batch([1, 2]))
      kill(getpid(), SIGKILL)
    }
    try FileManager.default.removeItem(atPath: place.path + "-shm")
    chmod(place.folder.path, 0o555)
    await #expect(processExitsWith: .success) { [path = place.path as String] in
      Self.dropRights()
      let error = #expect(throws: LedgerError.self) { _ = try LedgerReader(path: path) }
      #expect(error?.code == .other || error?.code == .readOnly)
    }
    restore()
  }

  @Test func `to write into the folder are needed for writing`() async throws {
    try fill()
    await #expect(processExitsWith: .success) { [path = place.path as String] in
      Self.dropRights()
      let error = #expect(throws: LedgerError.self) { _ = try LedgerWriter(path: path) }
      #expect(error?.code == .readOnly)
      let new = #expect(throws: LedgerError.self) { _ = try LedgerWriter(path: path + "2") }
      #expect(new?.code == .readOnly)
    }
    restore()
  }

  @Test func `to write the file are needed for writing`() async throws {
    try fill()
    chmod(place.folder.path, 0o777)
    try FileManager.default.removeItem(atPath: place.path + "-lock")
    await #expect(processExitsWith: .success) { [path = place.path as String] in
      Self.dropRights()
      let error = #expect(throws: LedgerError.self) { _ = try LedgerWriter(path: path) }
      #expect(error?.code == .readOnly)
    }
    restore()
  }

  @Test func `to read the file are needed for reading`() async throws {
    try fill()
    chmod(place.path, 0o000)
    await #expect(processExitsWith: .success) { [path = place.path as String] in
      Self.dropRights()
      let error = #expect(throws: LedgerError.self) { _ = try LedgerReader(path: path) }
      #expect(error?.description.contains("permissions") == true)
    }
    restore()
  }
}
