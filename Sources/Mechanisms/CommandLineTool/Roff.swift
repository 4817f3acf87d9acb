/// Builds roff source with the man macros.
struct Roff {
  private(set) var source = ""

  mutating func title(_ name: String, section: Int, date: String, source: String) {
    macro(
      "TH", quoted(name), "\(section)", quoted(date), quoted(source), quoted("User Commands"))
    // Ragged right and no hyphenation, so that options are never cut.
    macro("nh")
    macro("ad", "l")
  }

  mutating func heading(_ text: String) { macro("SH", quoted(text)) }

  mutating func subheading(_ text: String) { macro("SS", quoted(text)) }

  mutating func text(_ text: String) { line(Self.escaped(text)) }

  mutating func paragraphs(_ paragraphs: [String]) {
    for paragraph in paragraphs {
      macro("PP")
      text(paragraph)
    }
  }

  mutating func bold(_ text: String, then rest: String) {
    line("\\fB\(Self.escaped(text))\\fR \(Self.escaped(rest))")
  }

  mutating func item(bold: String, italic: String?, _ text: String) {
    macro("TP")
    line("\\fB\(Self.escaped(bold))\\fR" + (italic.map { " \\fI\(Self.escaped($0))\\fR" } ?? ""))
    line(Self.escaped(text))
  }

  mutating func options(_ options: [Option]) {
    for option in options where !option.isHidden {
      let names = (option.short.map { ["-\($0)"] } ?? []) + [option.long]
      item(bold: names.joined(separator: ", "), italic: option.value, option.fullHelp)
    }
  }

  mutating func examples(_ examples: [Example]) {
    for example in examples {
      macro("PP")
      text(example.explanation)
      macro("PP")
      macro("RS", "4")
      macro("nf")
      text(example.line)
      macro("fi")
      macro("RE")
    }
  }

  private mutating func macro(_ name: String, _ arguments: String...) {
    source += ([".\(name)"] + arguments).joined(separator: " ") + "\n"
  }

  private mutating func line(_ text: String) {
    // A leading dot or apostrophe would be a request.
    let isRequest = text.hasPrefix(".") || text.hasPrefix("'")
    source += (isRequest ? "\\&" : "") + text + "\n"
  }

  private func quoted(_ text: String) -> String {
    "\"\(Self.escaped(text).replacing("\"", with: "\\(dq"))\""
  }

  /// Text that roff shows as it stands; hyphens stay hyphens, so that options can be copied.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "'": result += "\\(aq"
      case "`": result += "\\(ga"
      case "^": result += "\\(ha"
      case "~": result += "\\(ti"
      case "\n": result += " "
      default:
        if scalar.isASCII {
          result.unicodeScalars.append(scalar)
        } else {
          result += "\\[u\(hexadecimal(scalar))]"
        }
      }
    }
    return result
  }

  private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
