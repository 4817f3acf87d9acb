import Access
import Detection
import Foundation
import Ledger
import Pipeline
import SQLite
import TestSupport
import Testing
import Timelines

/// The seeds of the cases: `CASES` of them from `SEED` on, which chance chooses where it is not given.
private let seeds: Range<Int> = {
  func number(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }
  let first = number("SEED") ?? Int.random(in: 0..<1_000_000)
  let seeds = first..<first + max(1, number("CASES") ?? 60)
  print("The judge's orders: seeds \(seeds).")
  return seeds
}()

/// A ledger in a folder of its own, fed as a test says.
private final class Feeding {
  let folder: TemporaryFolder
  let path: String
  let ledger: LedgerWriter
  let judge: Judge
  let detectors: DetectorSet

  init(budget: JudgingBudget = JudgingBudget()) throws {
    folder = try TemporaryFolder()
    path = folder.path("gatebook.db")
    ledger = try LedgerWriter(path: path)
    detectors = try DetectorSet(Feeding.settings)
    judge = Judge(
      ledger: ledger, detectors: detectors, settings: 1, budget: budget,
      clock: { EventTime(seconds: 1_800_000_000) })
  }

  static var settings: DetectionSettings {
    var settings = DetectionSettings()
    if let range = MinuteRange("08:00-18:00"), let days = Weekday.days("mon-fri") {
      settings.calendar = CalendarSettings(
        timeZone: "Europe/Berlin", workingHours: WorkingHours([range], on: days), holidays: [])
    }
    settings.groups = [GroupSettings(name: "crown", vms: ["vm1"], critical: true)]
    return settings
  }

  func batch(_ evidence: some Sequence<Evidence>) -> LedgerBatch {
    var batch = LedgerBatch(source: "test", receivedAt: EventTime(seconds: 1_800_000_000))
    for piece in evidence {
      batch.items.append(
        LedgerBatch.Item(pieces: [piece], raw: [1, 2, 3], position: "0", rejectedBodies: []))
      batch.counts.recordsRead += 1
    }
    return batch
  }

  func finish(at instant: EventTime) throws {
    _ = try judge.move(to: instant)
    while try judge.workOnDue() {}
  }

  func differences() throws -> [VerificationDifference] {
    let verification = try Verification(LedgerReader(path: path), by: detectors)
    #expect(verification.due == 0)
    return verification.differences
  }

  func digest(at instant: EventTime) throws -> String {
    let evidence = try LedgerReader(path: path).allEvidence()
    return Recomputation(of: evidence.pieces, by: detectors, at: instant).digest
  }

  /// The rules as they are stored, and as all evidence at once tells them.
  func rules(at instant: EventTime) throws -> (stored: [String], wanted: [String]) {
    var stored: [String] = []
    let statement = try Connection(path: path, mode: .readOnly)
      .prepare("SELECT body, older FROM rule_episode")
    try statement.forEachRow { row throws(SQLiteError) in
      guard let episode = RuleEpisode(canonical: row.blob(0)) else { return }
      stored.append(text(row.int(1) != 0 ? episode.withoutBeginning : episode))
    }
    let evidence = try LedgerReader(path: path).allEvidence()
    return (stored.sorted(), Books(of: evidence.pieces, at: instant).episodes.map(text).sorted())
  }

  private func text(_ episode: RuleEpisode) -> String {
    let content = episode.versions.map { "\($0.at) \($0.rule.content)" }
    return "\(episode.nsg.name) \(episode.name) \(episode.firstSeenAt) "
      + "\(episode.begin?.description ?? "-") \(episode.end?.description ?? "-") "
      + "\(episode.byDefender) \(episode.isAtFirstSight) \(episode.blanks.count) \(content)"
  }

  func rows() throws -> [String] {
    let reader = try LedgerReader(path: path)
    var rows: [String] = []
    try reader.forEachFinding { entry in
      rows.append(entry.finding.idText)
      return true
    }
    return rows.sorted()
  }
}

@Suite struct `A judge` {
  @Test(arguments: seeds)
  func `comes to the same rows whatever the order, the repetitions and the cuts`(_ seed: Int) throws
  {
    var generator = EvidenceGenerator(seed: UInt64(seed))
    let evidence = generator.evidence(count: 8 + generator.chance.below(40))
    try expectSame(evidence, seed, &generator)
  }

