internal import Access
internal import AccessDecoding
internal import Ledger

/// Gathers decoded messages into what one step takes in.
struct BatchBuilder {
  private(set) var batch: LedgerBatch
  /// The newest credible instant of what was gathered.
  private(set) var newest: EventTime?
  /// Whether there is any readable record of the activity log.
  private(set) var hasActivity = false
  /// The bytes of the messages that were gathered.
  private(set) var bytes = 0

  init(source: String, receivedAt: EventTime) {
    batch = LedgerBatch(source: source, receivedAt: receivedAt)
  }

  /// Adds what a message was decoded to.
  mutating func add(_ decoded: borrowing DecodedInput, at position: String, bytes: Int) {
    self.bytes += bytes
    batch.counts += decoded.counts
    if decoded.activityRecords > 0 { hasActivity = true }
    for record in decoded.records {
      batch.items.append(
        LedgerBatch.Item(
          pieces: record.evidence, raw: record.raw, position: position,
          rejectedBodies: record.bodyRejects))
    }
    for reject in decoded.rejects {
      batch.rejects.append(LedgerBatch.Reject(input: reject, position: position))
    }
    if let instant = decoded.newestOccurredAt { newest = max(newest ?? instant, instant) }
  }

  /// Counts a file that was repaired where it was cut into messages.
  mutating func addRepair() { batch.counts.repaired += 1 }

  /// Adds to the counts what was not decoded in this step.
  mutating func add(_ counts: RecordCounts) { batch.counts += counts }

  mutating func add(_ item: LedgerBatch.Item) { batch.items.append(item) }

  mutating func set(_ file: FilePosition) { batch.files = [file] }

  mutating func set(_ partitions: [PartitionPosition]) { batch.partitions = partitions }

  mutating func add(_ gap: EvidenceGap) { batch.gaps.append(gap) }

  mutating func add(_ changes: [GapChange]) { batch.gapChanges += changes }

  mutating func set(_ activity: FeedActivity) { batch.activity = activity }
}
