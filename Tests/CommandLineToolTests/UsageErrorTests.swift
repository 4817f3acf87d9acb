import CommandLineTool
import Testing

@Suite struct `A wrong command line` {
  @Test(arguments: [
    ("lent ada", "Unknown command 'lent'. Did you mean 'lend'?", "desk"),
    ("lits", "Unknown command 'lits'. Did you mean 'list'?", "desk"),
    ("debgu", "Unknown command 'debgu'.", "desk"),
    ("xyzzy", "Unknown command 'xyzzy'.", "desk"),
    ("help lits", "Unknown command 'lits'. Did you mean 'list'?", "desk"),
    ("shelf ad", "Unknown command 'ad'. Did you mean 'add'?", "desk shelf"),
    ("shelf", "'desk shelf' needs a command: add, drop.", "desk shelf"),
    ("--quiet", "A command is missing.", "desk"),
    ("list --ouptut json", "Unknown option '--ouptut'. Did you mean '--output'?", "desk list"),
    ("list --out json", "Unknown option '--out'. Did you mean '--output'?", "desk list"),
    ("list --zzz", "Unknown option '--zzz'.", "desk list"),
    ("list -x", "Unknown option '-x'.", "desk list"),
    ("notice --all test", "'--all' is not an option of 'desk notice test'.", "desk notice test"),
    ("list --output", "--output needs a value (FORMAT).", "desk list"),
    ("list --output --quiet", "--output needs a value (FORMAT).", "desk list"),
    ("list --output -- x", "--output needs a value (FORMAT).", "desk list"),
    ("list --config=", "--config: the value is empty.", "desk list"),
    ("list --quiet=yes", "--quiet takes no value.", "desk list"),
    ("list -q=yes", "--quiet takes no value.", "desk list"),
    ("list -c a -c b", "--config is given more than once.", "desk list"),
    (
      "list -o jsno", "--output: 'jsno' is not one of table, json, ndjson. Did you mean 'json'?",
      "desk list"
    ),
    (
      "notice test lettre",
      "KIND: 'lettre' is not one of letter, post-card. Did you mean 'letter'?", "desk notice test"
    ),
    ("lend", "'desk lend' needs READER: name of the reader.", "desk lend"),
    ("lend ada", "'desk lend' needs BOOKS...: numbers of the books.", "desk lend"),
    ("list a b", "Unexpected argument 'b': 'desk list' takes [READER].", "desk list"),
    (
      "shelf add x", "Unexpected argument 'x': 'desk shelf add' takes no arguments.",
      "desk shelf add"
    ),
  ])
  func `is answered in one sentence`(line: String, message: String, helpWords: String) {
    #expect(usageError(line) == UsageError(message, helpWords: helpWords))
  }

  @Test func `says where the help is`() {
    #expect(
      usageError("list --zzz")?.description
        == "Unknown option '--zzz'.\nSee 'desk list --help'.")
    #expect(UsageError.exitCode == 2)
  }

  @Test func `cannot steer the terminal`() {
    let message = usageError("\u{1B}[2J\u{202E}x")?.message
    #expect(message == "Unknown command '?[2J?x'.")
  }
}

@Suite struct `A value` {
  private func message<Value>(_ read: () throws(UsageError) -> Value) -> String? {
    do throws(UsageError) {
      _ = try read()
      return nil
    } catch {
      return error.message
    }
  }

  @Test func `that does not convert is a usage error naming its option`() throws {
    let parsed = try arguments("lend ada b1 --limit abc --until soon -c x")
    #expect(
      message { () throws(UsageError) in try parsed.int("limit") }
        == "--limit: 'abc' is not a whole number.")
    #expect(
      message { () throws(UsageError) in try parsed.double("limit") }
        == "--limit: 'abc' is not a number.")
    #expect(
      message { () throws(UsageError) in try parsed.duration("until") }
        == "--until: 'soon' is not a duration such as 90s, 10m, 2h or 7d.")
    #expect(
      message { () throws(UsageError) in try parsed.choice("until", as: Format.self) }
        == "--until: 'soon' is not one of table, json, ndjson.")
    let instant = message { () throws(UsageError) in
      try parsed.values("READER", expected: "an instant") { Int($0) }
    }
    #expect(instant == "READER: 'ada' is not an instant.")
    #expect(parsed.usageError("No.") == UsageError("No.", helpWords: "desk lend"))
  }

  @Test(
    arguments: [
      (1...5, "--limit: 7 must be from 1 to 5."), (8 ... .max, "--limit: 7 must be at least 8."),
      (.min...6, "--limit: 7 must be at most 6."), (7...7, nil),
    ] as [(ClosedRange<Int>, String?)])
  func `outside its range is a usage error`(range: ClosedRange<Int>, expected: String?) throws {
    let parsed = try arguments("lend ada b1 -n 7")
    #expect(message { () throws(UsageError) in try parsed.int("limit", in: range) } == expected)
  }

  @Test func `converts to its type`() throws {
    let parsed = try arguments("lend ada 1 2 --limit 12 --until 90m")
    #expect(try parsed.int("limit") == 12)
    #expect(try parsed.double("limit") == 12)
    #expect(try parsed.duration("until") == .seconds(5400))
    #expect(try parsed.values("BOOKS", expected: "a number") { Int($0) } == [1, 2])
    #expect(try arguments("list -o ndjson").choice("output", as: Format.self) == .ndjson)
    #expect(try arguments("list").choice("output") == Format.table)
  }

  @Test func `that is missing where it is needed is a usage error`() throws {
    let parsed = try arguments("lend ada b1")
    #expect(
      message { () throws(UsageError) in try parsed.required("limit") }
        == "--limit is needed.")
    #expect(try parsed.required("until") == "14d")
  }
}
