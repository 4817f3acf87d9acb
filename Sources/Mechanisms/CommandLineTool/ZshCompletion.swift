/// The completion script for zsh, on its own `_arguments`.
struct ZshCompletion {
  private let program: Program
  private let places: [CompletionPlace]

  init(_ program: Program) {
    self.program = program
    places = program.completionPlaces
  }

  private var function: String { "_" + program.name.replacing("-", with: "_") }

  var script: String {
    """
    #compdef \(program.name)
    # zsh completion for \(program.name)

    \(places.map(functionText).joined(separator: "\n"))
    # Loaded by compinit the file is the function; sourced, it registers it.
    if [ "$funcstack[1]" = "\(function)" ]; then
      \(function) "$@"
    else
      compdef \(function) \(program.name)
    fi

    """
  }

  private func functionText(_ place: CompletionPlace) -> String {
    let name = function + place.suffix
    let specs = place.options.flatMap(specs) + arguments(of: place)
    let list = specs.map { "    \(quote($0))" }.joined(separator: " \\\n")
    guard !place.commands.isEmpty else {
      return "\(name)() {\n  _arguments -s -S \\\n\(list)\n}\n"
    }
    let calls = place.commands.map { command in
      "        \(command.name)) \(name)_\(command.name.replacing("-", with: "_")) ;;"
    }
    return """
      \(name)_commands() {
        local -a commands=(
      \(place.commands.map { "    \(quote(described($0)))" }.joined(separator: "\n"))
        )
        _describe -t commands command commands
      }

      \(name)() {
        local curcontext="$curcontext" state line
        typeset -A opt_args
        _arguments -C -S \\
      \(list) \\
          '1: :\(name)_commands' \\
          '*:: :->rest'
        case $state in
          rest)
            case $line[1] in
      \(calls.joined(separator: "\n"))
            esac ;;
        esac
      }

      """
  }

  private func described(_ command: Command) -> String {
    "\(command.name):\(command.summary)"
  }

  /// `(-o --output)'{-o+,--output=}'[help]:value:action`, one spec for each spelling.
  private func specs(_ option: Option) -> [String] {
    let exclusive = option.isRepeated ? "*" : "(\(option.spellings.joined(separator: " ")))"
    return option.spellings.map { spelling in
      let text = "\(exclusive)\(spelling)"
      let help = "[\(escaped(option.help))]"
      guard let value = option.value else { return text + help }
      let mark = spelling.hasPrefix("--") ? "=" : "+"
      return "\(text)\(mark)\(help):\(escaped(value)):\(action(option.values))"
    }
  }

  private func arguments(of place: CompletionPlace) -> [String] {
    // The place of the first argument belongs to the subcommands.
    guard place.commands.isEmpty else { return [] }
    return place.arguments.enumerated().map { index, argument in
      let position = argument.isRepeated ? "*" : String(index + 1)
      let separator = argument.isOptional && !argument.isRepeated ? "::" : ":"
      return "\(position)\(separator)\(escaped(argument.name)):\(action(argument.values))"
    }
  }

  private func action(_ values: ValueKind) -> String {
    switch values {
    case .free: " "
    case .file: "_files"
    case .folder: "_files -/"
    case .choices(let list): "(\(list.joined(separator: " ")))"
    }
  }

  /// Colons and brackets end the parts of a spec.
  private func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if "\\[]:".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }

  private func quote(_ text: String) -> String { "'\(text.replacing("'", with: "'\\''"))'" }
}
