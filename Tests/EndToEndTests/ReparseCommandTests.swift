import Access
import Foundation
import Ledger
import TestSupport
import Testing

@Suite struct `Trying rejects again` {
  private let folder: TemporaryFolder
  private let path: String

  /// A ledger with two rejects of an older decoder: one that can be read by now, one that cannot.
  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("gatebook.db")
    let ledger = try LedgerWriter(path: path)
    var batch = LedgerBatch(source: "import", receivedAt: EventTime(seconds: 1_800_000_000))
    let texts = [#"[{"operationName":"X/READ"},{}]"#, "no JSON"]
    batch.rejects = texts.enumerated().map { number, text in
      LedgerBatch.Reject(
        input: RejectedInput(
          kind: .message, reason: "An older decoder.", offset: 0, bytes: Array(text.utf8)),
        position: "file:\(number)")
    }
    batch.counts.messagesRejected = 2
    try ledger.step { () throws(LedgerError) in _ = try ledger.store(batch) }
  }

  private func reparse(_ path: String) throws -> CommandRun {
    try GatebookProgram.run(["reparse", "--ledger", path])
  }

  @Test func `says what could be read, and does nothing the second time`() throws {
    let first = try reparse(path)
    #expect(first.exitCode == 0 && first.output.isEmpty)
    #expect(first.errorOutput.contains("2 rejects tried again, 1 read\n"))
    let rows = try GatebookProgram.rows(["rejects", "--ledger", path])
    #expect(rows.map { $0["retried"] as? Bool } == [true, false])
    let status = try GatebookProgram.status(path)[0]
    #expect(status["recordsRead"] as? Int == 2 && status["irrelevant"] as? Int == 2)
    #expect(status["messagesRejected"] as? Int == 1)
    #expect(try reparse(path).errorOutput.contains("1 reject tried again, 0 read\n"))
    try GatebookProgram.expectSound(path)
  }

  @Test func `is refused while another process writes the ledger`() throws {
    let ledger = try LedgerWriter(path: path)
    let run = try reparse(path)
    withExtendedLifetime(ledger) {}
    #expect(run.exitCode == 1)
    #expect(run.errorOutput.contains("\(ProcessInfo.processInfo.processIdentifier)"))
  }

  @Test func `makes no ledger`() throws {
    let missing = folder.path("missing.db")
    #expect(try reparse(missing).exitCode == 1)
    #expect(!FileManager.default.fileExists(atPath: missing))
  }
}
