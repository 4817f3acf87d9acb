/// Fitting of texts into a number of columns, by what people see as characters.
enum ShownText {
  /// The text, cut with a sign for it where it is longer than a width.
  static func cut(_ text: String, to width: Int, sign: Character = "…") -> String {
    guard text.count > width else { return text }
    guard width > 1 else { return String(text.prefix(max(width, 0))) }
    return text.prefix(width - 1) + String(sign)
  }

  /// The text, filled up with blanks on one side.
  static func padded(_ text: String, to width: Int, right: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(0, width - text.count))
    return right ? blanks + text : text + blanks
  }

  /// The text in lines of at most a width, broken at blanks where there are some.
  static func wrapped(_ text: String, to width: Int) -> [String] {
    guard width > 0 else { return [text] }
    var lines: [String] = []
    var rest = Substring(text)
    // Counted a line at a time: counting the rest each time would be quadratic for a long record.
    while let end = rest.index(rest.startIndex, offsetBy: width, limitedBy: rest.endIndex),
      end < rest.endIndex
    {
      let blank = rest[...end].lastIndex(of: " ").flatMap { $0 > rest.startIndex ? $0 : nil }
      let cut = blank ?? end
      lines.append(String(rest[..<cut]))
      rest = rest[cut...]
      if rest.first == " " { rest = rest.dropFirst() }
    }
    if !rest.isEmpty || lines.isEmpty { lines.append(String(rest)) }
    return lines
  }
}
