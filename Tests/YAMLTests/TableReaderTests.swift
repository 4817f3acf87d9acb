import Testing
import YAML

@Suite struct `A table reader` {
  let problems = ProblemList()

  private var messages: [String] { problems.problems.map(\.description) }

  @Test func `tells all problems at once, in the order of the text`() throws {
    let root = TableReader(
      try YAMLReader.read(
        """
        alerts:
          - {url: "", format: slack}
          - text
        source:
          form: earliest
          messageLimit: 16
        sauce: 1
        """), problems: problems)
    let source = root.table("source")
    #expect(source.required("topic", .text) == nil)
    #expect(source.value("from", .text, default: "latest") == "latest")
    #expect(source.value("messageLimit", .bytes(), default: 7) == 7)
    for alert in root.tables("alerts") {
      _ = alert.required("url", .text)
      _ = alert.optional("format", .choice(["slack", "json"]))
    }
    root.finish()
    #expect(
      messages == [
        "2:11: alerts[0].url: expected text that is not empty, found ''.",
        "3:5: alerts[1]: expected a table, found a single value.",
        "3:5: alerts[1].url: is required.",
        "5:3: source.topic: is required.",
        "5:3: source.form: unknown key. Did you mean 'from'?",
        "6:17: source.messageLimit: expected a size such as 512B, 64KiB, 16MiB or 2GiB, found '16'.",
        "7:1: sauce: unknown key.",
      ])
  }

  @Test func `is silent when all is well`() throws {
    let root = TableReader(
      try YAMLReader.read("a: {b: 1}\nlist: [{c: x}, {c: y}]\nhours: {mon: [1], tue: [2]}"),
      problems: problems)
    #expect(root.table("a").required("b", .int) == 1)
    #expect(root.tables("list").compactMap { $0.required("c", .text) } == ["x", "y"])
    let hours = root.table("hours")
    #expect(hours.keys == ["mon", "tue"])
    #expect(hours.keys.compactMap { hours.required($0, .list(of: .int)) } == [[1], [2]])
    root.finish()
    #expect(problems.isEmpty)
  }

  @Test(arguments: ["", "k:", "k: ~", "k: null"])
  func `takes nothing for missing`(text: String) throws {
    let root = TableReader(try YAMLReader.read(text), problems: problems)
    #expect(root.has("k") == false)
    #expect(root.optional("k", .text) == nil)
    #expect(root.value("k", .int, default: 3) == 3)
    #expect(root.optionalTable("k") == nil)
    #expect(root.tables("k").isEmpty)
    #expect(root.table("k").keys == [])
    #expect(messages == [])
    #expect(root.required("k", .text) == nil)
    #expect(messages == ["1:1: k: is required."])
  }

  @Test func `takes quotes around nothing for something`() throws {
    let root = TableReader(try YAMLReader.read("k: 'null'"), problems: problems)
    #expect(root.required("k", .text) == "null")
    #expect(problems.isEmpty)
  }

  @Test func `puts a key that a missing table should have where the table should be`() throws {
    let root = TableReader(try YAMLReader.read("a: 1\nsource:"), problems: problems)
    _ = root.table("source").required("topic", .text)
    _ = root.table("ledger").required("path", .text)
    #expect(messages == ["1:1: ledger.path: is required.", "2:1: source.topic: is required."])
  }

  @Test func `refuses a list where a table has to be, and the other way round`() throws {
    let root = TableReader(try YAMLReader.read("a: [1]\nb: {c: 1}"), problems: problems)
    _ = root.table("a")
    #expect(root.tables("b").isEmpty)
    root.finish()
    #expect(
      messages == [
        "1:4: a: expected a table, found a list.",
        "2:4: b: expected a list of tables, found a table.",
      ])
  }

  @Test func `reports what its caller found`() throws {
    let root = TableReader(try YAMLReader.read("t:\n  a: 1\n  x: 2"), problems: problems)
    let table = root.table("t")
    table.report("a", "does not go with b", remedy: "Remove one.")
    table.report("is incomplete")
    table.acceptRest()
    root.finish()
    #expect(
      messages == [
        "2:3: t: is incomplete.", "2:6: t.a: does not go with b. Remove one.",
      ])
  }

  @Test func `does not propose a key that is already there`() throws {
    let root = TableReader(try YAMLReader.read("from: a\nform: b"), problems: problems)
    _ = root.optional("from", .text)
    root.finish()
    #expect(messages == ["2:1: form: unknown key."])
  }
}

@Suite struct `The nearest word` {
  private let words = ["from", "topic", "group", "messageLimit", "connectionString"]

  @Test(arguments: [
    ("form", "from"), ("fromm", "from"), ("Topic", "topic"), ("gruop", "group"),
    ("mesageLimit", "messageLimit"), ("connection_string", "connectionString"),
  ])
  func `is found through a slip`(text: String, word: String) {
    #expect(DidYouMean.nearest(to: text, among: words) == word)
    #expect(DidYouMean.question(for: text, among: words) == "Did you mean '\(word)'?")
  }

  @Test(arguments: ["", "x", "lateness", "tpc", String(repeating: "topic", count: 1000)])
  func `is none when nothing is near`(text: String) {
    #expect(DidYouMean.nearest(to: text, among: words) == nil)
  }
}
