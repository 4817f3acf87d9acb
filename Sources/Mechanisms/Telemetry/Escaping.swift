/// Makes text harmless for the place where it is shown.
enum Escaping {
  /// The value as it is when it is one plain word, else in quotes.
  static func appendValue(_ value: String, to line: inout String) {
    let isPlain =
      !value.isEmpty
      && value.unicodeScalars.allSatisfy {
        !isHidden($0) && $0 != " " && $0 != "\"" && $0 != "\\" && $0 != "="
      }
    if isPlain { line += value } else { appendQuoted(value, to: &line, hidden: "\\u{") }
  }

  /// The text as a JSON string.
  static func appendJSON(_ text: String, to line: inout String) {
    appendQuoted(text, to: &line, hidden: "\\u")
  }

  private static func appendQuoted(_ text: String, to line: inout String, hidden: String) {
    line += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": line += "\\\""
      case "\\": line += "\\\\"
      case "\n": line += "\\n"
      case "\r": line += "\\r"
      case "\t": line += "\\t"
      default:
        if isHidden(scalar) {
          appendHidden(scalar, to: &line, hidden)
        } else {
          line.unicodeScalars.append(scalar)
        }
      }
    }
    line += "\""
  }

  private static func appendHidden(
    _ scalar: Unicode.Scalar, to line: inout String, _ hidden: String
  ) {
    let digits = String(scalar.value, radix: 16)
    if hidden.hasSuffix("{") {
      line += hidden + digits + "}"
    } else {
      line += hidden + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
  }

  /// Control characters, and those that change the direction or the lines of a text.
  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F,
      0xFEFF:
      true
    default: false
    }
  }
}
