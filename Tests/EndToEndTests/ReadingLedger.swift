import Access
import Detection
import Foundation
import Ledger
import Pipeline
import TestSupport

/// A ledger with a known morning in it, and the program to ask about it.
final class ReadingLedger {
  /// The last instant at which the evidence is complete.
  static let now = "2026-08-11T12:30:00Z"
  static let hostile = "evil\u{1B}]0;owned\u{07}\u{202E}"

  let path: String
  private let folder: TemporaryFolder
  private let writer: LedgerWriter
  private let judge: Judge

  /// Makes the ledger and reads the morning into it, or leaves it without anything read.
  init(empty: Bool = false) throws {
    folder = try TemporaryFolder()
    path = folder.file("gatebook.db")
    writer = try LedgerWriter(path: path)
    judge = try Judge.make(
      ledger: writer, given: JudgingSettings(), clock: { ReadingLedger.at("13:00") }
    ).judge
    if empty { return }
    try take(ReadingLedger.morning, movingTo: ReadingLedger.now) { batch in
      batch.rejects = [ReadingLedger.reject]
      batch.gaps = [
        EvidenceGap(
          from: ReadingLedger.at("07:00"), to: ReadingLedger.at("07:30"), source: "kafka:logs",
          reason: "The broker no longer had the records.")
      ]
    }
  }

  /// Reads further evidence.
  func take(
    _ pieces: [Evidence], movingTo now: String, _ change: (inout LedgerBatch) -> Void = { _ in }
  ) throws {
    var batch = LedgerBatch(source: "kafka:logs", receivedAt: ReadingLedger.at("12:45"))
    for (index, piece) in pieces.enumerated() {
      batch.items.append(
        LedgerBatch.Item(
          pieces: [piece], raw: Array("{\"record\":\(index)}".utf8), position: "0/\(index)",
          rejectedBodies: []))
    }
    batch.counts.recordsRead = pieces.count
    change(&batch)
    try judge.take(batch, movingTo: ReadingLedger.time(now))
    while try judge.workOnDue() {}
  }

  /// Runs the program on this ledger to its end.
  func gatebook(_ arguments: String..., environment: [String: String] = [:]) throws -> CommandRun {
    try CommandRun(
      CommandRun.product("gatebook"), arguments + ["--ledger", path], environment: environment)
  }

  /// The rows that a command writes as NDJSON.
  func rows(_ arguments: String...) throws -> [[String: Any]] {
    let run = try CommandRun(
      CommandRun.product("gatebook"), arguments + ["--ledger", path, "--output", "ndjson"])
    return try run.lines.map { line in
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
    }
  }
}

// MARK: The morning

extension ReadingLedger {
  static func time(_ text: String) -> EventTime { EventTime(rfc3339: text)! }

  static func at(_ clock: String) -> EventTime { time("2026-08-11T\(clock):00Z") }

  static func vm(_ name: String, in group: String = "rg-app") -> ResourceID {
    ResourceID(
      "/subscriptions/S1/resourceGroups/\(group)"
        + "/providers/Microsoft.Compute/virtualMachines/\(name)")
  }

  static let ada = person("ada@example.com", id: "aaaaaaaa-0000-0000-0000-000000000001")
  static let bob = person("bob@example.com", id: "bbbbbbbb-0000-0000-0000-000000000002")
  static let eve = person("=eve\u{1B}[31m@example.com", id: "eeeeeeee-0000-0000-0000-000000000005")

  static func person(_ name: String, id: String) -> Claims {
    var claims = Claims()
    claims.idType = "user"
    claims.userPrincipalName = name
    claims.objectID = id
    return claims
  }

  /// One record of an initiate call; the call is told by its letter.
  static func record(
    _ clock: String, _ phase: Phase, call: Character, by claims: Claims, _ body: AccessBody? = nil
  ) -> Evidence {
    let kind: Evidence.Kind =
      switch phase {
      case .start: .accessRequested
      case .failure: .accessRefused
      default: .accessAccepted
      }
    var evidence = Evidence(
      kind: kind, occurredAt: at(clock),
      operation: "microsoft.security/locations/jitnetworkaccesspolicies/initiate/action",
      phase: phase,
      resource: ResourceID(
        "/subscriptions/S1/resourceGroups/rg-app/providers/Microsoft.Security/locations/west"
          + "/jitNetworkAccessPolicies/default"),
      correlationID: String(repeating: call, count: 8) + "-0000-0000-0000-000000000000")
    evidence.claims = claims
    evidence.callerAddress = "203.0.113.10"
    if phase == .start { evidence.asked = body } else { evidence.answered = body }
    if phase == .failure { evidence.error = ErrorDetail(code: "Denied", message: "Not you.") }
    return evidence
  }

  static func body(
    _ vm: ResourceID, _ ports: [Int], until clock: String, from source: String = "203.0.113.10",
    because reason: String = "INC42"
  ) -> AccessBody {
    AccessBody(
      ports: ports.map {
        AccessBody.Port(
          vm: vm, number: $0, sources: [source], endsAt: at(clock), duration: nil)
      }, justification: reason)
  }

  /// Ada twice on web1, the second time in place of the first; Bob is refused on dc1 of the one
  /// group, Ada opens dc1 of the other to everybody; Eve's names are not nice.
  static let morning: [Evidence] = [
    record("08:00", .start, call: "a", by: ada, body(vm("web1"), [22, 3389], until: "11:00")),
    record("08:01", .accept, call: "a", by: ada),
    record("09:00", .start, call: "b", by: bob, body(vm("dc1"), [3389], until: "10:00")),
    record("09:01", .failure, call: "b", by: bob),
    record("10:00", .start, call: "c", by: ada, body(vm("web1"), [22], until: "13:00")),
    record("10:01", .accept, call: "c", by: ada),
    record(
      "12:00", .start, call: "d", by: ada,
      body(vm("dc1", in: "rg-lab"), [3389], until: "14:00", from: "*")),
    record("12:01", .accept, call: "d", by: ada),
    record(
      "12:10", .start, call: "e", by: eve,
      body(vm(hostile), [22], until: "23:00", because: "=HYPERLINK(\"http://x\")\u{1B}[2J")),
    record("12:11", .accept, call: "e", by: eve),
  ]

  static let reject = LedgerBatch.Reject(
    input: RejectedInput(
      kind: .message, reason: "The message is not JSON.", offset: 0,
      bytes: Array("oops\u{1B}[2J\nsecond line".utf8) + [0xFF, 0x07]), position: "0/77")
}
