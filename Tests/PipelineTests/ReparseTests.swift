import Access
import AccessDecoding
import Detection
import Ledger
import Pipeline
import TestSupport
import Testing

/// A ledger whose decoder was an older one: it rejected what can be read now.
private final class OlderLedger {
  static let now = EventTime(seconds: 1_800_000_000)
  static let vm = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/v"

  let folder: TemporaryFolder
  let ledger: LedgerWriter
  let judge: Judge
  let detectors: DetectorSet

  init() throws {
    folder = try TemporaryFolder()
    ledger = try LedgerWriter(path: folder.path("gatebook.db"))
    detectors = try DetectorSet(DetectionSettings())
    judge = Judge(
      ledger: ledger, detectors: detectors, settings: 1, clock: { OlderLedger.now })
  }

  static func record(_ id: String = "c1", body: String? = nil) -> String {
    let operation = "MICROSOFT.SECURITY/LOCATIONS/JITNETWORKACCESSPOLICIES/INITIATE/ACTION"
    let properties = body.map { #","properties":{"requestbody":"\#($0)"}"# } ?? ""
    return #"{"time":"2026-08-12T22:41:07Z","resourceId":"/SUBSCRIPTIONS/S/RESOURCEGROUPS/G/P","#
      + #""operationName":"\#(operation)","category":"Administrative","resultType":"Start","#
      + #""correlationId":"\#(id)"\#(properties)}"#
  }

  static let irrelevant = #"{"time":"2026-08-12T22:42:00Z","operationName":"X/READ"}"#

  static var body: String {
    #"{\"virtualMachines\":[{\"id\":\"\#(vm)\",\"ports\":[{\"number\":22}]}]}"#
  }

  /// Takes in what the older decoder rejected.
  func reject(_ kind: RejectedInput.Kind, _ text: String, under header: String? = nil) throws {
    var batch = LedgerBatch(source: "import", receivedAt: OlderLedger.now)
    let input = RejectedInput(
      kind: kind, reason: "An older decoder.", offset: header == nil ? 7 : 0,
      bytes: Array(text.utf8), header: header.map { Array($0.utf8) })
    batch.rejects = [LedgerBatch.Reject(input: input, position: "file:\(text.utf8.count)")]
    if kind == .message { batch.counts.messagesRejected = 1 }
    if kind == .record { (batch.counts.recordsRead, batch.counts.rejected) = (1, 1) }
    try judge.take(batch, importedUpTo: nil)
  }

  /// Takes in a record whose body the older decoder could not read; the decoder of now can, where
  /// the raw record has a good one.
  func rejectBody(raw: String, body: String, under header: String? = nil) throws {
    var decoder = MessageDecoder()
    var decoded = DecodedInput()
    decoder.decode(Array(OlderLedger.record().utf8).span.bytes, into: &decoded)
    var batch = LedgerBatch(source: "kafka:logs", receivedAt: OlderLedger.now)
    let input = RejectedInput(
      kind: .body, reason: "An older decoder.", offset: 0, bytes: Array(body.utf8),
      header: header.map { Array($0.utf8) })
    batch.items = [
      LedgerBatch.Item(
        pieces: decoded.records[0].evidence, raw: Array(raw.utf8), position: "0/5",
        rejectedBodies: [input])
    ]
    batch.counts.recordsRead = 1
    try judge.take(batch, movingTo: OlderLedger.now)
  }

  func reparse() throws -> ReparseSummary {
    try Reparse(judge: judge, decoding: DecodingSettings(), clock: { OlderLedger.now })
      .run { true }
  }

  func counts() throws -> RecordCounts {
    let status = try LedgerReader(path: ledger.path).sources()[0]
    #expect(status.counts.reconciles)
    return status.counts
  }

  func retried() throws -> [Bool] {
    var retried: [Bool] = []
    try LedgerReader(path: ledger.path).forEachReject {
      retried.append($0.retried)
      return true
    }
    return retried
  }

  func requests() throws -> [AccessRequest] {
    let reader = try LedgerReader(path: ledger.path)
    let verification = try Verification(reader, by: detectors)
    #expect(verification.differences.isEmpty && verification.due == 0)
    var found: [AccessRequest] = []
    try reader.forEachRequest(in: .distantPast ... .distantFuture, at: OlderLedger.now) {
      found.append($0)
      return true
    }
    return found
  }
}

@Suite struct `A reject that is tried again` {
  private let older = try! OlderLedger()

  @Test func `as a record leaves the rejected for the evidence`() throws {
    try older.reject(.record, OlderLedger.record(body: OlderLedger.body))
    let summary = try older.reparse()
    #expect(summary.retried == 1 && summary.stillRejected == 0 && summary.untriable == 0)
    let counts = try older.counts()
    #expect(counts.recordsRead == 1 && counts.rejected == 0 && counts.evidence == 1)
    #expect(try older.retried() == [true])
    #expect(try older.requests().map { $0.grants.map(\.port) } == [[22]])
    // What was read is not tried again.
    #expect(try older.reparse().retried == 0)
    #expect(try older.counts() == counts)
  }

  @Test func `as a record may be known or irrelevant by now`() throws {
    try older.reject(.record, OlderLedger.irrelevant)
    try older.reject(.record, OlderLedger.record())
    try older.reject(.record, " " + OlderLedger.record())
    #expect(try older.reparse().retried == 3)
    let counts = try older.counts()
    #expect(counts.recordsRead == 3 && counts.rejected == 0 && counts.irrelevant == 1)
    #expect(counts.evidence == 1 && counts.duplicates == 1)
  }

