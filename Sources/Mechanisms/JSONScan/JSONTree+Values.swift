extension JSONTree {
  /// The unescaped text of a string; nil for any other value.
  ///
  /// A surrogate without its partner is read as U+FFFD.
  public func string(_ node: JSONNode) -> String? {
    kind(node) == .string ? String(decoding: text(node), as: UTF8.self) : nil
  }

  /// Lends the unescaped bytes of a string; nil for any other value.
  @inlinable
  public func withStringBytes<R, E: Error>(
    _ node: JSONNode, _ body: (RawSpan) throws(E) -> R
  ) throws(E) -> R? {
    guard kind(node) == .string else { return nil }
    return try body(RawSpan(_unsafeBytes: text(node)))
  }

  /// The token of a number, digit by digit; nil for any other value.
  public func numberText(_ node: JSONNode) -> String? {
    kind(node) == .number ? String(decoding: text(node), as: UTF8.self) : nil
  }

  /// The value of a number that is written as an integer and fits; nil for any other value.
  public func integer(_ node: JSONNode) -> Int64? {
    kind(node) == .number ? exactInteger(text(node)) : nil
  }

  /// The value of `true` or `false`; nil for any other value.
  public func boolean(_ node: JSONNode) -> Bool? {
    switch kind(node) {
    case .true: true
    case .false: false
    default: nil
    }
  }

  /// Where a value begins in the text that was parsed.
  public func offset(_ node: JSONNode) -> Int { Int(field(.start, of: node)) }

  /// The exact source of a value.
  public func rawText(_ node: JSONNode) -> String {
    String(decoding: source(node), as: UTF8.self)
  }

  /// Lends the exact source of a value, strings with their quotes.
  @inlinable
  public func withRawBytes<R, E: Error>(
    _ node: JSONNode, _ body: (RawSpan) throws(E) -> R
  ) throws(E) -> R {
    try body(RawSpan(_unsafeBytes: source(node)))
  }
}

private func exactInteger(_ token: UnsafeRawBufferPointer) -> Int64? {
  let isNegative = token.first == 0x2D
  var value: Int64 = 0
  for byte in token.dropFirst(isNegative ? 1 : 0) {
    guard byte >= 0x30 && byte <= 0x39 else { return nil }
    // Negative all along, because only there the smallest value fits.
    let (tens, isTooLarge) = value.multipliedReportingOverflow(by: 10)
    let (next, isOver) = tens.subtractingReportingOverflow(Int64(byte - 0x30))
    guard !isTooLarge && !isOver else { return nil }
    value = next
  }
  guard isNegative || value != .min else { return nil }
  return isNegative ? value : -value
}
