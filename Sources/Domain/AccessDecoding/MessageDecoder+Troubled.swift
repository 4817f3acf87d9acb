internal import Access
internal import JSONScan

// Messages that are damaged, or hold more than records.
extension MessageDecoder {
  /// Reads what the first scan could not read without more.
  mutating func readTroubled(
    _ message: RawSpan, _ outcome: ScanOutcome, as kind: MessageKind,
    into output: inout DecodedInput
  ) {
    if kind == .element && (outcome.shape == .array || outcome.isUnreadable) {
      return readBareElement(message, into: &output)
    }
    if outcome.isComplete && outcome.irregularRecords == 0 {
      return take(outcome, of: message, from: message, into: &output)
    }
    guard let mended = JSONRepair.repair(message) else {
      return take(outcome, of: message, from: message, into: &output)
    }
    let text = unsafe mended.bytes.span.bytes
    let second = scanner.scan(text)
    if second.isBetter(than: outcome) {
      isRepaired = !mended.isJSONLines(of: message)
      take(second, of: text, from: message, into: &output)
    } else {
      _ = scanner.scan(message)
      take(outcome, of: message, from: message, into: &output)
    }
  }

  /// Takes what a text holds, and rejects the rest of the message that it was made from.
  private mutating func take(
    _ outcome: ScanOutcome, of text: RawSpan, from message: RawSpan,
    into output: inout DecodedInput
  ) {
    var rest: (offset: Int, error: JSONScanError)?
    switch outcome.verdict {
    case .complete: break
    case .damaged(let error) where outcome.records > 0 || outcome.emptyObjects > 0:
      rest = (MessageRest.offset(error.offset ?? 0, of: text, in: message), error)
    case .damaged(let error), .unreadable(let error):
      return reject(message, from: 0, error, into: &output)
    }
    take(outcome, into: &output)
    rejectStrays(outcome, in: text, 0, into: &output)
    if let rest { reject(message, from: rest.offset, rest.error, into: &output) }
  }

  private func reject(
    _ message: RawSpan, from offset: Int, _ error: JSONScanError, into output: inout DecodedInput
  ) {
    let reason: String
    switch error.code {
    case .empty: reason = "The message is empty."
    // Kafka's own compression is undone by then; this one its writer has to switch off.
    case _ where offset == 0 && message.isGzip:
      reason = "The message is compressed with gzip; records must be sent as plain JSON."
    case _ where offset > 0: reason = "The rest of the message cannot be read: \(error.code)."
    default: reason = "The message cannot be read: \(error.code)."
    }
    output.rejectMessage(copied(message.extracting(offset...)), at: offset, because: reason)
  }

  /// Rejects the elements that are no objects.
  private func rejectStrays(
    _ outcome: ScanOutcome, in text: RawSpan, _ shift: Int, into output: inout DecodedInput
  ) {
    guard outcome.nonObjects > 0 else { return }
    let records = (0..<scanner.recordCount).map { scanner.slot($0) }
    var search = StrayElements(count: outcome.nonObjects, records: records)
    search.find(in: text)
    // In a damaged text the scan may have counted what stands nowhere: the rest of the message, which
    // is rejected as a whole, holds it.
    let isDamaged = !outcome.isComplete && search.ranges.count < StrayElements.rangeLimit
    let count = isDamaged ? search.ranges.count : outcome.nonObjects
    output.counts.recordsRead += count
    output.counts.rejected += count
    for range in search.ranges {
      output.noteStray(copied(text.extracting(range)), at: range.lowerBound + shift)
    }
    // A message may hold millions of them: what follows is kept as one.
    if search.ranges.count < count, let last = search.ranges.last {
      let rest = text.extracting(last.upperBound...)
      output.noteStray(
        copied(rest.extracting(first: min(rest.byteCount, 64 << 10))),
        at: last.upperBound + shift)
    }
  }

  /// Reads an element that is no object with records in it, as it would be read in its array.
  private mutating func readBareElement(_ element: RawSpan, into output: inout DecodedInput) {
    guard Blank.firstOther(in: element) != nil else {
      return output.rejectMessage(copied(element), at: 0, because: "The message is empty.")
    }
    let array = [UInt8(ascii: "[")] + copied(element) + [UInt8(ascii: "]")]
    let text = unsafe array.span.bytes
    let outcome = scanner.scan(text)
    let isOneElement =
      outcome.isComplete || outcome.error?.code == .noObjects && outcome.nonObjects == 1
    guard isOneElement else {
      let code = outcome.error?.code.description ?? "it is no element of an array"
      return output.rejectMessage(
        copied(element), at: 0, because: "The message cannot be read: \(code).")
    }
    take(outcome, shiftedBy: -1, into: &output)
    rejectStrays(outcome, in: text, -1, into: &output)
  }
}

extension DecodedInput {
  fileprivate mutating func noteStray(_ bytes: [UInt8], at offset: Int) {
    rejects.append(
      RejectedInput(
        kind: .record, reason: "The record is no object.", offset: offset, bytes: bytes))
  }
}

extension RawSpan {
  fileprivate var isGzip: Bool {
    let bytes = Span<UInt8>(_bytes: self)
    return bytes.count > 2 && bytes[0] == 0x1F && bytes[1] == 0x8B
  }
}
