import CommandLineTool
import Testing

@Suite struct `A terminal` {
  private func terminal(
    output: Bool = true, error: Bool = true, columns: Int? = nil, rows: Int? = nil,
    noColor: Bool = false, _ environment: [String: String] = [:]
  ) -> Terminal {
    Terminal(
      isOutputTerminal: output, isErrorTerminal: error, columns: columns, rows: rows,
      noColor: noColor
    ) { environment[$0] }
  }

  @Test func `has the width it reports, else COLUMNS, else 80`() {
    #expect(terminal(columns: 132, ["COLUMNS": "70"]).width == 132)
    #expect(terminal(columns: 0, ["COLUMNS": "70"]).width == 70)
    #expect(terminal(["COLUMNS": "wide"]).width == 80)
    #expect(terminal(["COLUMNS": "-1"]).width == 80)
    #expect(terminal().width == 80)
  }

  @Test func `has the height it reports, else LINES, else 24`() {
    #expect(terminal(rows: 40, ["LINES": "50"]).height == 40)
    #expect(terminal(rows: 0, ["LINES": "50"]).height == 50)
    #expect(terminal(["LINES": "0"]).height == 24)
  }

  @Test func `is coloured when nothing speaks against it`() {
    #expect(terminal(["TERM": "xterm", "NO_COLOR": ""]).usesColor)
    #expect(!terminal(["NO_COLOR": "1"]).usesColor)
    #expect(!terminal(["TERM": "dumb"]).usesColor)
    #expect(!terminal(noColor: true).usesColor)
    let piped = terminal(output: false)
    #expect(!piped.usesColor)
    #expect(piped.usesErrorColor)
    #expect(!terminal(error: false).usesErrorColor)
  }

  @Test(
    arguments: [
      (["LANG": "de_DE.UTF-8"], true), (["LANG": "C.utf8"], true), (["LANG": "C"], false),
      ([:], false),
      (["LC_ALL": "C", "LANG": "de_DE.UTF-8"], false),
      (["LC_ALL": "", "LC_CTYPE": "en_US.UTF-8", "LANG": "C"], true),
    ] as [([String: String], Bool)])
  func `draws in Unicode when the locale says so`(environment: [String: String], expected: Bool) {
    #expect(terminal(environment).usesUnicode == expected)
  }

  @Test func `can be asked for in any process`() {
    #expect(Terminal.current(noColor: true).width > 0)
    #expect(!Terminal.current(noColor: true).usesErrorColor)
    #expect(Terminal.environmentValue("PATH") != nil)
    #expect(Terminal.environmentValue("NOT SET ANYWHERE") == nil)
  }
}
