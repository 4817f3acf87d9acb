import Foundation
import TestSupport
import Testing

/// The main job, end to end, from a real broker.
@Suite(
  .serialized, .enabled(if: KafkaBroker.isAvailable, "\(KafkaBroker.obstacle ?? "")"))
struct `The log of a tenant on Apache Kafka` {
  @Test func `comes to exactly what really happened`() throws {
    let stream = try AcceptanceStream.shared.get()
    let ledger = try stream.ledger("whole")
    let run = try ledger.readToEnd()
    try #require(run.exitCode == 0, "\(run.errorOutput)")
    print(run.errorOutput)
    let check = try GatebookProgram.run(
      ["simulate", "--check", stream.truth, "--ledger", ledger.path],
      timeout: AcceptanceSize.patience)
    print(check.errorOutput)
    #expect(check.exitCode == 0, "\(check.output.prefix(4000))\(check.errorOutput)")
    try GatebookProgram.expectSound(ledger.path)
    #expect(try ledger.alertMarks() == ledger.feedMarks())
  }

  @Test func `is counted to the last record`() throws {
    let ledger = try AcceptanceStream.shared.get().ledger("whole")
    _ = try ledger.readToEnd()
    let rows = try GatebookProgram.status(ledger.path)
    let status = try #require(rows.first)
    func count(_ name: String) throws -> Int { try #require(status[name] as? Int, "\(name)") }
    #expect(rows.count == 1)
    #expect(try count("recordsRead") == AcceptanceSize.records)
    #expect(
      try count("irrelevant") + count("evidence") + count("duplicates") + count("rejected")
        == AcceptanceSize.records)
    #expect(try count("rejected") == 0)
    #expect(try count("due") == 0)
  }

  @Test func `comes to the same when the program is killed again and again`() throws {
    let stream = try AcceptanceStream.shared.get()
    let whole = try stream.ledger("whole")
    _ = try whole.readToEnd()
    let ledger = try stream.ledger("killed")
    var killing = Killing(ledger)
    for left in stride(from: AcceptanceSize.kills, to: 0, by: -1) { try killing.kill(left: left) }
    let run = try ledger.readToEnd()
    try #require(run.exitCode == 0, "\(run.errorOutput)")
    print("\(killing.places.count) kills, at records", killing.places)
    #expect(killing.places.count == AcceptanceSize.kills)
    #expect(try GatebookProgram.digest(ledger.path) == GatebookProgram.digest(whole.path))
    try GatebookProgram.expectSound(ledger.path)
    let marks = try ledger.alertMarks()
    #expect(Set(marks).count == marks.count)
    #expect(try marks == ledger.feedMarks())
    let check = try GatebookProgram.run(
      ["simulate", "--check", stream.truth, "--ledger", ledger.path],
      timeout: AcceptanceSize.patience)
    #expect(check.exitCode == 0, "\(check.output.prefix(4000))\(check.errorOutput)")
  }
}

/// Starts the program and kills it, at instants that are spread over the stream by chance.
private struct Killing {
  let ledger: StreamLedger
  var chance = SeededChance(AcceptanceSize.seed)
  /// How many records the ledger had each time.
  private(set) var places: [Int] = []

  init(_ ledger: StreamLedger) { self.ledger = ledger }

  /// Runs until about the next part of the stream is read, and kills within the work.
  mutating func kill(left: Int) throws {
    let done = LedgerCounts(ledger.path).records
    let part = 2 * max(0, AcceptanceSize.records - done) / (left + 1)
    let goal = done + Int.random(in: 0...part, using: &chance)
    let running = try GatebookProgram.start(["run", "--config", ledger.config, "--quiet"])
    let deadline = ContinuousClock.now + AcceptanceSize.patience
    let isReached = running.wait(timeout: AcceptanceSize.patience) { _ in
      LedgerCounts(ledger.path).records >= goal
    }
    guard isReached, ContinuousClock.now < deadline else {
      throw ProgramFailure("It did not come to \(goal) records: \(running.errorOutput)")
    }
    // Anywhere in a step: while it reads, writes, syncs or delivers.
    usleep(UInt32.random(in: 0...60_000, using: &chance))
    running.send(SIGKILL)
    let end = try running.finish()
    guard end.exitCode == -SIGKILL else {
      throw ProgramFailure("It ended by itself with \(end.exitCode): \(end.errorOutput)")
    }
    places.append(LedgerCounts(ledger.path).records)
  }
}