  @Test(arguments: seeds)
  func `does so with rules, policies and sessions too`(_ seed: Int) throws {
    var generator = EvidenceGenerator(seed: UInt64(seed))
    let evidence = generator.estate(count: 8 + generator.chance.below(60))
    try expectSame(evidence, seed, &generator)
  }

  private func expectSame(
    _ evidence: [Evidence], _ seed: Int, _ generator: inout EvidenceGenerator
  ) throws {
    let end = (evidence.map(\.occurredAt).max() ?? .epoch) + .hours(1)
    var digests: Set<String> = []
    var rows: Set<[String]> = []
    for order in 0..<3 {
      let feeding = try Feeding(
        budget: order == 1 ? JudgingBudget(rows: 1) : JudgingBudget())
      var fed = evidence
      for piece in evidence where generator.chance.isTrue(oneIn: 10) { fed.append(piece) }
      if order > 0 { fed.shuffle(using: &generator.chance) }
      var streamTime: EventTime?
      while !fed.isEmpty {
        let cut = min(fed.count, 1 + generator.chance.below(12))
        let batch = feeding.batch(fed.prefix(cut))
        let newest = fed.prefix(cut).map(\.occurredAt).max()
        if order == 2 {
          try feeding.judge.take(batch, importedUpTo: newest)
        } else {
          // Stream time may lag behind what was read, as with a second partition.
          if generator.chance.isTrue(oneIn: 2) {
            streamTime = max(streamTime ?? .distantPast, newest ?? .distantPast)
          }
          try feeding.judge.take(batch, movingTo: streamTime)
        }
        fed.removeFirst(cut)
        if generator.chance.isTrue(oneIn: 3) { _ = try feeding.judge.workOnDue() }
        if order == 0 {
          while try feeding.judge.workOnDue() {}
          let differences = try feeding.differences()
          let isSame = differences.isEmpty
          #expect(isSame, "seed \(seed) midway: \(briefly(differences))")
        }
      }
      try feeding.finish(at: end)
      let differences = try feeding.differences()
      let isSame = differences.isEmpty
      #expect(isSame, "seed \(seed) order \(order): \(briefly(differences))")
      let rules = try feeding.rules(at: end)
      #expect(rules.stored == rules.wanted, "seed \(seed) order \(order): rules")
      digests.insert(try feeding.digest(at: end))
      rows.insert(try feeding.rows())
    }
    #expect(digests.count == 1, "seed \(seed)")
    #expect(rows.count == 1, "seed \(seed)")
  }

  @Test func `keeps what a request was before the provider's record on the VM came`() throws {
    var generator = EvidenceGenerator(seed: 1)
    var start = generator.evidence(count: 1)[0]
    let vm = ResourceID(
      "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm1")
    (start.kind, start.phase, start.correlationID) = (.accessRequested, .start, "c1")
    (start.claims, start.asked, start.answered) = (Claims(), nil, nil)
    var note = Evidence(
      kind: .accessNoted, occurredAt: start.occurredAt + .seconds(9), operation: start.operation,
      phase: .success, resource: vm, correlationID: "c1")
    note.note = AccessNote(user: "ada@contoso.com", justification: "noted")
    let feeding = try Feeding()
    let end = start.occurredAt + .hours(1)
    try feeding.judge.take(feeding.batch([start, note]), movingTo: end)
    let reader = try LedgerReader(path: feeding.path)
    var told: [[String?]] = []
    for instant in [note.occurredAt - .seconds(1), note.occurredAt, end] {
      try reader.forEachRequest(in: .distantPast ... .distantFuture, at: instant) {
        told.append([$0.actor.name, $0.justification, $0.grants.first?.vm.name])
        return true
      }
    }
    #expect(
      told == [
        [nil, nil, nil], ["ada@contoso.com", "noted", "vm1"], ["ada@contoso.com", "noted", "vm1"],
      ])
    let asked = try [note.occurredAt - .seconds(1), end].map {
      try reader.requests(naming: vm, in: .distantPast ... .distantFuture, at: $0)[0].justification
    }
    #expect(asked == [nil, "noted"])
    #expect(try reader.notes(on: vm, in: .distantPast ... .distantFuture) == [note.identified])
  }
}
