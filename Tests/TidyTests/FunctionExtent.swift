/// Where a function, initializer, subscript or computed property begins and how long it is.
struct FunctionExtent: Sendable {
  let name: String
  let line: Int
  let lineCount: Int

  /// The functions of a file from which comments and strings are gone.
  static func all(in code: [UInt8]) -> [FunctionExtent] {
    let newlines = code.indices.filter { code[$0] == UInt8(ascii: "\n") }
    return words(in: code).compactMap { word in
      guard let body = bodyStart(after: word, in: code) else { return nil }
      let end = closingBrace(of: body, in: code)
      let first = newlines.partitionIndex { $0 >= word.start }
      let last = newlines.partitionIndex { $0 >= end }
      return FunctionExtent(
        name: name(after: word, in: code), line: first + 1, lineCount: last - first + 1)
    }
  }

  private struct Word {
    let text: String
    let start: Int
    let end: Int
  }

  private static let openers = ["func", "init", "deinit", "subscript", "var"]
  private static let continuations = ["{", "->", "throws", "rethrows", "where", "async", "-"]

  private static func words(in code: [UInt8]) -> [Word] {
    var words: [Word] = []
    var at = 0
    while at < code.count {
      guard isWordByte(code[at]) else {
        at += 1
        continue
      }
      let end = code[at...].firstIndex { !isWordByte($0) } ?? code.count
      let afterDot = at > 0 && code[at - 1] == UInt8(ascii: ".")
      let text = String(decoding: code[at..<end], as: UTF8.self)
      if !afterDot, openers.contains(text) { words.append(Word(text: text, start: at, end: end)) }
      at = end
    }
    return words
  }

  /// The brace that opens the body; nil for a requirement of a protocol and for a stored property.
  private static func bodyStart(after word: Word, in code: [UInt8]) -> Int? {
    var depth = 0
    var last = UInt8(ascii: " ")
    for at in word.end..<code.count {
      switch code[at] {
      case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: "{") where depth == 0: return at
      case UInt8(ascii: "}") where depth == 0: return nil
      case UInt8(ascii: "=") where depth == 0 && word.text == "var": return nil
      case UInt8(ascii: "\n") where depth == 0:
        guard word.text != "var", continues(at, last, in: code) else { return nil }
      default: break
      }
      if depth < 0 { return nil }
      if code[at] > UInt8(ascii: " ") { last = code[at] }
    }
    return nil
  }

  private static func continues(_ newline: Int, _ last: UInt8, in code: [UInt8]) -> Bool {
    if ",:&>".utf8.contains(last) { return true }
    let rest = code[newline...].drop { $0 <= UInt8(ascii: " ") }
    return continuations.contains { rest.starts(with: $0.utf8) }
  }

  private static func closingBrace(of body: Int, in code: [UInt8]) -> Int {
    var depth = 0
    for at in body..<code.count {
      if code[at] == UInt8(ascii: "{") { depth += 1 }
      if code[at] == UInt8(ascii: "}") { depth -= 1 }
      if depth == 0 { return at }
    }
    return code.count
  }

  private static func name(after word: Word, in code: [UInt8]) -> String {
    let rest = code[word.end...].drop { $0 == UInt8(ascii: " ") }
    let name = String(decoding: rest.prefix(while: isWordByte), as: UTF8.self)
    return name.isEmpty ? word.text : name
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 128...255:
      true
    default: false
    }
  }
}

extension Array {
  /// The first index whose element fulfils the condition, in an array that is cut in two by it.
  fileprivate func partitionIndex(where holds: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
