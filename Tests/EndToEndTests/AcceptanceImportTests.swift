import Foundation
import TestSupport
import Testing

/// The same records in other orders, repetitions and cuts.
@Suite(.serialized) struct `The log of a tenant in files` {
  static let cuts = [
    ShuffledLog.Cut(perMessage: 20, files: 1, commands: 1),
    ShuffledLog.Cut(perMessage: 1, files: 7, commands: 1),
    ShuffledLog.Cut(perMessage: 200, files: 3, commands: 3),
    ShuffledLog.Cut(perMessage: 0, files: 12, commands: 4),
    ShuffledLog.Cut(perMessage: 100, files: 2, commands: 2),
  ]

  @Test func `comes to the same in every order, with a tenth of it twice`() throws {
    let folder = try TemporaryFolder()
    let seed = AcceptanceSize.seed
    let (log, truth, settings) = (
      folder.path("log.json"), folder.path("truth.ndjson"), folder.path("tenant.yaml")
    )
    let simulated = try GatebookProgram.run(
      [
        "simulate", "--output", log, "--truth", truth, "--settings", settings,
        "--records", "\(AcceptanceSize.records)", "--seed", "\(seed)", "--jit-share", "0.005",
      ], timeout: AcceptanceSize.patience)
    try #require(simulated.exitCode == 0, "\(simulated.errorOutput)")
    let whole = folder.path("whole.db")
    try self.import([log], settings, into: whole)
    let check = try GatebookProgram.run(
      ["simulate", "--check", truth, "--ledger", whole], timeout: AcceptanceSize.patience)
    #expect(check.exitCode == 0, "seed \(seed): \(check.output.prefix(4000))\(check.errorOutput)")
    let digest = try GatebookProgram.digest(whole)
    print("Import, seed \(seed): digest \(digest)")
    let shuffled = try ShuffledLog(log)
    try #require(shuffled.count == AcceptanceSize.records)
    for (number, cut) in Self.cuts.enumerated() {
      var chance = SeededChance(seed &+ UInt64(number))
      let parts = try TemporaryFolder()
      let files = try shuffled.write(cut, to: parts, using: &chance)
      let ledger = folder.path("order-\(number).db")
      for command in 0..<cut.commands {
        let part = files.enumerated().filter { $0.offset % cut.commands == command }
        try self.import(part.map(\.element), settings, into: ledger)
      }
      #expect(try GatebookProgram.digest(ledger) == digest, "seed \(seed), order \(number)")
      try GatebookProgram.expectSound(ledger, "seed \(seed), order \(number)")
      try expectCounts(of: ledger, records: AcceptanceSize.records * 11 / 10)
    }
  }

  private func `import`(_ files: [String], _ settings: String, into ledger: String) throws {
    let run = try GatebookProgram.run(
      ["import", "--config", settings, "--ledger", ledger] + files,
      timeout: AcceptanceSize.patience)
    try #require(run.exitCode == 0, "\(run.errorOutput)")
  }

  private func expectCounts(of ledger: String, records: Int) throws {
    let rows = try GatebookProgram.status(ledger)
    let status = try #require(rows.first)
    func count(_ name: String) throws -> Int { try #require(status[name] as? Int, "\(name)") }
    #expect(try count("recordsRead") == records)
    #expect(
      try count("irrelevant") + count("evidence") + count("duplicates") + count("rejected")
        == records)
    #expect(try count("rejected") == 0)
  }
}
