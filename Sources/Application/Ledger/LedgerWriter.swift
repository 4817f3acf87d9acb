public import Access
internal import Hashing
internal import SQLite
internal import Timelines

/// The one process that writes a ledger.
///
/// Everything happens in steps, one transaction each. It belongs to one thread. After an error the step is rolled back and nothing of it is kept.
public final class LedgerWriter {
  /// Where the ledger lies.
  public let path: String
  /// First, so that its connection is closed before the writer's, which then empties the log.
  private let checkpointer: Checkpointer
  let connection: Connection
  let texts: InternedTexts
  let ruleTexts: RuleTexts
  let evidence: EvidenceTable
  let raw: RawBlocks
  let notes: NoteTable
  let requests: RequestTable
  let grants: GrantTable
  let findings: FindingTable
  let rejects: RejectTable
  let sources: SourceTable
  let chain: ChainTable
  let state: StateTable
  let due: DueTable
  let named: NamedTable
  let rules: RuleTable
  let ruleCalls: CallTable
  let policyCalls: CallTable
  let reached: ReachedTable
  /// Names that have come to mean something else or more since the judge asked last.
  var newNames: Set<KnownVMs.Name> = []
  /// Versions of policies that were read of late.
  var versions: [ResourceID: [PolicyVersion]] = [:]
  private let settingsTable: SettingsTable
  private let keepsRaw: Bool
  private var toldInStep = false
  /// True while the feed has rows that its durable head does not know yet.
  private var isHeadBehind = true
  /// Last, so that it is let go when the connection is closed.
  private let lock: LedgerLock

  /// Opens a ledger for writing, makes it where there is none, and migrates an older one.
  public init(path: String, options: LedgerOptions = LedgerOptions()) throws(LedgerError) {
    self.path = path
    checkpointer = Checkpointer(path: path)
    keepsRaw = options.keepsRaw
    try LedgerFile.checkPlace(path)
    lock = try LedgerLock(path: path)
    try LedgerFile.make(path, mode: options.mode)
    do throws(SQLiteError) {
      connection = try Connection(
        path: path, mode: .readWrite, cacheKiB: 32_768, busyTimeout: .seconds(10))
    } catch {
      throw LedgerError(error, path: path)
    }
    // A database of somebody else is not even configured.
    let found = try LedgerFile.examine(connection, path: path)
    do throws(SQLiteError) { try LedgerFile.configure(connection) } catch {
      throw LedgerError(error, path: path)
    }
    try LedgerFile.migrate(connection, path: path, from: found, options: options)
    do throws(SQLiteError) {
      texts = try InternedTexts(connection)
      ruleTexts = try RuleTexts(connection, texts: texts)
      evidence = try EvidenceTable(connection, ruleTexts: ruleTexts)
      raw = try RawBlocks(connection)
      notes = try NoteTable(connection, texts: texts)
      requests = try RequestTable(connection, texts: texts)
      grants = try GrantTable(connection, texts: texts)
      findings = try FindingTable(connection, texts: texts)
      state = try StateTable(connection)
      rejects = try RejectTable(
        connection, state: state, totalLimit: options.rejectBytesLimit)
      sources = try SourceTable(connection)
      chain = try ChainTable(connection)
      due = try DueTable(connection)
      named = try NamedTable(connection, texts: texts)
      rules = try RuleTable(connection, texts: texts)
      ruleCalls = try CallTable(connection, texts: texts, rules: true)
      policyCalls = try CallTable(connection, texts: texts, rules: false)
      reached = try ReachedTable(connection, texts: texts)
      settingsTable = try SettingsTable(connection)
    } catch {
      throw LedgerError(error, path: path)
    }
    try settleFeed()
  }

  /// Runs one transaction: all of it is kept, or nothing.
  ///
  /// A step that was kept never fails for what follows it: the durable head of the feed is then
  /// caught up before the next one.
  public func step(_ work: () throws(LedgerError) -> Void) throws(LedgerError) {
    if isHeadBehind { try settleFeed() }
    // What was written while the others were moved is little, and then the log starts anew.
    if checkpointer.wantsHelp(logPages: connection.logPages) { try checkpoint() }
    toldInStep = false
    try guarded { () throws(SQLiteError) in try connection.begin(.immediate) }
    do {
      try work()
      try guarded { () throws(SQLiteError) in try connection.commit() }
    } catch {
      abandon()
      throw error
    }
    if toldInStep {
      isHeadBehind = true
      try? settleFeed()
    }
    checkpointer.note(logPages: connection.logPages)
  }

  private func abandon() {
    // The error that led here is the one to tell of.
    try? connection.rollback()
    texts.forget()
    named.forget()
    ruleTexts.forget()
    newNames = []
    versions = [:]
    raw.forget()
    sources.forget()
    try? evidence.reload()
    try? notes.reload()
    try? rejects.reload()
    try? chain.reload()
  }

  /// Stores the durable head of the feed in a transaction that is synced to the disk, which makes
  /// every row before it durable too: a number never names another finding after a power loss.
  private func settleFeed() throws(LedgerError) {
    try guarded { () throws(SQLiteError) in
      try connection.execute("PRAGMA synchronous = FULL")
      defer { try? connection.execute("PRAGMA synchronous = NORMAL") }
      try connection.execute(
        """
        INSERT OR REPLACE INTO state (key, value)
        SELECT 'durable_feed', coalesce(max(seq), 0) FROM feed
        """)
    }
    isHeadBehind = false
  }

