/// What a command line asks for.
public enum Invocation: Sendable {
  /// Run the command with its arguments.
  case run(ParsedArguments)
  /// Show the help of a command; an empty path is the general help. The exit code is 0.
  case help([String])
  /// Show the version. The exit code is 0.
  case version
  /// Nothing was typed: show the general help on stderr. The exit code is 2.
  case nothing
}

/// Reads command lines by the declarations of a program.
public struct CommandLineParser: Sendable {
  private let program: Program

  /// Makes a parser for a program.
  public init(_ program: Program) {
    self.program = program
  }

  /// Reads the words after the program's name.
  public func parse(_ words: [String]) throws(UsageError) -> Invocation {
    guard let first = words.first else { return .nothing }
    let options = words.prefix { $0 != "--" }
    if first == "help", program.command(at: ["help"]) == nil {
      return .help(try helpPath(words.dropFirst().filter { !$0.hasPrefix("-") }))
    }
    // Before anything is checked, so that help is there for a line that is wrong.
    if options.contains("--help") || options.contains("-h") { return .help(likelyPath(words)) }
    if options.contains("--version"), !declaresVersion(words) { return .version }
    var walk = ArgumentWalk(program)
    try walk.read(words)
    return .run(try walk.finish())
  }

  private func helpPath(_ words: [String]) throws(UsageError) -> [String] {
    var walk = ArgumentWalk(program)
    for word in words { try walk.readCommand(word) }
    return walk.path.map(\.name)
  }

  /// The command of a line that may be wrong elsewhere.
  private func likelyPath(_ words: [String]) -> [String] {
    var walk = ArgumentWalk(program)
    for length in words.indices.reversed() {
      var attempt = ArgumentWalk(program)
      let read: Void? = try? attempt.read(Array(words[...length].filter { !Self.asksHelp($0) }))
      if read != nil { return attempt.path.map(\.name) }
    }
    // Not even the first word could be read: the first word that is a command decides.
    for word in words where program.command(at: [word]) != nil {
      try? walk.readCommand(word)
      break
    }
    return walk.path.map(\.name)
  }

  private static func asksHelp(_ word: String) -> Bool { word == "--help" || word == "-h" }

  private func declaresVersion(_ words: [String]) -> Bool {
    let command = program.command(at: likelyPath(words.filter { $0 != "--version" }))
    return program.options(of: command).contains { $0.name == "version" }
  }
}
