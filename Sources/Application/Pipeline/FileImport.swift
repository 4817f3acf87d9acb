public import Access
public import AccessDecoding
public import Files
public import Ledger
internal import Lifecycle

/// Reads files into a ledger.
///
/// The same decode path as the stream; a second time is a no-op.
public final class FileImport {
  private let judge: Judge
  private let ledger: LedgerWriter
  private var decoder: MessageDecoder
  private let clock: @Sendable () -> EventTime
  private let limits: ImportLimits
  private var summary = IngestSummary()

  /// The source that all imports together are.
  public static let source = "import"

  /// An import that judges by `judge`.
  public init(
    judge: Judge, decoding: DecodingSettings, limits: ImportLimits = ImportLimits(),
    clock: @escaping @Sendable () -> EventTime
  ) {
    self.judge = judge
    ledger = judge.ledger
    decoder = MessageDecoder(decoding)
    self.limits = limits
    self.clock = clock
  }

  /// Reads files in the order given, moves stream time once, and judges everything.
  ///
  /// `progress` is told of bytes and records; it says false to end early, which keeps what was
  /// read and leaves the rest for the next time.
  public func run(
    _ files: [FileEntry], progress: (IngestProgress) -> Bool
  ) throws(LedgerError) -> IngestSummary {
    let start = ContinuousClock.now
    var isGoingOn = true
    for file in files where isGoingOn {
      do throws(ImportFailure) {
        isGoingOn = try read(file, progress: progress)
      } catch {
        switch error {
        case .file(let problem): summary.problems.append(problem.description)
        case .ledger(let failure): throw failure
        }
      }
    }
    if let newest = try ledger.importNewest() { _ = try judge.move(to: newest) }
    while try judge.workOnDue() {
      isGoingOn = progress(IngestProgress(summary, due: try ledger.dueCount())) && isGoingOn
      // Judging that is left is due work, which the next step of anybody takes up.
      if !isGoingOn { break }
    }
    let spent = ContinuousClock.now - start
    summary.seconds =
      Double(spent.components.seconds)
      + Double(spent.components.attoseconds) / 1e18
    return summary
  }

  private func read(
    _ entry: FileEntry, progress: (IngestProgress) -> Bool
  ) throws(ImportFailure) -> Bool {
    var place = try FilePlace(entry, ledger: ledger)
    if place.isUnchanged {
      summary.filesUnchanged += 1
      return true
    }
    summary.filesRead += 1
    let splitter = try place.splitter(limit: limits.messageBytes)
    if let header = place.header { _ = unsafe decoder.begin(tableUnder: header.span.bytes) }
    var builder = makeBuilder()
    var decoded = DecodedInput()
    while let piece = try advance(splitter, &place) {
      decoded.removeAll()
      decoded.newestAllowed = StreamClock.newestAllowed(receivedAt: builder.batch.receivedAt)
      let length = try splitter.withBytes { (bytes: RawSpan) throws(ImportFailure) in
        decode(bytes, piece, into: &decoded)
        return bytes.byteCount
      }
      builder.add(decoded, at: "\(entry.path):\(piece.offset)", bytes: length)
      summary.messages += 1
      if builder.bytes >= limits.batchBytes || builder.batch.items.count >= limits.batchItems {
        if let position = place.reached(splitter.resumeOffset, splitter.mode) {
          builder.set(position)
        }
        try take(&builder)
        if !progress(IngestProgress(summary, due: 0)) { return false }
      }
    }
    if splitter.isMended { builder.addRepair() }
    if let position = try place.finished(
      at: splitter.resumeOffset, splitter.mode)
    {
      builder.set(position)
    }
    try take(&builder)
    return progress(IngestProgress(summary, due: 0))
  }

  /// The next piece.
  ///
  /// Damage of a compressed file ends it: what came before is kept, and the file's problem is told
  /// at the end.
  private func advance(
    _ splitter: RecordSplitter, _ place: inout FilePlace
  ) throws(ImportFailure) -> Piece? {
    do throws(FileError) { return try splitter.advance() } catch {
      summary.problems.append(error.description)
      place.isDamaged = true
      return nil
    }
  }

  private func decode(_ bytes: RawSpan, _ piece: Piece, into decoded: inout DecodedInput) {
    switch piece.kind {
    case .message: decoder.decode(bytes, as: .message, into: &decoded)
    case .element: decoder.decode(bytes, as: .element, into: &decoded)
    case .row: decoder.decode(bytes, as: .row, into: &decoded)
    // It holds no record; the rows behind it are read by it.
    case .header: _ = decoder.begin(tableUnder: bytes)
    case .oversized: decoded.reject(oversized: bytes, length: piece.length)
    }
  }

  private func makeBuilder() -> BatchBuilder {
    BatchBuilder(source: FileImport.source, receivedAt: clock())
  }

  private func take(_ builder: inout BatchBuilder) throws(ImportFailure) {
    do throws(LedgerError) {
      let newest = builder.newest
      try judge.take(builder.batch, importedUpTo: newest)
    } catch {
      throw .ledger(error)
    }
    summary.bytes += Int64(builder.bytes)
    summary.counts += judge.lastCounts
    builder = makeBuilder()
  }
}

/// How much an import takes in at once.
public struct ImportLimits: Sendable {
  /// Bytes of messages in one step.
  public var batchBytes = 8 << 20
  /// Relevant records in one step.
  public var batchItems = 5_000
  /// The longest message.
  public var messageBytes = 16 << 20

  /// The defaults.
  public init() {}
}

/// How far an import or a run is.
public struct IngestProgress: Sendable {
  /// What has been done so far.
  public let summary: IngestSummary
  /// Judgements that are due.
  public let due: Int

  init(_ summary: IngestSummary, due: Int) {
    self.summary = summary
    self.due = due
  }
}

/// Why reading a file stopped.
enum ImportFailure: Error {
  /// The file cannot be read; the others still can.
  case file(FileError)
  /// The ledger failed; nothing more can be done.
  case ledger(LedgerError)
}
