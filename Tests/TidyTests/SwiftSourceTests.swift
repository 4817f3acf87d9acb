import Testing

/// The ruler itself is measured first.
@Suite struct `A Swift source` {
  private func source(_ text: String) -> SwiftSource {
    SwiftSource(path: "Sources/A/B/C.swift", text: text)
  }

  @Test(arguments: [
    ("let a = \"{ // \\\" {\" // {", "let a =", "// {"),
    ("let b = #\"\"{\"# /* { /* { */ */ + 1", "let b =   + 1", "/* { /* { */ */"),
    ("let c = \"\\(f(\"{\") { 1 })\"", "let c =     f(   ) { 1 }", ""),
    ("let d = try /[\"{]/.match(x)", "let d = try /[", ""),
    ("let e = (/[\"{]/, 2)", "let e = (       , 2)", ""),
    ("let `f { \"` = 1 / 2", "let _______ = 1 / 2", ""),
  ])
  func `is cut into code and comments`(text: String, code: String, comment: String) {
    let cut = source(text)
    #expect(cut.code[0].hasPrefix(code) || squeezed(cut.code[0]) == squeezed(code))
    #expect(squeezed(cut.comments[0]) == squeezed(comment))
  }

  @Test func `keeps its line numbers`() {
    let cut = source("/* a\n b */ let x = \"\"\"\n  {\n  \"\"\"\n// end\n")
    #expect(cut.lineCount == 5)
    #expect(squeezed(cut.code[1]) == "letx=")
    #expect(cut.code[2].allSatisfy { $0 == " " })
    #expect(cut.comments[4] == "// end")
  }

  @Test func `knows how long its functions are`() {
    let text = """
      protocol P {
        func without(a: Int) -> Int
        var stored: Int { get }
      }
      func one(
        a: Int, b: () -> Void = { }
      ) throws -> Int {
        if a > 0 { "}" }
      }
      struct S {
        var x = 1
        var y: Int { x }
        init() {
          self.init(x: 1)
        }
      }
      """
    let found = source(text).functions.map { "\($0.name) \($0.line) \($0.lineCount)" }
    #expect(found == ["stored 3 1", "one 5 5", "y 12 1", "init 13 3"])
  }

  @Test(arguments: [
    ("Sources/Domain/Access/Actor.swift", "Access"), ("Sources/gatebook/Run.swift", "gatebook"),
    ("Tests/AccessTests/ActorTests.swift", nil),
  ])
  func `knows its module by its folder`(path: String, module: String?) {
    #expect(SwiftSource(path: path, text: "").module == module)
  }

  private func squeezed(_ text: String) -> String { text.filter { $0 != " " } }
}
