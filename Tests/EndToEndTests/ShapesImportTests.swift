import Access
import Foundation
import Ledger
import TestSupport
import Testing

/// The same event in every export, given to the program in files.
@Suite(.serialized) struct `An event in many exports` {
  private static let event = ActivityEvent()

  /// Files that hold the event and nothing else.
  static let files: [(name: String, text: String)] = [
    ("hub.json", #"{"records":[\#(event.hub)]}"#), ("PT1H.json", event.hub + "\n"),
    ("rest.json", "[\n\(event.rest)\n]\n"),
    ("page.json", "{\n\"value\": [\n\(event.rest)\n],\n\"nextLink\": null}\n"),
    ("rows.json", "[\(ActivityEvent.json(event.row))]"),
    ("rows.csv", CSVWriter.file([event.row])),
    ("legacy.csv", CSVWriter.file([event.legacyRow], lineBreak: "\n")),
    ("portal.csv", CSVWriter.file([event.portalRow])),
  ]

  private func counts(_ ledger: String) throws -> [Int] {
    let status = try #require(try GatebookProgram.status(ledger).first)
    let counts = ["recordsRead", "irrelevant", "evidence", "duplicates", "rejected"].map {
      status[$0] as? Int ?? -1
    }
    #expect(counts[0] == counts[1...].reduce(0, +))
    return counts
  }

  private func `import`(_ files: [String], into ledger: String) throws -> CommandRun {
    let run = try GatebookProgram.run(["import", "--ledger", ledger] + files)
    try #require(run.exitCode == 0, "\(run.errorOutput)")
    return run
  }

  @Test func `is one request, whichever comes first`() throws {
    let folder = try TemporaryFolder()
    let paths = try Self.files.map { try folder.write($0.text, to: $0.name) }
    var requests: Set<String> = []
    var digests: Set<String> = []
    for turn in paths.indices {
      let ledger = folder.path("turn-\(turn).db")
      for path in paths[turn...] + paths[..<turn] { _ = try `import`([path], into: ledger) }
      let rows = try GatebookProgram.rows(["requests", "--ledger", ledger])
      try #require(rows.count == 1)
      requests.insert(rows[0]["id"] as? String ?? "")
      let actor = rows[0]["actor"] as? [String: Any]
      #expect(actor?["name"] as? String == "user@example.com")
      #expect((rows[0]["grants"] as? [[String: Any]])?.first?["port"] as? Int == 3389)
      digests.insert(try GatebookProgram.digest(ledger))
      try GatebookProgram.expectSound(ledger, Self.files[turn].name)
      #expect(try counts(ledger)[0] == paths.count)
    }
    #expect(requests.count == 1 && digests.count == 1)
  }

  private func headers(_ ledger: String) throws -> [String?] {
    var found: [String?] = []
    try LedgerReader(path: ledger).forEachReject {
      found.append($0.input.header.map { String(decoding: $0, as: UTF8.self) })
      return true
    }
    return found
  }

  @Test func `keeps the header of a row that cannot be read, for when it can`() throws {
    let folder = try TemporaryFolder()
    let ledger = folder.path("ledger.db")
    let text = "\u{FEFF}TimeGenerated,Properties,OperationNameValue\r\na,b,c,d\r\n"
    _ = try `import`([try folder.write(text, to: "rows.csv")], into: ledger)
    #expect(try headers(ledger) == ["TimeGenerated,Properties,OperationNameValue"])
    let run = try GatebookProgram.run(["reparse", "--ledger", ledger])
    #expect(run.errorOutput.contains("1 reject tried again, 0 read\n"))
    #expect(try counts(ledger) == [1, 0, 0, 0, 1])
    try GatebookProgram.expectSound(ledger)
  }

  @Test(arguments: files.indices)
  func `is known when its file comes again, and as gzip and from standard input`(
    index: Int
  ) throws {
    let (name, text) = Self.files[index]
    let folder = try TemporaryFolder()
    let ledger = folder.path("gatebook.db")
    let path = try folder.write(text, to: name)
    _ = try `import`([path], into: ledger)
    #expect(try counts(ledger) == [1, 0, 1, 0, 0])
    let again = try `import`([path], into: ledger)
    #expect(again.errorOutput.contains("1 file unchanged"))
    #expect(try counts(ledger) == [1, 0, 1, 0, 0])
    let gzip = try CommandRun(
      "/bin/sh", ["-c", "gzip -k '\(path)'"], environment: ["PATH": "/bin:/usr/bin"])
    try #require(gzip.exitCode == 0)
    _ = try `import`([path + ".gz"], into: ledger)
    #expect(try counts(ledger) == [2, 0, 1, 1, 0])
    let piped = try GatebookProgram.run(["import", "--ledger", ledger, "-"], input: text)
    #expect(piped.exitCode == 0)
    #expect(try counts(ledger) == [3, 0, 1, 2, 0])
  }

  @Test func `goes on where a grown table ended, and counts its bad rows`() throws {
    let folder = try TemporaryFolder()
    let ledger = folder.path("gatebook.db")
    var other = Self.event.row
    other["OperationNameValue"] = "MICROSOFT.WEB/SITES/DELETE"
    // Smaller files are read anew when they have grown.
    let before = Array(repeating: other, count: 100)
    let whole = CSVWriter.file(before + [Self.event.row])
    let path = try folder.write(CSVWriter.file(before), to: "rows.csv")
    _ = try `import`([path], into: ledger)
    #expect(try counts(ledger) == [100, 100, 0, 0, 0])
    let grown = whole + "only,three,fields\r\n"
    try folder.write(grown, to: "rows.csv")
    _ = try `import`([path], into: ledger)
    #expect(try counts(ledger) == [102, 100, 1, 0, 1])
    let reject = try #require(
      try GatebookProgram.rows(["rejects", "--ledger", ledger]).first)
    let header = whole.split(separator: "\r\n").first?.drop { $0 == "\u{FEFF}" }
    #expect(try headers(ledger) == [header.map(String.init)])
    #expect((reject["reason"] as? String)?.contains("it has 3 fields under") == true)
    #expect(
      reject["position"] as? String == "\(path):\(whole.utf8.count)"
        && reject["raw"] as? String == Data("only,three,fields".utf8).base64EncodedString())
    // Without a line break the last row is read, and again when it has one.
    let last = String(CSVWriter.file([other]).dropLast().split(separator: "\r\n").last ?? "")
    try folder.write(grown + last, to: "rows.csv")
    _ = try `import`([path], into: ledger)
    #expect(try counts(ledger) == [103, 101, 1, 0, 1])
    #expect(try `import`([path], into: ledger).errorOutput.contains("1 file unchanged"))
    try folder.write(grown + last + "\r\n", to: "rows.csv")
    _ = try `import`([path], into: ledger)
    #expect(try counts(ledger) == [104, 102, 1, 0, 1])
    try GatebookProgram.expectSound(ledger)
  }

  @Test func `shows the row that it was read from`() throws {
    let folder = try TemporaryFolder()
    let ledger = folder.path("gatebook.db")
    let path = try folder.write(CSVWriter.file([Self.event.legacyRow]), to: "legacy.csv")
    _ = try `import`([path], into: ledger)
    let request = try #require(try GatebookProgram.rows(["requests", "--ledger", ledger]).first)
    let id = try #require((request["evidence"] as? [String])?.first)
    let evidence = try GatebookProgram.rows(["evidence", id, "--ledger", ledger])
    let raw = try #require(evidence.first?["raw"] as? String)
    #expect(raw.contains("Initiate JIT Network Access Policy") && !raw.hasPrefix("{"))
  }
}
