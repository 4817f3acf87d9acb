public import Access

/// Whose requests a burst detector counts together.
public enum BurstSubject: Sendable {
  /// Those of one actor.
  case actor
  /// Those of one actor for one VM; a request for several VMs counts once for each.
  case actorAndVM
}

/// A detector that counts requests of one subject within a span, and judges a UTC day at a time.
public protocol BurstDetector: Detector {
  /// How long a request counts; a request exactly this old still does.
  var within: TimeSpan { get }
  /// Below this many requests within the span there is nothing to judge.
  var count: Int { get }
  /// Whose requests are counted together.
  var subject: BurstSubject { get }
  /// Whether a request is one of those that are counted.
  func counts(_ request: AccessRequest) -> Bool
  /// The finding about a subject's day, or nil where the count is never reached.
  ///
  /// `requests` are the subject's counted requests in ``AccessRequest/precedes(_:_:)`` order that
  /// lie in ``reach(ofDay:)``; others are ignored and another order is put right. `vm` is the
  /// subject's VM, nil where the subject is an actor.
  func judge(day: Int, vm: ResourceID?, requests: [AccessRequest]) -> Finding?
}

extension BurstDetector {
  /// The instants whose requests decide about a UTC day: the span before it, and the day.
  public func reach(ofDay day: Int) -> Range<EventTime> {
    EventTime.start(ofDay: day) - within..<EventTime.start(ofDay: day + 1)
  }

  /// The UTC days whose verdict a request at this instant can change.
  public func days(reachedBy instant: EventTime) -> ClosedRange<Int> {
    instant.day...max(instant.day, (instant + within).day)
  }
}

/// What is judged again when a request of a burst's subject changes: the subject and a UTC day.
public enum BurstSlice {
  /// The slice of a rule, an actor, a VM (nil where the subject is the actor) and a UTC day.
  ///
  /// A bar in the name of an actor is written `%7C`, so that no name can pass for another slice.
  public static func text(
    rule: String, actorIdentity: String, vm: ResourceID?, day: Int
  ) -> String {
    "\(rule):\(escaped(actorIdentity))|\(vm?.canonical ?? "")|\(day)"
  }

  /// What the slice of a burst says; nil for other slices.
  public static func parts(
    of text: String
  ) -> (rule: String, actorIdentity: String, vm: ResourceID?, day: Int)? {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let parts = text[text.index(after: colon)...]
      .split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, let day = Int(parts[2]) else { return nil }
    return (
      String(text[..<colon]), unescaped(parts[0]), parts[1].isEmpty ? nil : ResourceID(parts[1]),
      day
    )
  }

  private static func unescaped(_ text: String) -> String {
    let bars = text.split(separator: "%7C", omittingEmptySubsequences: false)
      .joined(separator: "|")
    return bars.split(separator: "%25", omittingEmptySubsequences: false).joined(separator: "%")
  }

  private static func escaped(_ identity: String) -> String {
    guard identity.utf8.contains(where: { $0 == 0x7C || $0 == 0x25 }) else { return identity }
    var text = ""
    for scalar in identity.unicodeScalars {
      switch scalar {
      case "|": text += "%7C"
      case "%": text += "%25"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
