internal import JSONScan

/// Writes JSON from bytes that stay as they are, also where they are no UTF-8.
enum JSONText {
  private static let digits = Array("0123456789abcdef".utf8)

  /// Appends a string.
  static func append(_ text: [UInt8], to json: inout [UInt8]) {
    json.append(UInt8(ascii: "\""))
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        json.append(UInt8(ascii: "\\"))
        json.append(byte)
      case 0..<0x20:
        json.append(contentsOf: "\\u00".utf8)
        json.append(digits[Int(byte >> 4)])
        json.append(digits[Int(byte & 15)])
      default: json.append(byte)
      }
    }
    json.append(UInt8(ascii: "\""))
  }

  /// Appends a string.
  static func append(_ text: String, to json: inout [UInt8]) {
    append(Array(text.utf8), to: &json)
  }

  /// Appends a member of an object that is open, with a comma where one is needed.
  static func append(key: String, to json: inout [UInt8]) {
    if json.last != UInt8(ascii: "{") { json.append(UInt8(ascii: ",")) }
    append(key, to: &json)
    json.append(UInt8(ascii: ":"))
  }
}

extension JSONTree {
  /// The source of a value, as it stands.
  func source(_ node: JSONNode) -> [UInt8] { withRawBytes(node) { copied($0) } }
}
