/// The colours of the words that people look for first.
enum Palette {
  enum Colour: String {
    case strongRed = "1;31"
    case red = "31"
    case yellow = "33"
    case green = "32"
    case cyan = "36"
    case dim = "2"
    case strong = "1"
  }

  /// The colour of a severity, state, outcome, result or transition.
  static func colour(of word: String) -> Colour? {
    switch word {
    case "critical": .strongRed
    case "high", "overdue", "refused", "failed", "session-refused": .red
    case "medium", "closing", "warning", "pending", "bypass", "finding": .yellow
    case "granted", "open", "opened", "ok": .green
    case "low", "accepted", "requested": .cyan
    case "info", "closed", "expired", "superseded", "revoked", "withdrawn", "unknown": .dim
    default: nil
    }
  }

  static func paint(_ text: String, _ colour: Colour?) -> String {
    guard let colour, !text.isEmpty else { return text }
    return "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m"
  }
}
