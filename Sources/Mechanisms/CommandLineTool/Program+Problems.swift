extension Program {
  /// What is wrong with the declarations themselves; a test of the program expects none.
  public var problems: [String] {
    var found = Self.repeats(in: commands.map(\.name)).map { "command \($0) is declared twice" }
    for (path, command) in commandsWithPaths {
      let place = words(path)
      found += problems(of: command).map { "\(place): \($0)" }
      if path.count == 2, !command.subcommands.isEmpty {
        found.append("\(place): subcommands have no subcommands")
      }
    }
    return found
  }

  private func problems(of command: Command) -> [String] {
    let options = options(of: command) + [Option.help]
    let names = options.map(\.name) + command.arguments.map(\.name)
    var found = Self.repeats(in: names).map { "\($0) is declared twice" }
    found += Self.repeats(in: options.compactMap(\.short).map { "-\($0)" }).map {
      "\($0) is declared twice"
    }
    found += Self.repeats(in: command.subcommands.map(\.name)).map {
      "subcommand \($0) is declared twice"
    }
    if command.arguments.dropLast().contains(where: \.isRepeated) {
      found.append("only the last argument may repeat")
    }
    if zip(command.arguments, command.arguments.dropFirst())
      .contains(where: { $0.isOptional && !$1.isOptional })
    {
      found.append("a needed argument follows one that may be left out")
    }
    if command.needsSubcommand, command.subcommands.isEmpty {
      found.append("needs a subcommand and has none")
    }
    found += options.flatMap(Self.problems)
    return found
  }

  private static func problems(of option: Option) -> [String] {
    var found: [String] = []
    if let value = option.defaultValue, !option.values.list.isEmpty,
      !option.values.list.contains(value)
    {
      found.append("the default of \(option.long) is not one of its choices")
    }
    if option.name.isEmpty || option.name.contains(where: { !isNameCharacter($0) }) {
      found.append("'\(option.name)' is not a name for an option")
    }
    return found
  }

  private static func isNameCharacter(_ character: Character) -> Bool {
    character.isASCII && (character.isLowercase || character.isNumber || character == "-")
  }

  private static func repeats(in names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { !seen.insert($0).inserted }
  }
}
