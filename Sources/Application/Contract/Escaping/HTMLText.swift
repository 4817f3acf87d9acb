/// Text on its way into a page, as content or as a quoted attribute.
public enum HTMLText {
  /// The text with markup turned into entities, and what acts invisibly shown.
  ///
  /// Line ends and tabs stay, for a page collapses them.
  public static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      default:
        if UnsafeScalar.matches(scalar) {
          result += UnsafeScalar.shown(scalar)
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result
  }
}
