/// Writes the manual page of a program in roff (man macros) from its declarations.
public struct ManualPage: Sendable {
  private let program: Program
  private let date: String

  /// Makes a manual page; the date is part of the text, so that the same input gives the same page.
  public init(_ program: Program, date: String) {
    self.program = program
    self.date = date
  }

  /// The page, for section 1 of the manual.
  public var text: String {
    let name = program.name
    var page = Roff()
    page.title(name.uppercased(), section: 1, date: date, source: "\(name) \(program.version)")
    page.heading("NAME")
    page.text("\(name) - \(program.summary)")
    page.heading("SYNOPSIS")
    page.bold(name, then: "COMMAND [OPTIONS]")
    page.heading("DESCRIPTION")
    page.paragraphs(program.discussion.isEmpty ? [program.summary] : program.discussion)
    addCommands(&page)
    for (index, group) in program.common.enumerated() {
      page.heading(index == 0 ? "COMMON OPTIONS" : group.title.uppercased())
      page.options(group.options)
    }
    addTables(&page)
    return page.source
  }

  private func addCommands(_ page: inout Roff) {
    page.heading("COMMANDS")
    for (path, command) in program.shownCommandsWithPaths {
      page.subheading(path.joined(separator: " "))
      page.bold(program.words(path), then: usageRest(of: command, at: path))
      page.paragraphs(["\(command.summary)."] + command.discussion)
      for argument in command.arguments {
        page.item(bold: argument.usage, italic: nil, Self.help(of: argument))
      }
      page.options(command.options)
      for group in command.groups { page.options(group.options) }
      page.examples(command.examples)
    }
  }

  private func addTables(_ page: inout Roff) {
    if !program.exitCodes.isEmpty {
      page.heading("EXIT STATUS")
      for code in program.exitCodes { page.item(bold: "\(code.code)", italic: nil, code.meaning) }
    }
    if !program.environment.isEmpty {
      page.heading("ENVIRONMENT")
      for variable in program.environment {
        page.item(bold: variable.name, italic: nil, variable.help)
      }
    }
    if !program.examples.isEmpty {
      page.heading("EXAMPLES")
      page.examples(program.examples)
    }
  }

  private func usageRest(of command: Command, at path: [String]) -> String {
    String(program.usage(of: command, at: path).dropFirst(program.words(path).count + 1))
  }

  private static func help(of argument: Argument) -> String {
    let list = argument.values.list
    return list.isEmpty
      ? argument.help : "\(argument.help) (one of \(list.joined(separator: ", ")))"
  }
}
