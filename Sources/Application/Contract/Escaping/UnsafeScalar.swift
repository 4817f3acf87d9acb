/// Which characters may not reach what people look at, because they act instead of being seen.
enum UnsafeScalar {
  /// True for controls, direction overrides, invisible marks and the separators of lines.
  ///
  /// The joiners stay: scripts and emoji are made with them, and they move nothing.
  static func matches(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7F { return scalar.value < 0x20 }
    if scalar.value < 0xA0 { return true }
    if scalar.value == 0x200C || scalar.value == 0x200D { return false }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    default: return false
    }
  }

  /// How such a character is shown: `\n`, `\x1B`, `\u202E`.
  static func shown(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": return "\\n"
    case "\r": return "\\r"
    case "\t": return "\\t"
    default:
      let digits = String(scalar.value, radix: 16, uppercase: true)
      if scalar.value < 0x100 {
        return "\\x" + String(repeating: "0", count: 2 - digits.count) + digits
      }
      return "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
  }

  /// The text with every such character shown instead of done.
  static func neutralised(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: matches) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if matches(scalar) {
        result += shown(scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
