/// A Swift file, line for line, as the compiler sees it and as only people see it.
struct SwiftSource: Sendable {
  let path: String
  /// The lines with comments and the contents of strings blanked.
  let code: [String]
  /// The lines with everything but comments blanked.
  let comments: [String]
  let functions: [FunctionExtent]

  init(path: String, text: String) {
    self.path = path
    var lexer = SwiftLexer(text)
    lexer.run()
    code = Self.lines(lexer.code)
    comments = Self.lines(lexer.comments)
    functions = FunctionExtent.all(in: lexer.code)
  }

  /// How many lines the file has; the newline that ends the last line begins no new one.
  var lineCount: Int { code.last?.isEmpty == true ? code.count - 1 : code.count }

  /// The module a file belongs to: the folder that Package.swift names for it.
  var module: String? {
    let parts = path.split(separator: "/").map(String.init)
    guard parts.first == "Sources", parts.count > 2 else { return nil }
    return parts[1] == "gatebook" ? "gatebook" : parts[2]
  }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
  }
}
