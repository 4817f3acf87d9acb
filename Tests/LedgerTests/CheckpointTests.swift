import Foundation
import Ledger
import TestSupport
import Testing

@Suite struct `The log of writes` {
  let place = try! LedgerFolder()

  @Test func `is moved into the file while steps go on, and then starts anew`() throws {
    let ledger = try place.writer()
    // Nothing that a compressor could make small.
    var chance = Chance(seed: 1)
    let part = String(
      decoding: (0..<60_000).map { _ in UInt8.random(in: 33...126, using: &chance) },
      as: UTF8.self)
    let first = try header()
    var step = 0
    // Its header holds other numbers then. The moving takes as long as the disk takes.
    let end = ContinuousClock.now + .seconds(60)
    while try header() == first, ContinuousClock.now < end {
      try ledger.take(Sample.rejects((0..<8).map { "\(step)-\($0) \(part)" }))
      step += 1
    }
    #expect(try header() != first, "after \(step) steps")
    #expect(try place.number("SELECT count(*) FROM reject") == 8 * step)
  }

  private func header() throws -> Data? {
    let log = try FileHandle(forReadingFrom: URL(fileURLWithPath: place.path + "-wal"))
    return try log.read(upToCount: 32)
  }
}