  func guarded<Value>(
    _ work: () throws(SQLiteError) -> Value
  ) throws(LedgerError) -> Value {
    do throws(SQLiteError) { return try work() } catch { throw LedgerError(error, path: path) }
  }

  /// Marks that the step added rows to the feed.
  func noteTold() { toldInStep = true }

  // MARK: Taking in

  /// Stores what was read, without judging it, and says what was new of it.
  public func store(_ batch: LedgerBatch) throws(LedgerError) -> StoredBatch {
    try guarded { () throws(SQLiteError) in
      var intake = Intake(batch, source: try sources.number(of: batch.source))
      let (firstEvidence, firstReject) = (evidence.next, rejects.next)
      for item in batch.items { try store(item, into: &intake) }
      try raw.flush(receivedAt: batch.receivedAt)
      for reject in batch.rejects { try store(reject, into: &intake) }
      try rejects.flush()
      for id in batch.retried { try rejects.markRetried(id) }
      try sources.add(intake.counts, to: intake.source)
      for position in batch.partitions { try sources.set(position, of: intake.source) }
      for file in batch.files { try sources.set(file) }
      try storeFeed(batch, of: intake.source)
      try link(intake, batch, firstEvidence: firstEvidence, firstReject: firstReject)
      return StoredBatch(
        touched: intake.touched, new: intake.new, notes: intake.notes, counts: intake.counts)
    }
  }

  private func store(_ item: LedgerBatch.Item, into intake: inout Intake) throws(SQLiteError) {
    var record: Int64?
    for piece in item.pieces {
      let canonical = piece.canonical
      let identified = IdentifiedEvidence(id: piece.id(ofCanonical: canonical), evidence: piece)
      let key = CallKey(piece)
      guard
        let seq = try evidence.insert(
          identified, canonical: canonical, call: key.stableHash,
          receivedAt: intake.receivedAt, source: intake.source, position: item.position,
          record: record, changes: { connection.changes })
      else { continue }
      if record == nil, keepsRaw {
        try raw.add(item.raw, of: seq, receivedAt: intake.receivedAt)
      }
      record = record ?? seq
      if piece.isNote {
        try notes.insert(piece, seq: seq)
        intake.notes.append(identified)
      }
      if let vm = piece.reachedVM {
        try reached.insert(piece, of: vm, seq: seq)
        try noteVM(vm, since: piece.occurredAt)
      }
      intake.evidenceIDs.append(identified.id.hash)
      intake.new.insert(identified.id)
      intake.touched.insert(
        TouchedCall(key: key, day: identified.id.day, family: CallFamily(piece)))
    }
    guard record != nil else {
      if item.isCounted { intake.counts.duplicates += 1 }
      return
    }
    if item.isCounted { intake.counts.evidence += 1 }
    intake.counts.rejectedBodies += item.rejectedBodies.count
    for body in item.rejectedBodies {
      try store(LedgerBatch.Reject(input: body, position: item.position), into: &intake)
    }
  }

  private func store(
    _ reject: LedgerBatch.Reject, into intake: inout Intake
  ) throws(SQLiteError) {
    let position = SourcePosition(source: intake.name, position: reject.position)
    let id = try rejects.insert(
      reject.input, source: intake.source, position: position, receivedAt: intake.receivedAt,
      changes: { connection.changes })
    if let id { intake.rejectIDs.append(id) }
  }

  private func link(
    _ intake: Intake, _ batch: LedgerBatch, firstEvidence: Int64, firstReject: Int64
  ) throws(SQLiteError) {
    let positions = intake.positionsText(batch)
    if intake.evidenceIDs.isEmpty && intake.rejectIDs.isEmpty && positions.isEmpty { return }
    let lastEvidence = evidence.next - 1
    let lastReject = rejects.next - 1
    try chain.append(
      ChainTable.Entry(
        evidence: lastEvidence >= firstEvidence ? firstEvidence...lastEvidence : nil,
        rejects: lastReject >= firstReject ? firstReject...lastReject : nil,
        positions: positions),
      ids: intake.evidenceIDs + intake.rejectIDs)
  }

  // MARK: Settings

  /// The settings that verdicts are judged by, as canonical text, with their number.
  public func storedSettings() throws(LedgerError) -> (id: Int64, canonical: String)? {
    try guarded { () throws(SQLiteError) in try settingsTable.newest() }
  }

  /// Stores settings, of which the newest ones hold, and says their number.
  public func storeSettings(
    _ canonical: String, at now: EventTime
  ) throws(LedgerError) -> Int64 {
    try guarded { () throws(SQLiteError) in try settingsTable.insert(canonical, at: now) }
  }
}

/// What one batch has come to so far.
private struct Intake {
  let source: Int64
  let name: String
  let receivedAt: EventTime
  var counts: RecordCounts
  var evidenceIDs: [SHA256Digest] = []
  var rejectIDs: [SHA256Digest] = []
  var touched: Set<TouchedCall> = []
  var new: Set<EvidenceID> = []
  var notes: [IdentifiedEvidence] = []

  init(_ batch: LedgerBatch, source: Int64) {
    self.source = source
    name = batch.source
    receivedAt = batch.receivedAt
    counts = batch.counts
  }

  /// The positions of a batch as one text, which the chain is made of.
  func positionsText(_ batch: LedgerBatch) -> String {
    let partitions = batch.partitions.map { "\(name)/\($0.partition)=\($0.nextOffset)" }
    let files = batch.files.map { "\($0.path)=\($0.nextOffset)" }
    return (partitions + files).joined(separator: ";")
  }
}
