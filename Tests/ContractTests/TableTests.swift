import Access
import Contract
import Testing

@Suite struct `A table` {
  @Test func `aligns its columns and shows times to the second`() throws {
    let text = try written(.table, .windows, rows)
    #expect(
      text == """
        OPENS                 ENDS                  STATE    VM      PORT  ACTOR            SOURCES             CLOSED                BY
        2026-08-12 08:00:00Z  2026-08-12 11:00:00Z  expired  Web-01    22  Ada@contoso.com  10.0.0.4, 10.0.0.5  2026-08-12 11:00:00Z  presumed
        2026-08-12 10:00:00Z  -                     open     Web-01  3389  Ada@contoso.com  10.0.0.4, 10.0.0.5  -                     -

        """)
  }

  @Test(arguments: RowKind.allCases, [40, 60, 80, 100, 140])
  func `fits the terminal`(kind: RowKind, width: Int) throws {
    let long = String(repeating: "long text ", count: 40)
    let row = ContractRow(kind.keys.map { ContractRow.Field($0, .text(long)) })
    let text = try written(.table, kind, [row, row], style: TableStyle(width: width))
    for line in text.split(separator: "\n") { #expect(line.count <= width) }
    #expect(text.contains("lo"))
  }

  @Test func `leaves out what is optional before it cuts what matters`() throws {
    let text = try written(.table, .windows, rows, style: TableStyle(width: 80))
    #expect(
      text == """
        OPENS                 ENDS                  STATE    VM      PORT  ACTOR
        2026-08-12 08:00:00Z  2026-08-12 11:00:00Z  expired  Web-01    22  Ada@contoso.…
        2026-08-12 10:00:00Z  -                     open     Web-01  3389  Ada@contoso.…

        """)
  }

  @Test func `has sentences go on in further lines, or beneath where there is little room`() throws
  {
    let remedy = "do that" + String(repeating: " do that", count: 11)
    let row = ContractRow.check(
      CheckStep(step: "topic", result: .failed, text: "It is not there.", remedy: remedy))
    let text = try written(.table, .check, [row], style: TableStyle(width: 72))
    #expect(
      text == """
        RESULT  STEP   TEXT
        failed  topic  It is not there. do that do that do that do that do that
                       do that do that do that do that do that do that do that

        """)
    let narrow = try written(.table, .check, [row], style: TableStyle(width: 50))
    #expect(narrow.hasPrefix("RESULT  STEP\nfailed  topic\n     It is not there. do that"))
    #expect(try written(.table, .check, [row]).split(separator: "\n").count == 2)
  }

  @Test func `shows what a terminal would obey`() throws {
    let row = ContractRow.check(
      CheckStep(step: "a", result: .failed, text: "\u{1B}[2J\u{202E}x\ny"))
    let text = try written(.table, .check, [row])
    #expect(text.contains(#"\x1B[2J\u202Ex\ny"#))
    #expect(text.split(separator: "\n").count == 2)
  }

  @Test func `has colours only when asked`() throws {
    let row = ContractRow.alert(Fixture.entry())
    let plain = try written(.table, .alerts, [row])
    #expect(!plain.contains("\u{1B}"))
    let coloured = try written(.table, .alerts, [row], style: TableStyle(colour: true))
    #expect(coloured.contains("\u{1B}[31mhigh    \u{1B}[0m"))
    #expect(uncoloured(coloured) == plain)
  }

  @Test func `is empty for no rows`() throws {
    #expect(try written(.table, .windows, []).isEmpty)
  }

  @Test func `goes on with the widths of its first rows`() throws {
    var pieces: [String] = []
    var writer = RowWriter(.table, of: .windows, style: TableStyle(width: 100)) {
      pieces.append(String(decoding: $0, as: UTF8.self))
    }
    try writer.write(rows[0])
    try writer.flush()
    try writer.write(rows[1])
    try writer.finish()
    #expect(pieces.count == 2)
    #expect(pieces.joined() == (try written(.table, .windows, rows, style: TableStyle(width: 100))))
  }

  @Test func `shows rows that no line could hold field by field`() throws {
    var source = SourceStatus(source: nil)
    source.lag = [0: 5, 1: 7]
    let text = try written(
      .table, .status, [.status(source, of: LedgerStatus(chainHead: "abc"))])
    #expect(text.contains("\nlag               0 5, 1 7\n"))
    #expect(text.contains("\nchain             head abc, count 0\n"))
    #expect(text.hasPrefix("source            -\n"))
  }

  private var rows: [ContractRow] {
    let first = Fixture.window(opensAt: "2026-08-12T08:00:00Z", endsAt: "2026-08-12T11:00:00Z")
    let second = Fixture.window(port: 3389, opensAt: "2026-08-12T10:00:00Z", endsAt: nil)
    let instant = Fixture.time("2026-08-12T12:00:00Z")
    return [.window(first, at: instant), .window(second, at: instant)]
  }

  private func uncoloured(_ text: String) -> String {
    text.replacing(/\u{1B}\[[0-9;]*m/, with: "")
      .split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0.reversed().drop { $0 == " " }.reversed()) }.joined(separator: "\n")
  }
}
