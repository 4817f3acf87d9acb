import Access
import AccessDecoding
import Detection
import Ledger
import Pipeline
import TestSupport
import Testing
import Timelines

/// A ledger that took records in as a hub sends them, and what it tells at an instant.
struct ToldLedger {
  private let folder: TemporaryFolder
  let reader: LedgerReader
  let instant: EventTime
  let requests: [AccessRequest]
  let windows: [AccessWindow]
  let counts: RecordCounts

  static func time(_ clock: String) -> EventTime { EventTime(rfc3339: "2026-08-12T\(clock)Z")! }

  /// Tells of records in their order; it must be the same backwards.
  init(
    _ records: [HubRecord], at clock: String = "12:00:00", books: BooksSettings = BooksSettings()
  ) throws {
    try self.init(texts: records.map(\.text), at: clock, books)
    let backwards = try ToldLedger(texts: records.reversed().map(\.text), at: clock, books)
    #expect(backwards.requests == requests && backwards.windows == windows)
    #expect(backwards.counts == counts && counts.reconciles)
    #expect(counts.recordsRead == records.count && counts.messagesRejected == 0)
  }

  private init(texts: [String], at clock: String, _ books: BooksSettings) throws {
    folder = try TemporaryFolder()
    instant = ToldLedger.time(clock)
    let path = folder.path("gatebook.db")
    let now = EventTime(seconds: 1_800_000_000)
    let detectors = try DetectorSet(DetectionSettings())
    let judge = Judge(
      ledger: try LedgerWriter(path: path), detectors: detectors, settings: 1, books: books,
      clock: { now })
    var decoder = MessageDecoder()
    for (number, text) in texts.enumerated() {
      var decoded = DecodedInput()
      decoder.decode(Array(#"{"records":[\#(text)]}"#.utf8).span.bytes, into: &decoded)
      var batch = LedgerBatch(source: "kafka:logs", receivedAt: now)
      batch.counts = decoded.counts
      batch.items = decoded.records.map {
        LedgerBatch.Item(
          pieces: $0.evidence, raw: $0.raw, position: "0/\(number)", rejectedBodies: $0.bodyRejects)
      }
      batch.rejects = decoded.rejects.map { .init(input: $0, position: "0/\(number)") }
      try judge.take(batch, movingTo: nil)
    }
    _ = try judge.move(to: instant)
    while try judge.workOnDue() {}
    reader = try LedgerReader(path: path)
    let verification = try Verification(reader, by: detectors, books: books)
    #expect(verification.differences.isEmpty && verification.due == 0)
    requests = try ToldLedger.requests(reader, at: instant)
    windows = try ToldLedger.windows(reader, at: instant)
    counts = try reader.sources()[0].counts
  }

  private static func requests(
    _ reader: LedgerReader, at instant: EventTime
  ) throws -> [AccessRequest] {
    var found: [AccessRequest] = []
    try reader.forEachRequest(in: .distantPast ... .distantFuture, at: instant) {
      found.append($0)
      return true
    }
    return found
  }

  private static func windows(
    _ reader: LedgerReader, at instant: EventTime
  ) throws -> [AccessWindow] {
    var found: [AccessWindow] = []
    try reader.forEachWindow(openingIn: .distantPast ... .distantFuture, at: instant) {
      found.append($0)
      return true
    }
    return found
  }
}

// In short texts, so that tables stay readable.
extension ToldLedger {
  /// What is told of the requests, as `granted vm1:3389`; `?` marks what was inferred.
  var outcomes: [String] { outcomes(of: requests, at: instant) }

  /// The same of an earlier instant.
  func outcomes(at clock: String) throws -> [String] {
    let then = ToldLedger.time(clock)
    return outcomes(of: try ToldLedger.requests(reader, at: then), at: then)
  }

  private func outcomes(of requests: [AccessRequest], at instant: EventTime) -> [String] {
    requests.map { request in
      let grants = request.grants.map { grant in
        " \(grant.vm.name)" + (grant.port.map { ":\($0)" } ?? "") + (grant.inferred ? "?" : "")
      }
      return request.outcome(at: instant).rawValue + grants.sorted().joined()
    }
  }

  /// What is told of the windows, as `vm1:3389 from 10:00:02 closed 11:00:30 evidence`.
  var states: [String] {
    windows.map { window in
      let standing = window.standing(at: instant)
      let end =
        standing.closedAt.map { " \(clock($0)) \(standing.closedBy?.rawValue ?? "-")" } ?? ""
      return "\(window.vm.name):\(window.port) from \(clock(window.opensAt)) "
        + standing.state.rawValue + end
    }
    .sorted()
  }

  private func clock(_ instant: EventTime) -> String {
    String(instant.description.dropFirst(11).dropLast())
  }

  /// The lines of a VM's timeline but those of findings.
  func lines(of name: String = "vm1") throws -> [TimelineEntry] {
    let vm = ResourceID(HubRecord.vm(name))
    let span = ToldLedger.time("00:00:00")...instant
    return Timeline.entries(
      of: vm, requests: requests, windows: windows, notes: try reader.notes(on: vm, in: span),
      findings: [], gaps: [],
      others: try reader.ruleLines(of: vm, in: span, at: instant)
        + reader.reachedLines(of: vm, in: span), in: span, at: instant)
  }

  /// The rules of the findings.
  func findings() throws -> Set<String> {
    var rules: Set<String> = []
    try reader.forEachFinding {
      rules.insert($0.finding.rule)
      return true
    }
    return rules
  }
}
