internal import CommandLineTool

/// `gatebook manual`: the manual page.
enum ManualCommand {
  static let entry = CommandEntry(
    declaration: Command(
      "manual", summary: "Print the manual page, for man to show",
      examples: [Example("gatebook manual | man -l -", "Shows the manual page.")],
      section: "Help"),
    run: run)

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> Int32 {
    let page = ManualPage(GatebookProgram.program, date: GatebookProgram.date)
    try console.output.write(page.text)
    return 0
  }
}
