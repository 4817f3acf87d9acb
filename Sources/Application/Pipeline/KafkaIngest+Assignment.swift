internal import Access
internal import Kafka
internal import Ledger
internal import Lifecycle

/// Beginning to read, and what a broker says about positions.
extension KafkaIngest {
  /// Finds the topic's partitions and assigns them all; false when told to stop meanwhile.
  func begin(
    _ consumer: KafkaConsumer, _ log: IngestLog, _ stop: StopSignal
  ) throws -> Bool {
    let deadline = ContinuousClock.now + options.connectLimit
    while !stop.isRequested {
      do throws(KafkaError) {
        let partitions = try consumer.partitions(timeout: options.answerLimit)
        let starts = try self.starts(of: partitions, consumer)
        try consumer.assign(starts)
        log.noteAssigned(topic: options.topic, partitions: partitions.count)
        return true
      } catch {
        guard error.isRetriable else { throw error }
        if options.untilEnd, ContinuousClock.now >= deadline { throw error }
        log.noteWaiting(error)
        log.note(consumer.events())
        feed.noteUnreachable()
        try lookAtFeed(log)
        stop.wait(upTo: .seconds(1))
      }
    }
    return false
  }

  /// Where reading of partitions begins: where the ledger says, else where the settings say.
  private func starts(
    of partitions: [Int32], _ consumer: KafkaConsumer
  ) throws(KafkaError) -> [Int32: StartPosition] {
    let known = storedPositions()
    var starts: [Int32: StartPosition] = [:]
    let new = partitions.filter { known[$0] == nil }
    let chosen = try chosenOffsets(of: new, consumer)
    for partition in partitions {
      let marks = try consumer.watermarks(partition: partition, timeout: .seconds(10))
      var position =
        known[partition]
        ?? PartitionPosition(
          partition: partition, nextOffset: chosen[partition] ?? marks.low, endOffset: marks.high,
          newestAt: nil)
      position.endOffset = max(marks.high, position.endOffset)
      reading.add(position)
      if options.untilEnd { reading.setGoal(marks.high, of: partition) }
      if marks.high == position.nextOffset { reading.noteEnd(of: partition, at: marks.high) }
      starts[partition] = .offset(position.nextOffset)
    }
    return starts
  }

  private func storedPositions() -> [Int32: PartitionPosition] {
    let source = KafkaIngest.source(ofTopic: options.topic)
    // A ledger that cannot be read now fails at the first step with its own sentence.
    let stored = (try? judge.ledger.partitions(of: source)) ?? []
    return Dictionary(uniqueKeysWithValues: stored.map { ($0.partition, $0) })
  }

  private func chosenOffsets(
    of partitions: [Int32], _ consumer: KafkaConsumer
  ) throws(KafkaError) -> [Int32: Int64] {
    if partitions.isEmpty { return [:] }
    let instant: EventTime
    switch options.from {
    case .earliest: return [:]
    case .latest:
      var ends: [Int32: Int64] = [:]
      for partition in partitions {
        ends[partition] = try consumer.watermarks(
          partition: partition, timeout: .seconds(10)
        ).high
      }
      return ends
    case .time(let time): instant = time
    case .ago(let span): instant = clock() - span
    }
    return try consumer.offsets(
      at: instant.ticks / 10_000, partitions: partitions, timeout: .seconds(10))
  }

  /// Assigns partitions that the topic has got since.
  func noticeNewPartitions(_ consumer: KafkaConsumer, _ log: IngestLog) throws {
    let all: [Int32]
    do throws(KafkaError) {
      all = try consumer.partitions(
        timeout: min(options.answerLimit, .seconds(2)))
    } catch {
      // The client does not tell of every outage by itself.
      if error.isRetriable {
        log.noteWaiting(error)
        feed.noteUnreachable()
      }
      return
    }
    log.noteProgress()
    try noteAnswer(consumer, log)
    let new = all.filter { !reading.partitions.contains($0) }
    if new.isEmpty { return }
    for partition in new {
      // A partition made while running holds only what came since: read from its beginning.
      reading.add(
        PartitionPosition(partition: partition, nextOffset: 0, endOffset: 0, newestAt: nil))
    }
    try consumer.add(Dictionary(uniqueKeysWithValues: new.map { ($0, .earliest) }))
    log.noteAssigned(topic: options.topic, partitions: all.count)
  }

  /// Acts on what the broker says about partitions: their end, offsets that are gone, failures.
  func attend(
    to notices: [PartitionNotice], _ consumer: KafkaConsumer, _ log: IngestLog,
    _ builder: inout BatchBuilder
  ) throws {
    for notice in notices {
      switch notice {
      case .endOfPartition(let partition, let offset):
        reading.noteEnd(of: partition, at: offset)
      case .offsetOutOfRange(let partition, let offset):
        try jump(partition, missing: offset, consumer, log, &builder)
      case .failed(_, let error):
        if !error.isRetriable { throw error }
        log.noteWaiting(error)
        feed.noteTrouble()
      }
    }
  }

  /// Goes on at the oldest record there is, and leaves a gap row for what is gone.
  private func jump(
    _ partition: Int32, missing offset: Int64, _ consumer: KafkaConsumer, _ log: IngestLog,
    _ builder: inout BatchBuilder
  ) throws {
    let marks = try consumer.watermarks(partition: partition, timeout: .seconds(10))
    let now = clock()
    let from = reading.position(of: partition)?.newestAt ?? now
    let reason =
      offset > marks.high
      ? "Partition \(partition) ends at offset \(marks.high), before offset \(offset) where "
        + "reading was to go on: the topic was made anew or failed over. Reading began again at "
        + "its oldest record."
      : "Records of partition \(partition) from offset \(offset) to \(marks.low) were deleted by "
        + "the broker's retention before they were read."
    builder.add(
      EvidenceGap(
        from: min(from, now), to: now, source: KafkaIngest.source(ofTopic: options.topic),
        reason: reason))
    // This tells exactly what the outage only made likely.
    let settled = feed.endOutage()
    builder.add(settled)
    log.note(settled)
    log.noteGap(partition: partition, from: offset, to: marks.low)
    reading.move(partition, to: marks.low)
    try consumer.reassign(partition, to: .offset(marks.low))
  }
}
