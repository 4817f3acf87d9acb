import Access
import AccessDecoding
import Detection
import Foundation
import Ledger
import Pipeline
import Settings

/// What the child of `rejudge` does: the steps of ingestion, each of them measured.
struct Rejudging {
  private let judge: Judge
  private var live: LiveRecords
  private var waits: [Double] = []
  private var takes: [Double] = []
  private let start = ContinuousClock.now

  /// Opens a ledger as `run` does, by settings that may differ from the stored ones.
  private init(_ ledger: String, _ settings: JudgingSettings, live path: String) throws {
    var made: Judge?
    // Storing the settings and making everything due is a step as well.
    let spent = try Spent {
      let writer = try LedgerWriter(path: ledger)
      made = try Judge.make(ledger: writer, given: settings, clock: Self.now).judge
    }
    guard let made else { throw BenchmarkFailure("There is no judge.") }
    judge = made
    live = try LiveRecords(path)
    waits.append(spent.wall)
  }

  /// Does the work of `child-settings LEDGER SETTINGS CHANGE TAIL`.
  static func changeSettings(_ words: [String]) throws {
    guard words.count == 4 else { throw BenchmarkFailure("child-settings takes four words.") }
    let settings = try changed(settings(of: words[1]), words[2])
    var work = try Rejudging(words[0], settings, live: words[3])
    try work.finish()
  }

  /// Does the work of `child-late LEDGER SETTINGS LATE TAIL`.
  static func takeLateRecord(_ words: [String]) throws {
    guard words.count == 4 else { throw BenchmarkFailure("child-late takes four words.") }
    var work = try Rejudging(words[0], settings(of: words[1]), live: words[3])
    var late = try LiveRecords(words[2])
    guard let batch = try late.nextBatch(records: 1) else {
      throw BenchmarkFailure("There is no late record.")
    }
    let judge = work.judge
    let spent = try Spent { try judge.take(batch, movingTo: nil) }
    guard judge.lastCounts.evidence == 1 else {
      throw BenchmarkFailure("The late record is no new evidence.")
    }
    work.waits.append(spent.wall)
    try work.finish()
  }

  /// Works until nothing is due; live records come in between the steps.
  private mutating func finish() throws {
    var isBusy = true
    while isBusy {
      let judge = judge
      waits.append(try Spent { isBusy = try judge.workOnDue() }.wall)
      if let batch = try live.nextBatch(records: 100) {
        takes.append(try Spent { try judge.take(batch, movingTo: nil) }.wall)
      }
    }
    Screen.line((ContinuousClock.now - start).inSeconds.shown(2))
    Screen.line("\(waits.count)")
    Screen.line(((waits.max() ?? 0) * 1000).shown(1))
    Screen.line(((takes.max() ?? 0) * 1000).shown(1))
  }

  private static func settings(of path: String) throws -> JudgingSettings {
    let service = try SettingsFile.load(path: path, environment: [:], needsSource: false)
    return service.judging
  }

  private static func changed(
    _ settings: JudgingSettings, _ change: String
  ) throws -> JudgingSettings {
    var settings = settings
    if change != "burst" {
      guard let range = MinuteRange("09:00-17:00"), let days = Weekday.days("mon-fri") else {
        throw BenchmarkFailure("There are no such hours.")
      }
      settings.detection.calendar = CalendarSettings(
        timeZone: "Europe/London", workingHours: WorkingHours([range], on: days), holidays: [])
    }
    if change != "hours" { settings.detection.repeatedRequests.count += 1 }
    if change == "all" {
      settings.detection.refusedRequests.count += 1
      settings.detection.groups.append(
        GroupSettings(name: "added", vms: ["*-1"], critical: true))
      settings.detection.longDuration.common.severity = .critical
      settings.detection.wideSource.common.severity = .critical
    }
    return settings
  }

  @Sendable private static func now() -> EventTime {
    EventTime(seconds: Int64(Date().timeIntervalSince1970))
  }
}

/// Decoded records of a file, some at a time.
struct LiveRecords {
  private let lines: [Data.SubSequence]
  private var next = 0
  private var decoded = DecodedInput()

  init(_ path: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    lines = data.split(separator: UInt8(ascii: "\n"), maxSplits: 20_000)
  }

  /// The next records as a batch, or nil when all were given.
  mutating func nextBatch(records: Int) throws -> LedgerBatch? {
    guard next < lines.count else { return nil }
    var decoder = MessageDecoder(DecodingSettings())
    var batch = LedgerBatch(
      source: "kafka:bench", receivedAt: EventTime(seconds: Int64(Date().timeIntervalSince1970)))
    for line in lines[next..<min(lines.count, next + records)] {
      line.withUnsafeBytes { bytes in
        decoder.decode(RawSpan(_unsafeBytes: bytes), as: .message, into: &decoded)
      }
      batch.counts += decoded.counts
      for record in decoded.records {
        batch.items.append(
          LedgerBatch.Item(
            pieces: record.evidence, raw: record.raw, position: "0/\(next)",
            rejectedBodies: record.bodyRejects))
      }
      next += 1
    }
    return batch
  }
}
