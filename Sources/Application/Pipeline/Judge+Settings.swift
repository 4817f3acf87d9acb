public import Access
public import AccessDecoding
public import Detection
public import Ledger
public import Timelines

/// What decides verdicts, as the ledger keeps it.
public struct JudgingSettings: Hashable, Sendable {
  /// Calendar, groups, people, networks, automation and the rules' own numbers.
  public var detection: DetectionSettings
  /// Which further operations are evidence.
  public var decoding: DecodingSettings
  /// Who writes as Defender for Cloud, and how long after its end a rule may stand.
  public var books: BooksSettings

  /// Settings as a file gives them, or the defaults.
  public init(
    detection: DetectionSettings = DetectionSettings(),
    decoding: DecodingSettings = DecodingSettings(), books: BooksSettings = BooksSettings()
  ) {
    self.detection = detection
    self.decoding = decoding
    self.books = books
  }

  /// What stands before operations of other families; no operation has a colon in its name.
  private static let (bypassMark, feedMark) = ("bypass:", "feed:")
  private static let (defenderMark, graceMark) = ("defender:", "grace:")

  /// One canonical text: the detection settings, then the operations.
  public var canonical: String {
    let operations =
      decoding.initiateOperations + decoding.bypassOperations.map { Self.bypassMark + $0 }
      + decoding.feedOperations.map { Self.feedMark + $0 }
    let standard = BooksSettings()
    let more =
      (books.defender == standard.defender
        ? [] : books.defender.map { Self.defenderMark + $0 })
      + (books.grace == standard.grace ? [] : ["\(Self.graceMark)\(books.grace.ticks)"])
    return String(
      decoding: CanonicalJSON.array(
        [detection.canonical] + (operations + more).map { $0.lowercased() }.sorted()), as: UTF8.self
    )
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
    books = BooksSettings()
    var defender: Set<String> = []
    for part in parts.dropFirst() {
      if part.hasPrefix(Self.bypassMark) {
        decoding.bypassOperations.append(String(part.dropFirst(Self.bypassMark.count)))
      } else if part.hasPrefix(Self.feedMark) {
        decoding.feedOperations.append(String(part.dropFirst(Self.feedMark.count)))
      } else if part.hasPrefix(Self.defenderMark) {
        defender.insert(String(part.dropFirst(Self.defenderMark.count)))
      } else if part.hasPrefix(Self.graceMark) {
        guard let ticks = Int64(part.dropFirst(Self.graceMark.count)) else { return nil }
        books.grace = TimeSpan(ticks: ticks)
      } else {
        decoding.initiateOperations.append(part)
      }
    }
    if !defender.isEmpty { books.defender = defender }
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
        if (stored ?? JudgingSettings()).books != settings.books { try ledger.makeAllDue() }
        try ledger.setGrace(settings.books.grace)
      }
    }
    let judge = Judge(
      ledger: ledger, detectors: detectors, settings: number, books: settings.books,
      budget: budget, clock: clock)
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
  /// Makes everything due that was ever looked at: who Defender is decides what a rule opens.
  fileprivate func makeAllDue() throws(LedgerError) {
    guard let streamTime = try streamTime() else { return }
    try addDue(DueRow(stage: .requests, slice: "", from: .distantPast, to: streamTime))
  }

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
