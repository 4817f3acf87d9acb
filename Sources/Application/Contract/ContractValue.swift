public import Access

/// One value of a row that outsiders read.
public enum ContractValue: Hashable, Sendable {
  /// Nothing known, or nothing there.
  case null
  /// True or false.
  case bool(Bool)
  /// A whole number; the contract has no others.
  case number(Int64)
  /// Text as it is, not yet escaped for any reader.
  case text(String)
  /// An instant, written as RFC 3339 in UTC.
  case instant(EventTime)
  /// Values in their order.
  case list([ContractValue])
  /// Named values in their order.
  case object(ContractRow)

  /// A text, or null where there is none.
  public init(_ text: String?) { self = text.map(ContractValue.text) ?? .null }

  /// A number, or null where there is none.
  public init(_ number: Int?) { self = number.map { .number(Int64($0)) } ?? .null }

  /// An instant, or null where there is none.
  public init(_ instant: EventTime?) { self = instant.map(ContractValue.instant) ?? .null }

  /// An object, or null where there is none.
  public init(_ row: ContractRow?) { self = row.map(ContractValue.object) ?? .null }

  /// A list of texts.
  public static func texts(_ texts: [String]) -> ContractValue { .list(texts.map(text)) }
}

/// Named values in the order in which the contract lists them.
public struct ContractRow: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  /// One named value.
  public struct Field: Hashable, Sendable {
    /// The key.
    public var name: String
    /// The value.
    public var value: ContractValue

    /// A named value.
    public init(_ name: String, _ value: ContractValue) {
      self.name = name
      self.value = value
    }
  }

  /// The fields in their order.
  public var fields: [Field]

  /// A row of these fields.
  public init(_ fields: [Field] = []) { self.fields = fields }

  /// A row as it is written down: the order of the literal is the order of the fields.
  public init(dictionaryLiteral elements: (String, ContractValue)...) {
    fields = elements.map { Field($0.0, $0.1) }
  }

  /// The value of a key, or nil where the row has no such key.
  public subscript(name: String) -> ContractValue? {
    fields.first { $0.name == name }?.value
  }

  /// The keys in their order.
  public var keys: [String] { fields.map(\.name) }
}

extension ContractValue {
  /// The same value without the given keys, at any depth.
  public func dropping(_ keys: Set<String>) -> ContractValue {
    switch self {
    case .list(let values): .list(values.map { $0.dropping(keys) })
    case .object(let row): .object(row.dropping(keys))
    default: self
    }
  }
}

extension ContractRow {
  /// The same row without the given keys, at any depth.
  public func dropping(_ keys: Set<String>) -> ContractRow {
    ContractRow(
      fields.compactMap { field in
        keys.contains(field.name) ? nil : Field(field.name, field.value.dropping(keys))
      })
  }
}
