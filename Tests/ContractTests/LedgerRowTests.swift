import Access
import Contract
import Testing

@Suite struct `A row about the ledger` {
  @Test func `of evidence has the fields of the contract`() {
    let row = ContractRow.evidence(stored(raw: Array(#"{"a":1}"#.utf8)))
    #expect(row.keys == RowKind.evidence.keys)
    #expect(
      row.json
        == #"{"id":"\#(Fixture.evidenceText)","kind":"accessRequested","occurredAt":"2026-08-12T08:00:00Z","receivedAt":"2026-08-12T08:00:03Z","operation":"MICROSOFT.SECURITY/LOCATIONS/JITNETWORKACCESSPOLICIES/INITIATE/ACTION","phase":"Start","resource":"\#(Fixture.policyText)","correlationId":null,"actor":{"kind":"app","name":"a0","objectId":null,"appId":"a0"},"source":"kafka:logs","position":"0:17","raw":"{\"a\":1}"}"#
    )
  }

  @Test func `of evidence has no actor where the record names nobody`() {
    var nobody = stored(raw: nil)
    var evidence = nobody.identified.evidence
    evidence.claims = Claims()
    nobody.identified = IdentifiedEvidence(id: Fixture.evidence, evidence: evidence)
    #expect(ContractRow.evidence(nobody)["actor"] == .null)
    #expect(ContractRow.evidence(nobody)["raw"] == .null)
  }

  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ])
  func `of rejects has its bytes as base64`(bytes: String, base64: String) {
    #expect(ContractRow.reject(reject(bytes, kept: true))["raw"] == .text(base64))
  }

  @Test func `of rejects has the fields of the contract`() {
    let row = ContractRow.reject(reject("foo", kept: false))
    #expect(row.keys == RowKind.rejects.keys)
    #expect(
      row.json
        == #"{"id":"beef","kind":"record","reason":"It is no object.","source":"import","position":"a.json:0","offset":12,"receivedAt":"2026-08-12T08:00:03Z","raw":null,"retried":false}"#
    )
  }

  @Test func `of status has the fields of the contract`() {
    var source = SourceStatus(source: "kafka:logs")
    source.counts.recordsRead = 10
    source.counts.irrelevant = 9
    source.counts.evidence = 1
    source.lag = [10: 3, 2: 0]
    var ledger = LedgerStatus(chainHead: "abc")
    ledger.streamTime = Fixture.time("2026-08-12T08:00:00Z")
    ledger.due = 2
    ledger.chainCount = 1
    ledger.ledgerBytes = 4096
    ledger.findings = [.high: 2]
    let row = ContractRow.status(source, of: ledger)
    #expect(row.keys == RowKind.status.keys)
    #expect(
      row.json
        == #"{"source":"kafka:logs","recordsRead":10,"irrelevant":9,"evidence":1,"duplicates":0,"rejected":0,"messagesRejected":0,"rejectedBodies":0,"repaired":0,"lag":{"2":0,"10":3},"streamTime":"2026-08-12T08:00:00Z","gaps":[],"due":2,"chain":{"head":"abc","count":1},"ledgerBytes":4096,"findings":{"info":0,"low":0,"medium":0,"high":2,"critical":0}}"#
    )
  }

  @Test func `of status of an empty ledger has nulls`() {
    let row = ContractRow.status(SourceStatus(source: nil), of: LedgerStatus(chainHead: "abc"))
    #expect(row["source"] == .null)
    #expect(row["lag"] == .null)
    #expect(row["streamTime"] == .null)
  }

  @Test func `of verify has the fields of the contract`() {
    let row = ContractRow.difference(
      Difference(kind: .window, id: "e0", stored: ["port": .number(22)], recomputed: nil))
    #expect(row.keys == RowKind.verify.keys)
    #expect(row.json == #"{"kind":"window","id":"e0","stored":{"port":22},"recomputed":null}"#)
  }

  @Test func `of check has the fields of the contract`() {
    let row = ContractRow.check(CheckStep(step: "ledger", result: .ok, text: "It opens."))
    #expect(row.keys == RowKind.check.keys)
    #expect(row.json == #"{"step":"ledger","result":"ok","text":"It opens.","remedy":null}"#)
  }

  private func stored(raw: [UInt8]?) -> StoredEvidence {
    var evidence = Evidence(
      kind: .accessRequested, occurredAt: Fixture.time("2026-08-12T08:00:00Z"),
      operation: "microsoft.security/locations/jitnetworkaccesspolicies/initiate/action",
      phase: .start, resource: Fixture.policy, correlationID: "")
    evidence.claims.appID = "A0"
    return StoredEvidence(
      identified: IdentifiedEvidence(id: Fixture.evidence, evidence: evidence),
      receivedAt: Fixture.time("2026-08-12T08:00:03Z"),
      position: SourcePosition(source: "kafka:logs", position: "0:17"), raw: raw)
  }

  private func reject(_ bytes: String, kept: Bool) -> StoredReject {
    StoredReject(
      id: "beef",
      input: RejectedInput(
        kind: .record, reason: "It is no object.", offset: 12, bytes: Array(bytes.utf8)),
      hasBytes: kept, position: SourcePosition(source: "import", position: "a.json:0"),
      receivedAt: Fixture.time("2026-08-12T08:00:03Z"), retried: false)
  }
}
