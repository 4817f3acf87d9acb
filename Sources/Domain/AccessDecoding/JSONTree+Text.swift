internal import Access
internal import JSONScan

/// Why a value, a body or a record cannot be used; a clause without capital and full stop.
struct Unreadable: Error {
  let reason: String
}

extension JSONTree {
  /// The member's text; nil when it is absent, no string or empty.
  func text(of node: JSONNode, _ name: StaticString) -> String? {
    guard let value = member(of: node, named: name), let text = string(value), !text.isEmpty
    else { return nil }
    return text
  }

  /// The member's text without blanks at its ends; nil when nothing is left of it.
  func trimmedText(of node: JSONNode, _ name: StaticString) -> String? {
    guard let text = text(of: node, name) else { return nil }
    let trimmed = Blank.trimmed(text)
    return trimmed.isEmpty ? nil : trimmed
  }

  /// The member's value; nil when it is absent, null or a text of blanks.
  func value(of node: JSONNode, _ name: StaticString) -> JSONNode? {
    guard let value = member(of: node, named: name), !isNothing(value) else { return nil }
    return value
  }

  /// Whether a value is null or a text of blanks.
  func isNothing(_ node: JSONNode) -> Bool {
    kind(node) == .null || withStringBytes(node) { Blank.firstOther(in: $0) == nil } == true
  }

  /// The instant that a string means; nil when it is none.
  func time(_ node: JSONNode) -> EventTime? {
    withStringBytes(node) { Timestamp.parse($0) } ?? nil
  }

  /// The source of a value, or the text of a string.
  func bytes(_ node: JSONNode) -> [UInt8] {
    withStringBytes(node) { copied($0) } ?? withRawBytes(node) { copied($0) }
  }
}

/// A copy of lent bytes.
func copied(_ bytes: RawSpan) -> [UInt8] {
  unsafe bytes.withUnsafeBytes { unsafe Array($0) }
}
