/// A pattern in which `*` stands for any text, also across `/`, and `?` for one character.
public struct Glob: Hashable, Sendable {
  /// The pattern as it was written.
  public let pattern: String
  private let letters: [Character]

  /// A pattern; it matches in any case.
  public init(_ pattern: String) {
    self.pattern = pattern
    letters = Array(pattern.lowercased())
  }

  /// True where everything matches.
  public var matchesAll: Bool { letters.allSatisfy { $0 == "*" } && !letters.isEmpty }

  /// True where the whole text fits the pattern.
  public func matches(_ text: String) -> Bool {
    let text = Array(text.lowercased())
    var (place, letter) = (0, 0)
    // Where to go on when what followed the last star did not fit: the star takes one more.
    var retry: (place: Int, letter: Int)?
    while place < text.count {
      if letter < letters.count, letters[letter] == "*" {
        letter += 1
        retry = (place, letter)
      } else if letter < letters.count, letters[letter] == "?" || letters[letter] == text[place] {
        place += 1
        letter += 1
      } else if let star = retry {
        place = star.place + 1
        letter = star.letter
        retry = (place, letter)
      } else {
        return false
      }
    }
    return letters[letter...].allSatisfy { $0 == "*" }
  }
}
