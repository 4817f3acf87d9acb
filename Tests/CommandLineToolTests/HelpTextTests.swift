import CommandLineTool
import Testing

@Suite struct `Help` {
  @Test func `of the program shows commands by section, codes and environment`() {
    #expect(
      HelpText(sample).text() == """
        desk: the lending desk of a library

        Usage: desk COMMAND [OPTIONS]

        Desk keeps what was lent, to whom and until when.

        Lending
          lend    Lend books to a reader
          scan    Scan a book

        Reading
          list    List loans

        Commands
          import  Read catalogue files
          notice  Write notices to readers
          shelf   Change shelves

        Common options
          -c, --config PATH  Settings file
          -q, --quiet        Say nothing beside the data
          -h, --help         Show this help
              --version      Show the version

        Examples
          desk list --output json
              Everything that is lent.

        Exit codes
          0  All is well.
          2  The command line is wrong.

        Environment
          DESK_CONFIG  Path of the settings file.

        'desk help COMMAND' explains one command.

        """)
  }

  @Test func `of a command shows what it takes`() {
    #expect(
      HelpText(sample).text(for: ["lend"]) == """
        desk lend: Lend books to a reader

        Usage: desk lend [OPTIONS] READER BOOKS...

        A reader who is overdue gets nothing.

        Arguments
          READER    Name of the reader
          BOOKS...  Numbers of the books

        Options
          -u, --until TIME  When they are due (default: 14d)
          -n, --limit N     Most books at once
              --note TEXT   A note, kept with the loan (may be repeated)
          -f, --force       Lend although it's reserved
          -h, --help        Show this help

        Common options
          -c, --config PATH  Settings file
          -q, --quiet        Say nothing beside the data

        Examples
          desk lend ada b1 b2 --until 7d
              Lends two books for a week.

        """)
  }

  @Test func `shows subcommands and choices, and hides what is hidden`() {
    #expect(HelpText(sample).text(for: ["notice"]).contains("[COMMAND] [OPTIONS]"))
    #expect(HelpText(sample).text(for: ["notice"]).contains("  test  Write one to yourself"))
    let list = HelpText(sample).text(for: ["list"])
    #expect(list.contains("Shape of the rows (one of table, json, ndjson; default:"))
    #expect(!list.contains("secret"))
    #expect(!HelpText(sample).text().contains("debug"))
  }

  @Test(arguments: [(10, 60), (60, 60), (72, 72), (100, 100), (400, 100)])
  func `keeps within its width`(asked: Int, limit: Int) throws {
    var program = sample
    program.discussion = [String(repeating: "word ", count: 80)]
    program.commands[0].options.append(
      Option("long", value: "V", help: String(repeating: "text ", count: 60)))
    for path in [[], ["lend"]] {
      let lines = HelpText(program, width: asked).text(for: path).split(separator: "\n")
      let widest = try #require(lines.map(\.count).max())
      #expect(widest <= limit)
      #expect(widest > limit - 10)
      #expect(lines.allSatisfy { !$0.hasSuffix(" ") })
    }
  }

  @Test func `gives a long left column a line of its own`() {
    var program = sample
    program.commands[0].options = [
      Option("a-very-long-name-for-an-option", value: "VALUE", help: "Help."),
      Option(flag: "x", help: "Short."),
    ]
    let text = HelpText(program).text(for: ["lend"])
    #expect(
      text.contains("      --a-very-long-name-for-an-option VALUE\n              Help.\n"))
    #expect(text.contains("      --x     Short.\n"))
  }

  @Test func `is coloured only when asked`() {
    #expect(!HelpText(sample).text().contains("\u{1B}"))
    #expect(HelpText(sample, usesColor: true).text().contains("\u{1B}[1mExit codes\u{1B}[0m"))
  }

  @Test func `tells the version`() {
    #expect(HelpText(sample).version == "desk 1.2.3\n")
  }
}
