/// Writes the help of a program and of its commands from their declarations.
public struct HelpText: Sendable {
  private let program: Program
  private let width: Int
  private let usesColor: Bool

  /// Makes help for a terminal of a width, which is held between 60 and 100 columns.
  public init(_ program: Program, width: Int = 80, usesColor: Bool = false) {
    self.program = program
    self.width = min(100, max(60, width))
    self.usesColor = usesColor
  }

  /// The help of the command at a path, or the general help for an empty or unknown path.
  public func text(for path: [String] = []) -> String {
    guard let command = program.command(at: path) else { return general() }
    return text(of: command, at: path)
  }

  /// The line that `--version` prints.
  public var version: String { "\(program.name) \(program.version)\n" }

  private func general() -> String {
    var page = Page(width: width, usesColor: usesColor)
    page.paragraph("\(program.name): \(program.summary)")
    page.paragraph("Usage: \(program.name) COMMAND [OPTIONS]")
    for paragraph in program.discussion { page.paragraph(paragraph) }
    let shown = program.commands.filter { !$0.isHidden }
    let widest = shown.map(\.name.count).max() ?? 0
    for section in Self.sections(of: shown) {
      let rows = shown.filter { $0.section == section }.map {
        (TextLayout.padded($0.name, to: widest), $0.summary)
      }
      page.table(section, rows)
    }
    let help = OptionGroup(
      program.common.first?.title ?? "Options",
      (program.common.first?.options ?? []) + [
        .help, Option(flag: "version", help: "Show the version"),
      ])
    for group in [help] + program.common.dropFirst() { page.options(group) }
    page.examples(program.examples)
    page.table("Exit codes", program.exitCodes.map { (String($0.code), $0.meaning) })
    page.table("Environment", program.environment.map { ($0.name, $0.help) })
    page.paragraph("'\(program.name) help COMMAND' explains one command.")
    return page.text
  }

  private func text(of command: Command, at path: [String]) -> String {
    var page = Page(width: width, usesColor: usesColor)
    page.paragraph("\(program.words(path)): \(command.summary)")
    page.paragraph("Usage: \(program.usage(of: command, at: path))")
    for paragraph in command.discussion { page.paragraph(paragraph) }
    page.table("Arguments", command.arguments.map { ($0.usage, Self.help(of: $0)) })
    let subcommands = command.subcommands.filter { !$0.isHidden }
    page.table("Commands", subcommands.map { ($0.name, $0.summary) })
    page.options(OptionGroup("Options", command.options + [.help]))
    for group in command.groups + program.common { page.options(group) }
    page.examples(command.examples)
    return page.text
  }

  private static func help(of argument: Argument) -> String {
    let list = argument.values.list
    guard !list.isEmpty else { return argument.help }
    return "\(argument.help) (one of \(list.joined(separator: ", ")))"
  }

  private static func sections(of commands: [Command]) -> [String] {
    var sections: [String] = []
    for command in commands where !sections.contains(command.section) {
      sections.append(command.section)
    }
    return sections
  }
}

extension Program {
  /// The usage line of a command, without "Usage:".
  func usage(of command: Command, at path: [String]) -> String {
    var parts = [words(path)]
    if !command.subcommands.isEmpty {
      parts.append(command.needsSubcommand ? "COMMAND" : "[COMMAND]")
    }
    return (parts + ["[OPTIONS]"] + command.arguments.map(\.usage)).joined(separator: " ")
  }
}

/// The sections of one help text, in order.
private struct Page {
  let width: Int
  let usesColor: Bool
  private var blocks: [String] = []

  init(width: Int, usesColor: Bool) {
    self.width = width
    self.usesColor = usesColor
  }

  var text: String { blocks.joined(separator: "\n\n") + "\n" }

  mutating func paragraph(_ text: String) {
    blocks.append(TextLayout.wrapped(text, width: width).joined(separator: "\n"))
  }

  mutating func table(_ title: String, _ rows: [(left: String, right: String)]) {
    guard !rows.isEmpty else { return }
    let lines = TextLayout.columns(rows, width: width)
    blocks.append(([heading(title)] + lines).joined(separator: "\n"))
  }

  mutating func options(_ group: OptionGroup) {
    table(group.title, group.options.filter { !$0.isHidden }.map { ($0.columns, $0.fullHelp) })
  }

  mutating func examples(_ examples: [Example]) {
    guard !examples.isEmpty else { return }
    let lines = examples.flatMap { example in
      ["  \(example.line)"]
        + TextLayout.wrapped(example.explanation, width: width - 6).map { "      \($0)" }
    }
    blocks.append(([heading("Examples")] + lines).joined(separator: "\n"))
  }

  private func heading(_ title: String) -> String {
    usesColor ? "\u{1B}[1m\(title)\u{1B}[0m" : title
  }
}
