import Access
import Contract
import Testing

@Suite struct `A row writer` {
  @Test func `writes one row a line as NDJSON`() throws {
    let text = try written(.ndjson, .check, [step("a"), step("b")])
    #expect(
      text == """
        {"step":"a","result":"ok","text":"fine","remedy":null}
        {"step":"b","result":"ok","text":"fine","remedy":null}

        """)
  }

  @Test func `writes one array as JSON, also of nothing`() throws {
    let text = try written(.json, .check, [step("a"), step("b")])
    #expect(
      text == """
        [
        {"step":"a","result":"ok","text":"fine","remedy":null},
        {"step":"b","result":"ok","text":"fine","remedy":null}
        ]

        """)
    #expect(try written(.json, .check, []) == "[]\n")
  }

  @Test func `writes a header and cells as CSV, also of nothing`() throws {
    let window = Fixture.window(opensAt: "2026-08-12T08:00:00Z", endsAt: nil)
    let row = ContractRow.window(window, at: window.opensAt)
    let header =
      "vm,vmName,port,actor,sources,opensAt,endsAt,closedAt,state,closedBy,inferred,request"
    #expect(try written(.csv, .windows, []) == header + "\r\n")
    let actor = Fixture.actorText.replacing("\"", with: "\"\"")
    #expect(
      try written(.csv, .windows, [row])
        == header + "\r\n\(Fixture.vmText),Web-01,22,\"\(actor)\","
        + "\"[\"\"10.0.0.4\"\",\"\"10.0.0.5\"\"]\",2026-08-12T08:00:00Z,,,open,,false,e0\r\n")
  }

  @Test(arguments: RowKind.allCases, [OutputFormat.csv])
  func `has a cell for every key of a kind`(kind: RowKind, format: OutputFormat) throws {
    let text = try written(format, kind, [ContractRow()])
    let lines = text.split(separator: "\r\n")
    #expect(lines[0].split(separator: ",").map(String.init) == kind.keys)
    #expect(lines[1] == String(repeating: ",", count: kind.keys.count - 1))
  }

  @Test func `hands on large outputs in pieces and keeps nothing back`() throws {
    var pieces: [Int] = []
    var writer = RowWriter(.ndjson, of: .check) { pieces.append($0.count) }
    let row = step(String(repeating: "x", count: 1000))
    for _ in 0..<200 { try writer.write(row) }
    #expect(pieces.count == 3)
    try writer.finish()
    #expect(pieces.reduce(0, +) == 200 * (row.json.utf8.count + 1))
    #expect(writer.rowCount == 200)
  }

  private func step(_ name: String) -> ContractRow {
    .check(CheckStep(step: name, result: .ok, text: "fine"))
  }
}

/// The whole output for some rows.
func written(
  _ format: OutputFormat, _ kind: RowKind, _ rows: [ContractRow], style: TableStyle = TableStyle()
) throws -> String {
  var bytes: [UInt8] = []
  var writer = RowWriter(format, of: kind, style: style) { bytes += $0 }
  for row in rows { try writer.write(row) }
  try writer.finish()
  return String(decoding: bytes, as: UTF8.self)
}
