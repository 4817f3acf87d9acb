internal import JSONScan

extension ScanOutcome {
  /// The error of a message that is damaged or cannot be read.
  var error: JSONScanError? {
    switch verdict {
    case .complete: nil
    case .damaged(let error), .unreadable(let error): error
    }
  }

  var isUnreadable: Bool {
    if case .unreadable = verdict { true } else { false }
  }

  /// Whether a repair was worth it.
  func isBetter(than original: ScanOutcome) -> Bool {
    if isComplete { return !original.isComplete || irregularRecords < original.irregularRecords }
    return !original.isComplete && !isUnreadable && records > original.records
  }
}

extension RepairedJSON {
  /// Whether objects stood on lines of their own, which is a form of message and no fault.
  func isJSONLines(of message: RawSpan) -> Bool {
    // Two brackets are added in any case, commas only where there were none.
    repairs == .joinedObjects && bytes.count > message.byteCount + 2
  }
}

/// The part of a message that is left when it is damaged.
enum MessageRest {
  /// Where a place of the repaired text is in the message, as far as the text behind it is the same.
  static func offset(_ place: Int, of text: RawSpan, in message: RawSpan) -> Int {
    let (text, message) = (Span<UInt8>(_bytes: text), Span<UInt8>(_bytes: message))
    // The repair may have closed an array behind the text.
    for added in 0...1 {
      let start = message.count - (text.count - added - place)
      if isSame(text, from: place, message, from: start) { return start }
    }
    return min(place, message.count)
  }

  private static func isSame(
    _ text: Span<UInt8>, from place: Int, _ message: Span<UInt8>, from start: Int
  ) -> Bool {
    guard start >= 0, start <= message.count else { return false }
    for index in start..<message.count
    where message[index] != text[place + index - start] {
      return false
    }
    return true
  }
}