  @Test func `as a message has its records counted as if read now`() throws {
    try older.reject(
      .message, #"{"records":[\#(OlderLedger.record()),\#(OlderLedger.irrelevant),{}]}"#)
    #expect(try older.reparse().retried == 1)
    let counts = try older.counts()
    #expect(counts.messagesRejected == 0 && counts.recordsRead == 3 && counts.irrelevant == 2)
    #expect(try older.requests().count == 1)
  }

  @Test func `as a message that is damaged leaves its rest as a reject`() throws {
    try older.reject(.message, #"{"records":[\#(OlderLedger.record()),{"time":"2026"#)
    #expect(try older.reparse().retried == 1)
    #expect(try older.counts().messagesRejected == 1)
    #expect(try older.retried() == [true, false])
    #expect(try older.reparse().stillRejected == 1)
    #expect(try older.counts().messagesRejected == 1)
  }

  @Test(arguments: [
    (RejectedInput.Kind.message, "no JSON"), (.record, #"{"a":}"#), (.record, "42"),
  ])
  func `stays as it is when it still cannot be read`(kind: RejectedInput.Kind, text: String) throws
  {
    // The record is relevant and broken; anything else would be irrelevant.
    let text = kind == .record && text != "42" ? OlderLedger.record().dropLast() + "," : text[...]
    try older.reject(kind, String(text))
    let before = try older.counts()
    #expect(try older.reparse().stillRejected == 1)
    #expect(try older.counts() == before)
    #expect(try older.retried() == [false])
  }

  @Test func `cannot be tried when only a part of it is kept`() throws {
    try older.reject(.message, OlderLedger.record() + String(repeating: " ", count: 70_000))
    let summary = try older.reparse()
    #expect(summary.untriable == 1 && summary.retried == 0)
    #expect(try older.retried() == [false])
  }

  @Test func `as a body gives the same record once more, with its body`() throws {
    try older.rejectBody(raw: OlderLedger.record(body: OlderLedger.body), body: "old")
    #expect(try older.requests().map { $0.grants.count } == [0])
    let summary = try older.reparse()
    #expect(summary.retried == 1 && summary.bodies == 1)
    let counts = try older.counts()
    #expect(counts.recordsRead == 1 && counts.evidence == 1 && counts.rejectedBodies == 0)
    let requests = try older.requests()
    #expect(requests.map { $0.grants.map(\.port) } == [[22]])
    #expect(requests[0].evidence.count == 2)
    #expect(try older.retried() == [true])
  }

  @Test func `as a body stays rejected while its record is no better`() throws {
    try older.rejectBody(raw: OlderLedger.record(body: "{"), body: "{")
    #expect(try older.reparse().stillRejected == 1)
    #expect(try older.counts().rejectedBodies == 1)
  }
}

@Suite struct `A rejected row of a table` {
  private let older = try! OlderLedger()
  private static let names = ActivityEvent().row.keys.sorted()
  private static let header = "\u{FEFF}" + CSVWriter.line(names)

  private func row(_ change: (inout [String: String]) -> Void = { _ in }) -> String {
    var row = ActivityEvent().row
    change(&row)
    return CSVWriter.line(Self.names.map { row[$0] ?? "" })
  }

  @Test func `is read under the header that it had`() throws {
    try older.reject(.record, row(), under: Self.header)
    let summary = try older.reparse()
    #expect(summary.retried == 1 && summary.stillRejected == 0 && summary.untriable == 0)
    let counts = try older.counts()
    #expect(counts.recordsRead == 1 && counts.rejected == 0 && counts.evidence == 1)
    #expect(try older.requests().map { $0.grants.map(\.port) } == [[3389]])
    #expect(try older.retried() == [true])
    #expect(try older.reparse().retried == 0)
  }

  @Test func `may be irrelevant by now, or known`() throws {
    try older.reject(.record, row { $0["OperationNameValue"] = "X/READ" }, under: Self.header)
    try older.reject(.record, row(), under: Self.header)
    let other = Self.names.reversed().map { ActivityEvent().row[$0] ?? "" }
    try older.reject(
      .record, CSVWriter.line(other) + ",", under: CSVWriter.line(Self.names.reversed() + ["More"]))
    #expect(try older.reparse().retried == 3)
    let counts = try older.counts()
    #expect(counts.recordsRead == 3 && counts.rejected == 0 && counts.irrelevant == 1)
    #expect(counts.evidence == 1 && counts.duplicates == 1)
  }

  @Test func `stays while it is none of its table, and has lost its header or kept it`() throws {
    try older.reject(.record, row() + ",", under: Self.header)
    try older.reject(.record, row())
    try older.reject(.record, row() + " ", under: "Level,Time")
    let before = try older.counts()
    #expect(try older.reparse().stillRejected == 3)
    #expect(try older.counts() == before)
    #expect(try older.retried() == [false, false, false])
  }

  @Test func `gives its body too, when only that was rejected`() throws {
    var event = ActivityEvent()
    event.time.hub = "2026-08-12T22:41:07Z"
    let raw = CSVWriter.line(Self.names.map { event.row[$0] ?? "" })
    try older.rejectBody(raw: raw, body: "old", under: Self.header)
    #expect(try older.requests().map(\.grants.count) == [0])
    let summary = try older.reparse()
    #expect(summary.retried == 1 && summary.bodies == 1)
    let counts = try older.counts()
    #expect(counts.recordsRead == 1 && counts.evidence == 1 && counts.rejectedBodies == 0)
    #expect(try older.requests().flatMap(\.grants).map(\.port) == [3389])
  }
}
