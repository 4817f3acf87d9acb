/// Tells code from comments and from the contents of strings.
///
/// It knows as much of the language as counting braces and looking for words needs, and no more.
struct SwiftLexer {
  /// The text with all that is not code blanked; bytes and lines stay where they were.
  private(set) var code: [UInt8]
  /// The text with all that is not a comment blanked.
  private(set) var comments: [UInt8]
  private let bytes: [UInt8]
  private var at = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
    code = bytes.map { $0 == UInt8(ascii: "\n") ? $0 : UInt8(ascii: " ") }
    comments = code
  }

  mutating func run() { scanCode(insideInterpolation: false) }

  private mutating func scanCode(insideInterpolation: Bool) {
    var depth = 0
    while at < bytes.count {
      if starts(with: "//") {
        lineComment()
      } else if starts(with: "/*") {
        blockComment()
      } else if let hashes = stringOpening() {
        string(hashes: hashes)
      } else if let length = regexLength() {
        at += length
      } else if bytes[at] == UInt8(ascii: "`") {
        rawIdentifier()
      } else {
        if bytes[at] == UInt8(ascii: "(") { depth += 1 }
        if bytes[at] == UInt8(ascii: ")") { depth -= 1 }
        if insideInterpolation, depth < 0 { return }
        code[at] = bytes[at]
        at += 1
      }
    }
  }

  private mutating func lineComment() {
    while at < bytes.count, bytes[at] != UInt8(ascii: "\n") {
      comments[at] = bytes[at]
      at += 1
    }
  }

  private mutating func blockComment() {
    var depth = 0
    repeat {
      if starts(with: "/*") { depth += 1 }
      let closes = starts(with: "*/")
      if closes { depth -= 1 }
      for _ in 0..<(closes || starts(with: "/*") ? 2 : 1) where at < bytes.count {
        comments[at] = bytes[at]
        at += 1
      }
    } while depth > 0 && at < bytes.count
  }

  /// The number of `#` before a string that begins here, or nil when none does.
  private func stringOpening() -> Int? {
    var next = at
    while next < bytes.count, bytes[next] == UInt8(ascii: "#") { next += 1 }
    guard next < bytes.count, bytes[next] == UInt8(ascii: "\"") else { return nil }
    return next - at
  }

  private mutating func string(hashes: Int) {
    let pounds = String(repeating: "#", count: hashes)
    at += hashes
    let quotes = starts(with: "\"\"\"") ? "\"\"\"" : "\""
    at += quotes.utf8.count
    while at < bytes.count {
      if starts(with: quotes + pounds) {
        at += quotes.utf8.count + hashes
        return
      }
      if quotes.utf8.count == 1, bytes[at] == UInt8(ascii: "\n") { return }
      if starts(with: "\\" + pounds + "(") {
        at += hashes + 2
        scanCode(insideInterpolation: true)
      } else if starts(with: "\\" + pounds) {
        at += hashes + 1
      }
      at += 1
    }
  }

  /// The length of a regular expression that begins here, or nil.
  ///
  /// A slash begins one where an operand must stand and a second slash follows on the line.
  private func regexLength() -> Int? {
    guard bytes[at] == UInt8(ascii: "/"), at + 1 < bytes.count else { return nil }
    guard bytes[at + 1] != UInt8(ascii: " "), bytes[at + 1] != UInt8(ascii: ")") else { return nil }
    let before = code[..<at].last { $0 != UInt8(ascii: " ") } ?? UInt8(ascii: "\n")
    guard "(,=:[{&|?#\n".utf8.contains(before) else { return nil }
    var next = at + 1
    while next < bytes.count, bytes[next] != UInt8(ascii: "\n") {
      if bytes[next] == UInt8(ascii: "/") { return next + 1 - at }
      next += bytes[next] == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }

  /// A name between backticks may hold any character; it counts as one word.
  private mutating func rawIdentifier() {
    repeat {
      code[at] = UInt8(ascii: "_")
      at += 1
    } while at < bytes.count && bytes[at] != UInt8(ascii: "`") && bytes[at] != UInt8(ascii: "\n")
    if at < bytes.count, bytes[at] == UInt8(ascii: "`") {
      code[at] = UInt8(ascii: "_")
      at += 1
    }
  }

  private func starts(with word: String) -> Bool {
    let expected = word.utf8
    return at + expected.count <= bytes.count
      && zip(expected, bytes[at...]).allSatisfy { $0 == $1 }
  }
}
