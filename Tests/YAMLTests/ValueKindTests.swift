import Testing
import YAML

private enum Severity: String, CaseIterable {
  case low
  case medium
  case high
}

/// Reads one value of a key `k`, and what is said about it.
private func read<Value>(_ text: String, _ kind: ValueKind<Value>) throws -> (Value?, String?) {
  let problems = ProblemList()
  let table = TableReader(try YAMLReader.read("k: \(text)"), problems: problems)
  let value = table.required("k", kind)
  table.finish()
  return (value, problems.problems.first?.description)
}

@Suite struct `A value` {
  @Test(arguments: [("0s", 0), ("90s", 90), ("10m", 600), ("2h", 7200), ("400d", 34_560_000)])
  func `can be a duration`(text: String, seconds: Int) throws {
    #expect(try read(text, .duration()).0 == .seconds(seconds))
  }

  @Test(arguments: [
    "10", "m", "-1m", "1.5h", "10 m", "10ms", "9223372036854775807d", "1h30m", "١m",
  ])
  func `is no duration without digits and a unit`(text: String) throws {
    let (value, problem) = try read(text, .duration())
    #expect(value == nil)
    #expect(problem == "1:4: k: expected a duration such as 90s, 10m, 2h or 7d, found '\(text)'.")
  }

  @Test func `is held to its bounds, which are told`() throws {
    let (duration, tooLong) = try read("2d", .duration(in: .seconds(1) ... .seconds(86400)))
    #expect(duration == nil)
    #expect(tooLong?.contains("from 1s to 1d, found '2d'") == true)
    let (size, tooLarge) = try read("5GiB", .bytes(in: 1024...(1 << 30)))
    #expect(size == nil)
    #expect(tooLarge?.contains("from 1KiB to 1GiB, found '5GiB'") == true)
    let (number, outside) = try read("11", .int(in: 1...10))
    #expect(number == nil)
    #expect(outside == "1:4: k: expected a whole number from 1 to 10, found '11'.")
  }

  @Test(arguments: [("512B", 512), ("64KiB", 65536), ("16MiB", 16_777_216), ("2GiB", 1 << 31)])
  func `can be a size`(text: String, bytes: Int) throws {
    #expect(try read(text, .bytes()).0 == bytes)
  }

  @Test(arguments: ["16", "16MB", "16mib", "1.5MiB", "99999999TiB"])
  func `is no size without a binary unit`(text: String) throws {
    #expect(try read(text, .bytes()).0 == nil)
  }

  @Test func `can be true or false and nothing like it`() throws {
    #expect(try read("true", .bool).0 == true)
    #expect(try read("false", .bool).0 == false)
    for text in ["yes", "no", "on", "True", "1", "\"\""] {
      #expect(try read(text, .bool).0 == nil)
    }
    #expect(try read("yes", .bool).1 == "1:4: k: expected true or false, found 'yes'.")
  }

  @Test func `can be a number`() throws {
    #expect(try read("-7", .int).0 == -7)
    #expect(try read("0.25", .number(in: 0...1)).0 == 0.25)
    for text in ["nan", "inf", "0x1p-2", "1.5", "1,5"] {
      #expect(try read(text, .number(in: 0...1)).0 == nil)
    }
  }

  @Test func `can be one of several words`() throws {
    #expect(try read("medium", .choice(of: Severity.self)).0 == .medium)
    #expect(try read("earliest", .choice(["earliest", "latest"])).0 == "earliest")
    let (value, problem) = try read("hihg", .choice(of: Severity.self))
    #expect(value == nil)
    #expect(
      problem == "1:4: k: expected low, medium, high; found 'hihg'. Did you mean 'high'?")
  }

  @Test func `can be text, and a secret is never shown`() throws {
    #expect(try read("some text", .text).0 == "some text")
    #expect(
      try read("''", .text).1 == "1:4: k: expected text that is not empty, found ''.")
    let token = ValueKind.scalar("a token", isSecret: true) { $0.hasPrefix("t") ? $0 : nil }
    #expect(try read("hunter2", token).1 == "1:4: k: expected a token.")
  }

  @Test func `that is long is cut in the message`() throws {
    let problem = try read(String(repeating: "9", count: 500), .int).1
    #expect(problem.map { $0.count < 120 } == true)
  }

  @Test func `can be a list, and every wrong element is told`() throws {
    #expect(try read("[1, 2]", .list(of: .int)).0 == [1, 2])
    let problems = ProblemList()
    let table = TableReader(
      try YAMLReader.read("k: [1, x, 3, [4]]\nl: 5\nm: [1, 2, 3]"), problems: problems)
    #expect(table.required("k", .list(of: .int)) == nil)
    #expect(table.required("l", .list(of: .int)) == nil)
    #expect(table.required("m", .list(of: .int, count: 1...2)) == nil)
    #expect(
      problems.problems.map(\.description) == [
        "1:8: k[1]: expected a whole number, found 'x'.",
        "1:14: k[3]: expected a whole number, found a list.",
        "2:4: l: expected a list, found a single value.",
        "3:4: m: expected 1 to 2 elements, found 3.",
      ])
  }

  @Test func `can be checked further`() throws {
    let even = ValueKind.int.checked { $0 % 2 == 0 ? nil : "is odd" }
    #expect(try read("4", even).0 == 4)
    #expect(try read("5", even).1 == "1:4: k: is odd.")
  }
}
