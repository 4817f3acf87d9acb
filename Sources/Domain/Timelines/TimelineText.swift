internal import Access

/// What the lines of a timeline say.
enum TimelineText {
  static func requested(_ grant: AccessGrant, in request: AccessRequest) -> String {
    var text = grant.port.map { "Asked for port \($0)" } ?? "Asked for access"
    if !grant.sources.isEmpty { text += " from \(grant.sources.joined(separator: ", "))" }
    if let endsAt = grant.endsAt { text += " until \(toTheSecond(endsAt))" }
    if let reason = request.justification, !reason.isEmpty { text += ": \(reason)" }
    return text
  }

  /// People who read a sentence have no use for seven digits of a second.
  static func toTheSecond(_ instant: EventTime) -> EventTime { EventTime(seconds: instant.seconds) }

  static let accepted = "The request was accepted."

  static func refused(_ error: ErrorDetail?) -> String {
    let reasons = [error?.code, error?.message].compactMap { $0 }.filter { !$0.isEmpty }
    return reasons.isEmpty
      ? "The request was refused." : "The request was refused: \(reasons.joined(separator: ": "))"
  }

  static func noted(_ justification: String?) -> String {
    let text = "Defender for Cloud noted a request for this VM"
    return justification.map { "\(text): \($0)" } ?? "\(text)."
  }

  static func opened(_ window: AccessWindow) -> String {
    let end = window.endsAt.map { "until \(toTheSecond($0))" } ?? "without a stated end"
    return "Meant to be open \(end)."
  }

  /// A port that is shut ends no session: established connections survive it.
  static func closed(_ state: AccessWindow.State) -> String {
    let survives = "connections made before may go on."
    return switch state {
    case .superseded: "A newer request of the same actor took over; \(survives)"
    case .revoked: "The opening rule was removed early; \(survives)"
    case .closed: "The opening rule was removed; \(survives)"
    default: "The end passed; \(survives)"
    }
  }
}
