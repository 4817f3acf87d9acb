/// Finds the word that somebody may have meant.
public enum DidYouMean {
  /// The nearest of the words, if one is near enough to be a slip of the finger.
  public static func nearest(to text: String, among words: some Sequence<String>) -> String? {
    // Longer texts are no slip of any key, and the comparison takes time.
    guard text.utf8.count <= 64 else { return nil }
    let wanted = text.lowercased()
    let limit = max(1, wanted.count / 3)
    var best: (word: String, distance: Int)?
    for word in words {
      let distance = distance(wanted, word.lowercased())
      if distance <= limit, distance < best?.distance ?? .max { best = (word, distance) }
    }
    return best?.word
  }

  /// The question to ask, or nil when no word is near.
  public static func question(for text: String, among words: some Sequence<String>) -> String? {
    nearest(to: text, among: words).map { "Did you mean '\($0)'?" }
  }

  /// How many letters have to be typed, taken away, replaced or swapped with their neighbour.
  static func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left.utf8), Array(right.utf8))
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in 0..<left.count {
      var current = [row + 1]
      for column in 0..<right.count {
        let same = left[row] == right[column]
        var best = min(last[column + 1] + 1, current[column] + 1, last[column] + (same ? 0 : 1))
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, beforeLast[column - 1] + 1)
        }
        current.append(best)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
