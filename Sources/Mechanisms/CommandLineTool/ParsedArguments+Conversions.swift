extension ParsedArguments {
  /// The value as the caller's own type; `expected` completes "… is not" in the usage error.
  public func value<Value>(
    _ name: String, expected: String, _ convert: (String) -> Value?
  ) throws(UsageError) -> Value? {
    guard let text = string(name) else { return nil }
    if let value = convert(text) { return value }
    throw usageError("\(label(name)): \(quoted(text)) is not \(expected).")
  }

  /// All values as the caller's own type; `expected` completes "… is not" in the usage error.
  public func values<Value>(
    _ name: String, expected: String, _ convert: (String) -> Value?
  ) throws(UsageError) -> [Value] {
    var converted: [Value] = []
    for text in strings(name) {
      guard let value = convert(text) else {
        throw usageError("\(label(name)): \(quoted(text)) is not \(expected).")
      }
      converted.append(value)
    }
    return converted
  }

  /// The value as a whole number within a range.
  public func int(
    _ name: String, in range: ClosedRange<Int> = .min ... .max
  ) throws(UsageError) -> Int? {
    guard let number = try value(name, expected: "a whole number", { Int($0) }) else { return nil }
    guard !range.contains(number) else { return number }
    let lower = range.lowerBound
    let upper = range.upperBound
    let expected =
      switch (lower, upper) {
      case (_, .max): "must be at least \(lower)"
      case (.min, _): "must be at most \(upper)"
      default: "must be from \(lower) to \(upper)"
      }
    throw usageError("\(label(name)): \(number) \(expected).")
  }

  /// The value as a finite decimal number.
  public func double(_ name: String) throws(UsageError) -> Double? {
    try value(name, expected: "a number") { text in
      Double(text).flatMap { $0.isFinite ? $0 : nil }
    }
  }

  /// The value as a span of time such as `90s`, `10m`, `2h` or `7d`.
  public func duration(_ name: String) throws(UsageError) -> Duration? {
    try value(name, expected: "a duration such as 90s, 10m, 2h or 7d", DurationText.parse)
  }

  /// The value as a case of an enum of strings.
  public func choice<Choice>(
    _ name: String, as type: Choice.Type = Choice.self
  ) throws(UsageError) -> Choice?
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    let names = type.allCases.map(\.rawValue).joined(separator: ", ")
    return try value(name, expected: "one of \(names)") { Choice(rawValue: $0) }
  }
}

extension ValueKind {
  /// The raw values of an enum of strings, in the order of its cases.
  public static func cases<Choice>(of type: Choice.Type) -> ValueKind
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    .choices(type.allCases.map(\.rawValue))
  }
}
