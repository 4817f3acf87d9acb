import Access
import Contract
import Detection
import Foundation
import Ledger
import Pipeline
import SQLite
import TestSupport
import Testing
import Timelines

private let cases = ProcessInfo.processInfo.environment["CASES"].flatMap { Int($0) } ?? 40

/// What a ledger tells of VMs, against what all evidence at once makes.
@Suite struct `What holds of a VM` {
  let folder = try! TemporaryFolder()
  var path: String { folder.path("gatebook.db") }

  /// A ledger fed in batches, with stream time at the newest of so many pieces; says its evidence.
  func fill(seed: Int, streamed: Int = .max) throws -> [IdentifiedEvidence] {
    var generator = DoorGenerator(seed: UInt64(seed))
    let evidence = generator.evidence(count: 60)
    let now = EventTime(seconds: 1_800_000_000)
    let judge = Judge(
      ledger: try LedgerWriter(path: path), detectors: try DetectorSet(DetectionSettings()),
      settings: 1, clock: { now })
    let end = evidence.map(\.occurredAt).sorted().prefix(streamed).last
    var rest = evidence[...]
    while !rest.isEmpty {
      var batch = LedgerBatch(source: "test", receivedAt: now)
      for piece in rest.prefix(7) {
        batch.items.append(
          LedgerBatch.Item(pieces: [piece], raw: [1], position: "0", rejectedBodies: []))
      }
      batch.counts.recordsRead = batch.items.count
      rest = rest.dropFirst(7)
      try judge.take(batch, movingTo: rest.isEmpty ? end : nil)
    }
    while try judge.workOnDue() {}
    return evidence.map(\.identified)
  }

  @Test(arguments: 0..<cases)
  func `is told by a ledger as by all evidence at once`(_ seed: Int) throws {
    let evidence = try fill(seed: seed)
    let reader = try LedgerReader(path: path)
    let instant = try #require(evidence.map(\.evidence.occurredAt).max())
    let now = instant...instant
    let whole = Whole(evidence, at: instant)
    for vm in DoorGenerator.vms {
      let windows = try reader.windows(of: vm, touching: now, at: instant)
        .filter { $0.isInForce(at: instant) }
      #expect(windows.map(Whole.text) == whole.windows(of: vm), "\(seed) \(vm)")
      let rules = try reader.standingRules(of: vm, besides: windows, during: now)
      #expect(
        rules.map(Whole.text) == whole.standingRules(of: vm).map(Whole.text), "\(seed) \(vm)")
      #expect(
        try reader.sessions(of: vm, during: now) == whole.sessions(of: vm), "\(seed) \(vm)")
    }
  }

  @Test(arguments: 0..<cases, [30, 60])
  func `is told by the view as by the command`(_ seed: Int, streamed: Int) throws {
    let evidence = try fill(seed: seed, streamed: streamed)
    let times = evidence.map(\.evidence.occurredAt).sorted()
    let instant = try #require(times.prefix(streamed).last)
    let reader = try LedgerReader(path: path)
    let wanted = try reader.vms(at: instant).map { vm in
      let summary = try reader.summary(of: vm, at: instant)
      return [
        vm.canonical, String(summary.windowsInForce), String(summary.standingRules),
        summary.lastSeenAt.description, String(summary.policies.count),
        String(summary.ports.count),
      ]
    }
    let statement = try Connection(path: path, mode: .readOnly).prepare(
      """
      SELECT vm, windows_in_force, standing_rules, last_seen_at, json_array_length(policies),
        json_array_length(ports) FROM vms ORDER BY vm
      """)
    var shown: [[String]] = []
    try statement.forEachRow { row throws(SQLiteError) in
      shown.append((0..<6).map { row.text($0) })
    }
    #expect(shown == wanted, "\(seed) \(streamed)")
  }
}

/// What all evidence makes of VMs at an instant.
private struct Whole {
  let books: Books
  let known: KnownVMs
  let evidence: [IdentifiedEvidence]
  let instant: EventTime

  init(_ evidence: [IdentifiedEvidence], at instant: EventTime) {
    books = Books(of: evidence, at: instant)
    self.evidence = evidence.filter { $0.evidence.occurredAt <= instant }
    self.instant = instant
    var known = KnownVMs()
    for request in books.requests { known.note(request) }
    for policy in books.policies.policies {
      for version in books.policies.versions(of: policy) { known.note(version) }
    }
    for piece in evidence {
      if let vm = piece.evidence.reachedVM { known.note(vm, at: piece.evidence.occurredAt) }
    }
    self.known = known
  }

  static func text(_ window: AccessWindow) -> String {
    "\(window.port) \(window.request) \(window.opensAt)"
  }

  static func text(_ rule: StandingRule) -> String {
    let group = "\(rule.nsg.name) \(rule.name) \(rule.jit) \(rule.ports) \(rule.sources)"
    return [group, rule.since?.description ?? "-", rule.until?.description ?? "-"]
      .joined(separator: " ")
  }

  func inForce(_ vm: ResourceID) -> [AccessWindow] {
    books.windows.filter { $0.vm == vm && $0.isInForce(at: instant) }
  }

  func windows(of vm: ResourceID) -> [String] {
    inForce(vm).sorted {
      ($0.opensAt, $0.port, $0.request) < ($1.opensAt, $1.port, $1.request)
    }.map(Whole.text)
  }

  func rules(of vm: ResourceID) -> VMRules {
    var opened: [ResourceID: [RuleEpisode]] = [:]
    for grant in books.requests.flatMap(\.grants) {
      let keys = Set(grant.openings.map(RuleKey.init))
      opened[grant.vm, default: []] += books.episodes.filter {
        $0.isGrant && keys.contains(RuleKey($0))
      }
    }
    return VMRules(
      of: vm, namesakes: known.vms(named: KnownVMs.Name(vm), at: instant),
      named: books.episodes, opened: opened.mapValues { Array(Set($0)) })
  }

  func standingRules(of vm: ResourceID) -> [StandingRule] {
    let rules = rules(of: vm)
    var opening = Set(inForce(vm).flatMap(\.openings).map(RuleKey.init))
    for window in books.windows {
      for rule in window.openings
      where window.near(rule).removal(at: instant)?.isPresumed == true {
        opening.insert(RuleKey(rule))
      }
    }
    return StandingRules.rules(
      of: rules, among: books.episodes, opening: opening, in: instant...instant)
  }

  func sessions(of vm: ResourceID) -> [VMSession] {
    SessionFold.sessions(of: evidence.filter { $0.evidence.reachedVM == vm })
      .filter { $0.isOpen(within: instant...instant) }
  }
}
