import CommandLineTool
import Testing

@Suite struct `A command line` {
  @Test(arguments: [
    "lend ada b1 --until 7d", "lend ada b1 --until=7d", "lend ada b1 -u 7d", "lend ada b1 -u7d",
    "lend ada b1 -u=7d", "lend --until 7d ada b1", "lend ada -fu 7d b1", "lend ada -fu7d b1",
    "lend -u 7d -- ada b1",
  ])
  func `takes a value in every usual spelling`(line: String) throws {
    let parsed = try arguments(line)
    #expect(parsed.string("until") == "7d")
    #expect(parsed.string("READER") == "ada")
    #expect(parsed.strings("BOOKS") == ["b1"])
  }

  @Test func `gives repeated arguments and options in order`() throws {
    let parsed = try arguments("lend ada --note x b1 b2 --note y b3")
    #expect(parsed.strings("BOOKS") == ["b1", "b2", "b3"])
    #expect(parsed.strings("note") == ["x", "y"])
  }

  @Test func `falls back to declared defaults`() throws {
    let parsed = try arguments("lend ada b1")
    #expect(parsed.string("until") == "14d")
    #expect(!parsed.isGiven("until"))
    #expect(parsed.string("limit") == nil)
    #expect(parsed.strings("note") == [])
    #expect(!parsed.flag("force"))
  }

  @Test func `takes everything after two hyphens as arguments`() throws {
    #expect(try arguments("lend ada -- --force -x --").strings("BOOKS") == ["--force", "-x", "--"])
  }

  @Test func `takes one hyphen as an argument`() throws {
    #expect(try arguments("import - a").strings("FILES") == ["-", "a"])
  }

  @Test func `takes negative numbers as values and arguments`() throws {
    let parsed = try arguments("lend ada -5 --limit -3")
    #expect(try parsed.int("limit") == -3)
    #expect(parsed.strings("BOOKS") == ["-5"])
  }

  @Test(arguments: [
    "--quiet list -c x", "list -q --config=x", "--config x list --quiet", "-qc x list",
  ])
  func `takes common options before and after the command`(line: String) throws {
    let parsed = try arguments(line)
    #expect(parsed.path == ["list"])
    #expect(parsed.flag("quiet"))
    #expect(parsed.string("config") == "x")
  }

  @Test func `goes down to a subcommand`() throws {
    #expect(try arguments("notice test letter").path == ["notice", "test"])
    #expect(try arguments("notice test letter").string("KIND") == "letter")
    #expect(try arguments("notice --all").path == ["notice"])
    #expect(try arguments("notice -q test").flag("quiet"))
  }

  @Test func `runs a hidden command`() throws {
    #expect(try arguments("debug").path == ["debug"])
  }

  @Test(arguments: [
    ("lend ada b1 --help", ["lend"]), ("lend -h", ["lend"]), ("--help lend", ["lend"]),
    ("--help", []), ("-h", []), ("help", []), ("help lend", ["lend"]),
    ("help notice test", ["notice", "test"]), ("notice test --bad --help", ["notice", "test"]),
    ("--bad lend -h", ["lend"]), ("bad --help", []),
  ])
  func `shows help wherever it is asked for`(line: String, path: [String]) throws {
    let words = line.split(separator: " ").map(String.init)
    guard case .help(path) = try CommandLineParser(sample).parse(words) else {
      Issue.record("\(line) is not help for \(path)")
      return
    }
  }

  @Test func `leaves the help of others alone after two hyphens`() throws {
    #expect(try arguments("lend ada -- --help").strings("BOOKS") == ["--help"])
  }

  @Test func `shows the version, and notices when nothing was typed`() throws {
    guard case .version = try CommandLineParser(sample).parse(["--version"]),
      case .version = try CommandLineParser(sample).parse(["list", "--version"]),
      case .nothing = try CommandLineParser(sample).parse([])
    else {
      Issue.record("wrong invocation")
      return
    }
  }
}
