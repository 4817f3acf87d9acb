import Contract
import Foundation
import TestSupport
import Testing

@Suite struct `The output of a reading command` {
  private let ledger: ReadingLedger

  init() throws { ledger = try ReadingLedger() }

  static let readings: [(words: [String], kind: RowKind)] = [
    (["requests"], .requests), (["windows"], .windows), (["vms"], .vms), (["alerts"], .alerts),
    (["status"], .status), (["rejects"], .rejects), (["timeline", "*"], .timeline),
    (["who", "*"], .who),
  ]

  private func output(_ words: [String], _ format: String) throws -> CommandRun {
    try CommandRun(
      CommandRun.product("gatebook"), words + ["--ledger", ledger.path, "--output", format])
  }

  @Test(arguments: readings.indices)
  func `is one array as JSON, the rows of which are those of NDJSON`(index: Int) throws {
    let words = Self.readings[index].words
    let json = try output(words, "json")
    let array = try #require(
      try JSONSerialization.jsonObject(with: Data(json.outputBytes)) as? [NSDictionary])
    let lines = try output(words, "ndjson").lines.map { line in
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? NSDictionary
    }
    #expect(!array.isEmpty)
    #expect(array == lines)
  }

  @Test(arguments: readings.indices)
  func `has as CSV the keys of the contract and as many cells in each row`(index: Int) throws {
    let (words, kind) = Self.readings[index]
    let rows = CSVReading.rows(try output(words, "csv").output)
    #expect(rows[0] == kind.keys)
    #expect(rows.count > 1)
    #expect(rows.allSatisfy { $0.count == kind.keys.count })
  }

  @Test(arguments: readings.indices, ["table", "json", "ndjson"])
  func `obeys nothing that names in the evidence say`(index: Int, format: String) throws {
    let run = try output(Self.readings[index].words, format)
    let acting = run.output.unicodeScalars.filter {
      ($0.value < 0x20 && $0 != "\n") || (0x7F..<0xA0).contains($0.value) || $0.value == 0x202E
    }
    #expect(run.exitCode == 0)
    #expect(acting.isEmpty)
  }

  @Test func `shows what it has neutralised`() throws {
    #expect(try output(["vms"], "table").output.contains("evil\\x1B]0;owned\\x07\\u202E"))
    #expect(try output(["vms"], "ndjson").output.contains("evil\\u001b]0;owned\\u0007\\u202e"))
    let unknown = try ledger.gatebook("timeline", "evil\u{1B}[2J")
    #expect(unknown.exitCode == 1)
    #expect(!unknown.errorOutput.contains("\u{1B}"))
  }

  @Test func `disarms formulas in CSV`() throws {
    let rows = CSVReading.rows(try output(["requests"], "csv").output)
    let column = try #require(rows[0].firstIndex(of: "justification"))
    #expect(rows.last?[column].hasPrefix("'=HYPERLINK(") == true)
  }

  @Test func `has no colours where there is no terminal`() throws {
    #expect(!(try output(["alerts"], "table").output.contains("\u{1B}")))
  }

  @Test func `ends without a word when its reader leaves`() throws {
    let program = try CommandRun.product("gatebook")
    let script = """
      "\(program)" requests --output ndjson --ledger "\(ledger.path)" | head -c 1 >/dev/null
      echo "${PIPESTATUS[0]}"
      """
    let run = try CommandRun("/bin/bash", ["-c", script])
    #expect(run.output == "0\n")
    #expect(run.errorOutput.isEmpty)
  }
}

/// CSV as a spreadsheet reads it.
enum CSVReading {
  static func rows(_ text: String) -> [[String]] {
    var rows: [[String]] = [[""]]
    var isQuoted = false
    var scalars = Array(text.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\"" where isQuoted && scalars.first == "\"":
        scalars.removeFirst()
        append(scalar, to: &rows)
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: rows[rows.count - 1].append("")
      case "\r" where !isQuoted && scalars.first == "\n":
        scalars.removeFirst()
        rows.append([""])
      default: append(scalar, to: &rows)
      }
    }
    return rows.filter { $0 != [""] }
  }

  private static func append(_ scalar: Unicode.Scalar, to rows: inout [[String]]) {
    let (row, cell) = (rows.count - 1, rows[rows.count - 1].count - 1)
    rows[row][cell].unicodeScalars.append(scalar)
  }
}
