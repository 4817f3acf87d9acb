extension ValueKind where Value == String {
  /// Text that is not empty.
  public static var text: ValueKind { .scalar("text that is not empty") { $0.isEmpty ? nil : $0 } }

  /// Text that is not empty and never shown in a message.
  public static var secret: ValueKind {
    .scalar("text that is not empty", isSecret: true) { $0.isEmpty ? nil : $0 }
  }

  /// Any text, also none.
  public static var anyText: ValueKind { .scalar("text") { $0 } }

  /// One of several words.
  public static func choice(_ words: [String]) -> ValueKind {
    choice(words.map { ($0, $0) })
  }
}

extension ValueKind {
  /// One of several words, each of which stands for a value.
  public static func choice(_ choices: [(word: String, value: Value)]) -> ValueKind {
    let words = choices.map(\.word)
    return ValueKind { source in
      let expectation = "expected " + words.joined(separator: ", ")
      guard case .scalar(let scalar) = source.node.content else {
        source.report("\(expectation); found \(source.node.kind)")
        return nil
      }
      if let choice = choices.first(where: { $0.word == scalar.text }) { return choice.value }
      let found = scalar.isSubstituted ? "" : "; found '\(scalar.text.prefix(60))'"
      source.report(
        expectation + found,
        remedy: scalar.isSubstituted ? nil : DidYouMean.question(for: scalar.text, among: words))
      return nil
    }
  }

  /// One of the cases of an enumeration, by its raw value.
  public static func choice(of type: Value.Type) -> ValueKind
  where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
    choice(type.allCases.map { ($0.rawValue, $0) })
  }
}

extension ValueKind where Value == Bool {
  /// `true` or `false`, and no other word for them.
  public static var bool: ValueKind {
    .scalar("true or false") { text in text == "true" ? true : text == "false" ? false : nil }
  }
}

extension ValueKind where Value == Int {
  /// A whole number.
  public static var int: ValueKind { .scalar("a whole number") { Int($0) } }

  /// A whole number within bounds.
  public static func int(in range: ClosedRange<Int>) -> ValueKind {
    .scalar("a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
      Int(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }

  /// A number of bytes with its unit, such as `16MiB`.
  public static func bytes(in range: ClosedRange<Int> = 0...Int.max) -> ValueKind {
    var expectation = "a size such as 512B, 64KiB, 16MiB or 2GiB"
    if range != 0...Int.max {
      expectation += ", from \(Quantity.bytes(range.lowerBound))"
      if range.upperBound < Int.max { expectation += " to \(Quantity.bytes(range.upperBound))" }
    }
    return .scalar(expectation) { text in
      Quantity.parse(text, units: Quantity.byteUnits).flatMap { range.contains($0) ? $0 : nil }
    }
  }
}

extension ValueKind where Value == Double {
  /// A number within bounds.
  public static func number(in range: ClosedRange<Double>) -> ValueKind {
    .scalar("a number from \(range.lowerBound) to \(range.upperBound)") { text in
      // Double also reads words and hexadecimal digits.
      guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }) else { return nil }
      return Double(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }
}

extension ValueKind where Value == Duration {
  /// A whole number of seconds, minutes, hours or days, such as `10m`.
  public static func duration(
    in range: ClosedRange<Duration> = .zero ... .seconds(Int32.max)
  ) -> ValueKind {
    let bounds = "\(Quantity.duration(range.lowerBound)) to \(Quantity.duration(range.upperBound))"
    let expectation = "a duration such as 90s, 10m, 2h or 7d"
    let isBounded = range != .zero ... .seconds(Int32.max)
    return .scalar(isBounded ? "\(expectation), from \(bounds)" : expectation) { text in
      guard let seconds = Quantity.parse(text, units: Quantity.timeUnits) else { return nil }
      let duration = Duration.seconds(seconds)
      return range.contains(duration) ? duration : nil
    }
  }
}
