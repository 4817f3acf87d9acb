internal import Access
internal import Ledger

/// What answers say on standard error beside their rows.
enum ReadingNotes {
  /// Judging that is still to be done may change an answer.
  static func due(_ reader: LedgerReader, _ console: Console) throws {
    let count = try reader.dueCount()
    if count > 0 { console.note("\(count) judgements due") }
  }

  /// What was received near a span and could not be read may be missing in an answer about it.
  static func unreadable(
    near span: ClosedRange<EventTime>, _ reader: LedgerReader, _ console: Console
  ) throws {
    let day = TimeSpan.hours(24)
    let counts = try reader.unreadableCount(
      receivedIn: (span.lowerBound - day)...(span.upperBound + day))
    if counts.messages + counts.bodies == 0 { return }
    console.note(
      "\(counted(counts.messages, "message or record", "messages or records")) and "
        + "\(counted(counts.bodies, "body", "bodies")) received within 24 h of this span could "
        + "not be read; see `gatebook rejects`")
  }

  /// An answer beyond stream time may still change.
  static func incomplete(_ time: AskedTime, at instant: EventTime, _ console: Console) {
    if let streamTime = time.streamTime {
      if instant > streamTime {
        console.note("incomplete: the evidence is known to be complete until \(streamTime) only")
      }
    } else {
      console.note("incomplete: no activity log has been read into this ledger yet")
    }
  }

  private static func counted(_ count: Int, _ one: String, _ many: String) -> String {
    "\(count) \(count == 1 ? one : many)"
  }
}
