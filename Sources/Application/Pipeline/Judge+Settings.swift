public import Access
public import AccessDecoding
public import Detection
public import Ledger

/// What decides verdicts, as the ledger keeps it.
public struct JudgingSettings: Hashable, Sendable {
  /// Calendar, groups, people, networks, automation and the rules' own numbers.
  public var detection: DetectionSettings
  /// Which further operations are evidence.
  public var decoding: DecodingSettings

  /// Settings as a file gives them, or the defaults.
  public init(
    detection: DetectionSettings = DetectionSettings(),
    decoding: DecodingSettings = DecodingSettings()
  ) {
    self.detection = detection
    self.decoding = decoding
  }

  /// What stands before operations of other families; no operation has a colon in its name.
  private static let (bypassMark, feedMark) = ("bypass:", "feed:")

  /// One canonical text: the detection settings, then the operations.
  public var canonical: String {
    let operations =
      decoding.initiateOperations + decoding.bypassOperations.map { Self.bypassMark + $0 }
      + decoding.feedOperations.map { Self.feedMark + $0 }
    return String(
      decoding: CanonicalJSON.array(
        [detection.canonical] + operations.map { $0.lowercased() }.sorted()), as: UTF8.self)
  }

  /// The settings that a stored text means, or nil when another version wrote it.
  public init?(canonical text: String) {
    var reader = CanonicalReader(Array(text.utf8))
    var parts: [String] = []
    do {
      try reader.array { reader throws(CanonicalReader.Malformed) in
        parts.append(try reader.text())
      }
    } catch { return nil }
    guard let first = parts.first, let detection = DetectionSettings(canonical: first) else {
      return nil
    }
    self.detection = detection
    decoding = DecodingSettings()
    for part in parts.dropFirst() {
      if part.hasPrefix(Self.bypassMark) {
        decoding.bypassOperations.append(String(part.dropFirst(Self.bypassMark.count)))
      } else if part.hasPrefix(Self.feedMark) {
        decoding.feedOperations.append(String(part.dropFirst(Self.feedMark.count)))
      } else {
        decoding.initiateOperations.append(part)
      }
    }
  }
}

extension Judge {
  /// A judge by the settings given, or by the stored ones where none are given.
  ///
  /// Settings that differ from the stored ones are stored, and what they change becomes due in
  /// the same step: per rule whose own part of the settings differs.
  public static func make(
    ledger: LedgerWriter, given: JudgingSettings?, budget: JudgingBudget = JudgingBudget(),
    clock: @escaping @Sendable () -> EventTime
  ) throws -> (judge: Judge, settings: JudgingSettings) {
    let row = try ledger.storedSettings()
    let stored = row.flatMap { JudgingSettings(canonical: $0.canonical) }
    let settings = given ?? stored ?? JudgingSettings()
    let detectors = try DetectorSet(settings.detection)
    var number = row?.id ?? 0
    if row?.canonical != settings.canonical {
      try ledger.step { () throws(LedgerError) in
        number = try ledger.storeSettings(settings.canonical, at: clock())
        let changed = changedRules(from: stored, to: settings)
        try ledger.makeDue(changed, enabled: Set(detectors.rules))
      }
    }
    let judge = Judge(
      ledger: ledger, detectors: detectors, settings: number, budget: budget, clock: clock)
    return (judge, settings)
  }

  private static func changedRules(
    from stored: JudgingSettings?, to settings: JudgingSettings
  ) -> [String] {
    DetectorSet.catalogue.map(\.id).filter { rule in
      stored?.detection.fingerprint(of: rule) != settings.detection.fingerprint(of: rule)
    }
  }

  /// How many findings one step withdraws of a rule that was switched off.
  private static let withdrawnAtOnce = 500

  /// A due row of a rule that was switched off; says where it stopped.
  func withdraw(_ row: DueRow, deadline: JudgingDeadline) throws(LedgerError) -> EventTime? {
    var day = row.from.day
    while true {
      let next = try ledger.withdraw(
        rule: row.slice, fromDay: day, limit: Judge.withdrawnAtOnce, now: clock(),
        settings: settings)
      deadline.spend(Judge.withdrawnAtOnce)
      guard let next else { return nil }
      day = next
      if deadline.isOver { return .start(ofDay: day) }
    }
  }
}

extension LedgerWriter {
  /// Makes all judging of some rules due; those that are not enabled are withdrawn.
  fileprivate func makeDue(_ rules: [String], enabled: Set<String>) throws(LedgerError) {
    guard let streamTime = try streamTime() else { return }
    let judged = rules.filter(enabled.contains)
    if !judged.isEmpty {
      try addDue(
        DueRow(
          stage: .requests, slice: judged.joined(separator: ","), from: .distantPast,
          to: streamTime))
    }
    for rule in rules where !enabled.contains(rule) {
      try addDue(
        DueRow(stage: .withdraw, slice: rule, from: .distantPast, to: .distantFuture))
    }
  }
}
