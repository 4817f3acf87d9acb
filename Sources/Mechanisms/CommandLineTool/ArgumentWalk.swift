/// One pass over the words of a command line: which command, which options, which arguments.
struct ArgumentWalk {
  private let program: Program
  private(set) var path: [Command] = []
  private var accepted: [Option]
  private var given: [String: [String]] = [:]
  private var positionals: [String] = []

  init(_ program: Program) {
    self.program = program
    accepted = program.options(of: nil)
  }

  mutating func read(_ words: [String]) throws(UsageError) {
    var rest = words[...]
    var areOptionsOver = false
    while let word = rest.popFirst() {
      if areOptionsOver || !isOption(word) {
        try readPositional(word)
      } else if word == "--" {
        areOptionsOver = true
      } else if word.hasPrefix("--") {
        try readLong(word, &rest)
      } else {
        try readShort(word, &rest)
      }
    }
  }

  /// Goes down to a command or subcommand.
  mutating func readCommand(_ word: String) throws(UsageError) {
    let level = path.last.map(\.subcommands) ?? program.commands
    guard let next = level.first(where: { $0.name == word }) else {
      let names = level.filter { !$0.isHidden }.map(\.name)
      throw error("Unknown command \(quoted(word)).\(Spelling.question(word, among: names))")
    }
    path.append(next)
    accepted = program.options(of: next)
  }

  func finish() throws(UsageError) -> ParsedArguments {
    guard let command = path.last else { throw error("A command is missing.") }
    if command.needsSubcommand {
      let names = command.subcommands.filter { !$0.isHidden }.map(\.name)
      throw error("\(here) needs a command: \(names.joined(separator: ", ")).")
    }
    // An option typed before a subcommand was read by the options of its parent.
    for name in given.keys.sorted() where !accepted.contains(where: { $0.name == name }) {
      throw error("'--\(name)' is not an option of \(here).")
    }
    var values = given
    for (name, words) in try assigned(command.arguments) { values[name] = words }
    return ParsedArguments(
      path: path.map(\.name), helpWords: program.words(path.map(\.name)), values: values,
      options: accepted, arguments: command.arguments)
  }

  // MARK: Options

  private mutating func readLong(
    _ word: String, _ rest: inout ArraySlice<String>
  ) throws(UsageError) {
    let parts = word.dropFirst(2).split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard let option = accepted.first(where: { $0.name == name }) else {
      let names = (accepted + [.help]).filter { !$0.isHidden }.map(\.name)
      let question = Spelling.question(name, among: names, prefix: "--")
      throw error("Unknown option \(quoted("--\(name)")).\(question)")
    }
    try record(option, attached: parts.count == 2 ? String(parts[1]) : nil, &rest)
  }

  /// Reads `-n value`, `-nvalue`, `-n=value` and flags written together.
  private mutating func readShort(
    _ word: String, _ rest: inout ArraySlice<String>
  ) throws(UsageError) {
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      guard let option = accepted.first(where: { $0.short == letter }) else {
        throw error("Unknown option \(quoted("-\(letter)")).")
      }
      guard option.takesValue, !letters.isEmpty else {
        let value = letters.first == "=" ? String(letters.dropFirst()) : nil
        try record(option, attached: value, &rest)
        continue
      }
      let value = letters.first == "=" ? letters.dropFirst() : letters
      return try record(option, attached: String(value), &rest)
    }
  }

  private mutating func record(
    _ option: Option, attached: String?, _ rest: inout ArraySlice<String>
  ) throws(UsageError) {
    guard option.takesValue else {
      guard attached == nil else { throw error("\(option.long) takes no value.") }
      given[option.name] = []
      return
    }
    guard option.isRepeated || given[option.name] == nil else {
      throw error("\(option.long) is given more than once.")
    }
    guard let value = attached ?? nextValue(&rest) else {
      throw error("\(option.long) needs a value (\(option.value ?? "")).")
    }
    try check(value, option.values, label: option.long)
    given[option.name, default: []].append(value)
  }

  private func nextValue(_ rest: inout ArraySlice<String>) -> String? {
    guard let next = rest.first, !isOption(next) || Self.isNumber(next) else { return nil }
    rest.removeFirst()
    return next
  }

  // MARK: Arguments

  private mutating func readPositional(_ word: String) throws(UsageError) {
    guard let command = path.last else { return try readCommand(word) }
    let isSubcommand = command.subcommands.contains { $0.name == word }
    let takesOnlyCommands = !command.subcommands.isEmpty && command.arguments.isEmpty
    guard positionals.isEmpty, isSubcommand || takesOnlyCommands else {
      return positionals.append(word)
    }
    try readCommand(word)
  }

  private func assigned(_ arguments: [Argument]) throws(UsageError) -> [String: [String]] {
    var rest = positionals[...]
    var values: [String: [String]] = [:]
    for argument in arguments {
      let words = Array(rest.prefix(argument.isRepeated ? rest.count : 1))
      rest = rest.dropFirst(words.count)
      for word in words { try check(word, argument.values, label: argument.name) }
      guard argument.isOptional || !words.isEmpty else {
        throw error("\(here) needs \(argument.usage): \(lowercasedFirst(argument.help)).")
      }
      if !words.isEmpty { values[argument.name] = words }
    }
    guard let excess = rest.first else { return values }
    let limit = arguments.isEmpty ? "no arguments" : arguments.map(\.usage).joined(separator: " ")
    throw error("Unexpected argument \(quoted(excess)): \(here) takes \(limit).")
  }

  private func check(_ value: String, _ kind: ValueKind, label: String) throws(UsageError) {
    guard !value.isEmpty else { throw error("\(label): the value is empty.") }
    let list = kind.list
    guard !list.isEmpty, !list.contains(value) else { return }
    let question = Spelling.question(value, among: list)
    throw error(
      "\(label): \(quoted(value)) is not one of \(list.joined(separator: ", ")).\(question)")
  }

  // MARK: Words

  /// `-` alone is standard input or output, and `-5` a number unless it is declared.
  private func isOption(_ word: String) -> Bool {
    guard word.count > 1, word.hasPrefix("-") else { return false }
    guard Self.isNumber(word) else { return true }
    return accepted.contains { $0.short == word.dropFirst().first }
  }

  private static func isNumber(_ word: String) -> Bool {
    let rest = word.dropFirst()
    guard word.hasPrefix("-"), let first = rest.first else { return false }
    return first.isASCII && (first.isNumber || (first == "." && rest.count > 1))
  }

  private var here: String { "'\(program.words(path.map(\.name)))'" }

  private func error(_ message: String) -> UsageError {
    UsageError(message, helpWords: program.words(path.map(\.name)))
  }

  private func lowercasedFirst(_ text: String) -> String {
    // A help text that begins with an abbreviation keeps it.
    guard let second = text.dropFirst().first, second.isLowercase || second == " " else {
      return text
    }
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}
