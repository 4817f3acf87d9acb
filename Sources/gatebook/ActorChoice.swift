internal import Access
internal import CommandLineTool
internal import Detection

/// Which actors the words of a command line mean: names or object ids, in any case, or patterns.
struct ActorChoice {
  private let patterns: [Glob]
  /// The words in lower case where none is a pattern.
  let words: Set<String>?

  init(_ words: [String]) {
    patterns = words.map(Glob.init)
    self.words = words.contains { $0.contains("*") } ? nil : Set(words.map { $0.lowercased() })
  }

  /// The choice of the repeated option; nil where it is not given, which is everybody.
  static func option(_ arguments: ParsedArguments) -> ActorChoice? {
    let words = arguments.strings("actor")
    return words.isEmpty ? nil : ActorChoice(words)
  }

  /// Whether an actor is meant; the identity is the object id that its name stands for.
  func contains(_ actor: Actor?, identity: String? = nil) -> Bool {
    let texts = [actor?.name, actor?.objectID, identity].compactMap { $0 }
    return patterns.contains { texts.contains(where: $0.matches(_:)) }
  }
}
