internal import Access
internal import Hashing
internal import SQLite
internal import Timelines

/// Evidence as it came in, and the way from a call's key to its records.
final class EvidenceTable {
  private let insertKey: Statement
  private let insertRow: Statement
  private let selectCall: Statement
  private let selectRow: Statement
  private let selectIdentified: Statement
  private let selectSequence: Statement
  private let maximum: Statement
  private let ruleTexts: RuleTexts
  private var nextSequence: Int64 = 0
  /// What was stored of late: a call's records mostly come together, and need not be read back.
  private var recent: [Int64: Evidence] = [:]

  private static let recentLimit = 8_192

  init(
    _ connection: borrowing Connection, ruleTexts: RuleTexts
  ) throws(SQLiteError) {
    self.ruleTexts = ruleTexts
    insertKey = try connection.prepare(
      "INSERT OR IGNORE INTO evidence_key (day, call, hash, seq) VALUES (?, ?, ?, ?)")
    insertRow = try connection.prepare(
      """
      INSERT INTO evidence (seq, day, hash, call, received_at, source, position, record, canonical)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    selectCall = try connection.prepare(
      "SELECT hash, seq FROM evidence_key WHERE day = ? AND call = ?")
    selectRow = try connection.prepare("SELECT canonical FROM evidence WHERE seq = ?")
    selectIdentified = try connection.prepare(
      "SELECT day, hash, canonical FROM evidence WHERE seq = ?")
    selectSequence = try connection.prepare(
      "SELECT seq FROM evidence_key WHERE day = ? AND call = ? AND hash = ?")
    maximum = try connection.prepare("SELECT coalesce(max(seq), 0) FROM evidence")
    try reload()
  }

  /// Reads the next free number again, after a step that was rolled back.
  func reload() throws(SQLiteError) {
    nextSequence = (try maximum.firstRow { $0.int64(0) } ?? 0) + 1
    recent.removeAll(keepingCapacity: true)
  }

  /// The number that the next piece of evidence gets.
  var next: Int64 { nextSequence }

  /// Stores a piece of evidence; nil when it was known, else its number.
  func insert(
    _ piece: IdentifiedEvidence, canonical: [UInt8], call: Int64, receivedAt: EventTime,
    source: Int64, position: String, record: Int64?, changes: () -> Int
  ) throws(SQLiteError) -> Int64? {
    let sequence = nextSequence
    let hash = piece.id.hash.bytes
    insertKey.bind(piece.id.day, at: 1)
    insertKey.bind(call, at: 2)
    insertKey.bind(hash, at: 3)
    insertKey.bind(sequence, at: 4)
    try insertKey.run()
    guard changes() == 1 else { return nil }
    insertRow.bind(sequence, at: 1)
    insertRow.bind(piece.id.day, at: 2)
    insertRow.bind(hash, at: 3)
    insertRow.bind(call, at: 4)
    insertRow.bind(receivedAt.ticks, at: 5)
    insertRow.bind(source, at: 6)
    insertRow.bind(position, at: 7)
    insertRow.bind(record ?? sequence, at: 8)
    insertRow.bind(try stored(piece.evidence, canonical), at: 9)
    try insertRow.run()
    if recent.count >= EvidenceTable.recentLimit { recent.removeAll(keepingCapacity: true) }
    recent[sequence] = piece.evidence
    nextSequence += 1
    return sequence
  }

  /// What is stored of evidence: its canonical JSON, in which rules stand by their numbers.
  private func stored(
    _ evidence: Evidence, _ canonical: [UInt8]
  ) throws(SQLiteError) -> [UInt8] {
    guard let nsg = evidence.ruleSet else { return canonical }
    var numbers: [NetworkRule: Int64] = [:]
    for rule in (evidence.askedRules ?? []) + (evidence.answeredRules ?? []) {
      numbers[rule] = try ruleTexts.number(of: rule, in: nsg)
    }
    return evidence.encoded { numbers[$0] }
  }

  /// All records of a key that hang together with an instant: no gap between them over 24 h.
  ///
  /// Records of one key more than 24 h apart never belong to one call, so what lies beyond such a
  /// gap cannot change what the records here make.
  func component(of key: CallKey, around day: Int) throws(SQLiteError) -> [IdentifiedEvidence] {
    var found = try records(of: key, on: day)
    var (first, last) = (day, day)
    // A day without a record of the key is a gap of more than 24 h only together with the times
    // of its neighbours; reading one empty day further is cheaper than comparing.
    while true {
      let earlier = try records(of: key, on: first - 1)
      if earlier.isEmpty { break }
      found += earlier
      first -= 1
    }
    while true {
      let later = try records(of: key, on: last + 1)
      if later.isEmpty { break }
      found += later
      last += 1
    }
    return found
  }

  private func records(
    of key: CallKey, on day: Int
  ) throws(SQLiteError) -> [IdentifiedEvidence] {
    try records(withHash: key.stableHash, on: day).filter { CallKey($0.evidence) == key }
  }

  /// All records of a day whose key has a hash: those of a correlation id, whatever they are.
  func records(
    withHash hash: Int64, on day: Int
  ) throws(SQLiteError) -> [IdentifiedEvidence] {
    selectCall.bind(day, at: 1)
    selectCall.bind(hash, at: 2)
    var rows: [(hash: [UInt8], seq: Int64)] = []
    try selectCall.forEachRow { row throws(SQLiteError) in
      rows.append((row.blob(0), row.int64(1)))
    }
    var records: [IdentifiedEvidence] = []
    for row in rows {
      guard let hash = SHA256Digest(bytes: row.hash), let evidence = try evidence(at: row.seq)
      else { continue }
      records.append(
        IdentifiedEvidence(id: EvidenceID(day: day, hash: hash), evidence: evidence))
    }
    return records
  }

  /// A record by its number.
  func identified(at sequence: Int64) throws(SQLiteError) -> IdentifiedEvidence? {
    selectIdentified.bind(sequence, at: 1)
    return try selectIdentified.firstRow { row in
      guard let hash = SHA256Digest(bytes: row.blob(1)),
        let evidence = Evidence(canonical: row.blob(2), rule: ruleTexts.rule)
      else { return nil }
      return IdentifiedEvidence(
        id: EvidenceID(day: row.int(0), hash: hash), evidence: evidence)
    } ?? nil
  }

  /// The key of the call that a piece of evidence belongs to.
  func key(of id: EvidenceID, withHash hash: Int64) throws(SQLiteError) -> CallKey? {
    selectSequence.bind(id.day, at: 1)
    selectSequence.bind(hash, at: 2)
    selectSequence.bind(id.hash.bytes, at: 3)
    guard let sequence = try selectSequence.firstRow({ $0.int64(0) }) else { return nil }
    return try evidence(at: sequence).map { CallKey($0) }
  }

  /// The numbers of records of one key.
  func numbers(of ids: [EvidenceID], withHash hash: Int64) throws(SQLiteError) -> [Int64] {
    var found: [Int64] = []
    for id in ids {
      selectSequence.bind(id.day, at: 1)
      selectSequence.bind(hash, at: 2)
      selectSequence.bind(id.hash.bytes, at: 3)
      if let number = try selectSequence.firstRow({ $0.int64(0) }) { found.append(number) }
    }
    return found
  }

  private func evidence(at sequence: Int64) throws(SQLiteError) -> Evidence? {
    if let evidence = recent[sequence] { return evidence }
    selectRow.bind(sequence, at: 1)
    return try selectRow.firstRow { Evidence(canonical: $0.blob(0), rule: ruleTexts.rule) } ?? nil
  }
}
