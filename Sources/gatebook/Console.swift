internal import CommandLineTool
internal import Contract

/// What a command writes to: data on standard output, talk on standard error.
struct Console: Sendable {
  let output: StandardOutput
  private(set) var terminal: Terminal
  /// True where nothing but data and errors is wanted.
  let isQuiet: Bool

  init(_ arguments: ParsedArguments, output: StandardOutput) {
    self.output = output
    terminal = Terminal.current(noColor: arguments.flag("no-color"))
    isQuiet = arguments.flag("quiet")
  }

  /// Says something beside the data, unless it is not wanted.
  func note(_ text: String) {
    if !isQuiet { StandardError.line(TerminalText.neutralised(text)) }
  }

  /// The same with the size that the terminal has by now.
  var resized: Console {
    var console = self
    let now = Terminal.current()
    (console.terminal.width, console.terminal.height) = (now.width, now.height)
    return console
  }

  /// How tables look here: cut to the terminal, and whole where there is none.
  var tableStyle: TableStyle {
    TableStyle(
      width: terminal.isOutputTerminal ? terminal.width : nil, colour: terminal.usesColor)
  }
}
