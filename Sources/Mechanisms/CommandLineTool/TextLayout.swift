/// Lays out plain text in lines of a limited width.
enum TextLayout {
  /// The words of a paragraph in lines no wider than `width`, a longer word alone on its line.
  static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: \.isWhitespace) {
      if line.isEmpty {
        line = String(word)
      } else if line.count + 1 + word.count <= width {
        line += " \(word)"
      } else {
        lines.append(line)
        line = String(word)
      }
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }

  /// Two aligned columns; a left text wider than `leftLimit` has its line to itself.
  static func columns(
    _ rows: [(left: String, right: String)], indent: Int = 2, leftLimit: Int = 30, width: Int
  ) -> [String] {
    let widest = rows.map(\.left.count).filter { $0 <= leftLimit }.max() ?? 0
    let start = indent + widest + 2
    var lines: [String] = []
    for row in rows {
      var right = wrapped(row.right, width: max(20, width - start))[...]
      let left = spaces(indent) + row.left
      if row.left.count <= widest, let first = right.popFirst() {
        lines.append(padded(left, to: start) + first)
      } else {
        lines.append(left)
      }
      lines += right.map { spaces(start) + $0 }
    }
    return lines
  }

  static func padded(_ text: String, to width: Int) -> String {
    text + spaces(max(0, width - text.count))
  }

  static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}
