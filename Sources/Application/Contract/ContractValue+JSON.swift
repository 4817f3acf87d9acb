internal import Access

extension ContractValue {
  /// Appends the value as JSON on one line, keys in their order.
  ///
  /// What a terminal would obey (controls, direction overrides) is written as `\u` escapes: the
  /// value is the same for every reader of JSON, and harmless where the line itself is shown.
  public func appendJSON(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    case .number(let number): bytes.append(contentsOf: String(number).utf8)
    case .text(let text): JSONText.append(text, to: &bytes)
    case .instant(let instant):
      bytes.append(UInt8(ascii: "\""))
      instant.appendText(to: &bytes)
      bytes.append(UInt8(ascii: "\""))
    case .list(let values):
      bytes.append(UInt8(ascii: "["))
      for index in values.indices {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        values[index].appendJSON(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let row): row.appendJSON(to: &bytes)
    }
  }

  /// The value as JSON on one line.
  public var json: String {
    var bytes: [UInt8] = []
    appendJSON(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The value as RFC 8785 canonical JSON: keys sorted, so that equal values have equal texts.
  public var canonicalText: String {
    var bytes: [UInt8] = []
    appendCanonical(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  fileprivate func appendCanonical(to bytes: inout [UInt8]) {
    switch self {
    case .text(let text): CanonicalJSON.append(text, to: &bytes)
    case .list(let values):
      bytes.append(UInt8(ascii: "["))
      for index in values.indices {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        values[index].appendCanonical(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let row): row.appendCanonical(to: &bytes)
    case .null, .bool, .number, .instant: appendJSON(to: &bytes)
    }
  }
}

extension ContractRow {
  /// Appends the row as JSON on one line, keys in their order.
  public func appendJSON(to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    for index in fields.indices {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      JSONText.append(fields[index].name, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      fields[index].value.appendJSON(to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  /// The row as JSON on one line.
  public var json: String { ContractValue.object(self).json }

  /// The row as RFC 8785 canonical JSON.
  public var canonicalText: String { ContractValue.object(self).canonicalText }

  fileprivate func appendCanonical(to bytes: inout [UInt8]) {
    // RFC 8785 sorts by UTF-16 code units, which differs from UTF-8 beyond the first plane.
    let sorted = fields.sorted { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }
    bytes.append(UInt8(ascii: "{"))
    for index in sorted.indices {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      CanonicalJSON.append(sorted[index].name, to: &bytes)
      bytes.append(UInt8(ascii: ":"))
      sorted[index].value.appendCanonical(to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
  }
}
