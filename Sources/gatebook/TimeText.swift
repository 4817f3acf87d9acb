internal import Access
internal import CommandLineTool

/// A time as people type it: an instant, or a span to count back.
enum TimeText {
  case instant(EventTime)
  case ago(TimeSpan)

  static let expected = "a time such as 2026-08-11T03:10Z, 2026-08-11 or 7d"

  init?(_ text: String) {
    if let instant = TimeText.instant(text) {
      self = .instant(instant)
    } else if let duration = DurationText.parse(text) {
      let (seconds, attoseconds) = duration.components
      // Further back than the calendar goes is as far as it goes.
      let whole = TimeSpan.seconds(min(seconds, 400_000_000_000))
      self = .ago(TimeSpan(ticks: whole.ticks + attoseconds / 100_000_000_000))
    } else {
      return nil
    }
  }

  /// The instant meant, counted back from another one where it is a span.
  func resolved(before instant: EventTime) -> EventTime {
    switch self {
    case .instant(let instant): instant
    case .ago(let span): max(instant - span, .distantPast)
    }
  }

  /// RFC 3339, of which the seconds or the whole time of day may be left out.
  static func instant(_ text: String) -> EventTime? {
    if let instant = EventTime(rfc3339: text) { return instant }
    let bytes = Array(text.utf8)
    if bytes.count == 10 { return EventTime(rfc3339: text + "T00:00:00Z") }
    guard bytes.count >= 16, bytes.count == 16 || bytes[16] != UInt8(ascii: ":") else {
      return nil
    }
    let minutes = String(decoding: bytes[..<16], as: UTF8.self)
    let zone = String(decoding: bytes[16...], as: UTF8.self)
    return EventTime(rfc3339: minutes + ":00" + zone)
  }
}
