/// The completion script for bash; it needs nothing but bash itself.
struct BashCompletion {
  private let program: Program
  private let places: [CompletionPlace]

  init(_ program: Program) {
    self.program = program
    places = program.completionPlaces
  }

  private var function: String { "_" + program.name.replacing("-", with: "_") }

  var script: String {
    """
    # bash completion for \(program.name)

    \(function)_takes_value() {
      case "$1:$2" in
    \(takesValueCases)
      esac
      return 1
    }

    \(function)_is_command() {
      case "$1:$2" in
    \(commandCases)
      esac
      return 1
    }

    # Fills COMPREPLY with the values for an option ("--output") or an argument ("1", "2", "*").
    \(function)_values() {
      case "$1:$2" in
    \(valueCases)
      esac
    }

    \(function)_words() {
      case "$1" in
    \(wordCases)
      esac
    }

    \(body)

    complete -F \(function) \(program.name)

    """
  }

  private var body: String {
    """
    \(function)_files() {
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen "$1" -- "$2")
    }

    \(function)() {
      local cur="${COMP_WORDS[COMP_CWORD]}" place="" option="" over="" count=0 index word
      COMPREPLY=()
      for ((index = 1; index < COMP_CWORD; index++)); do
        word="${COMP_WORDS[index]}"
        if [[ -n $option ]]; then
          # bash cuts --name=value into three words.
          [[ $word == "=" ]] || option=""
        elif [[ -z $over && $word == "--" ]]; then
          over=1
        elif [[ -z $over && $word == -?* ]]; then
          if \(function)_takes_value "$place" "$word"; then option="$word"; fi
        elif [[ $count == 0 ]] && \(function)_is_command "$place" "$word"; then
          place="${place:+$place }$word"
        else
          count=$((count + 1))
        fi
      done
      if [[ -n $option ]]; then
        [[ $cur == "=" ]] && cur=""
        \(function)_values "$place" "$option" "$cur"
      elif [[ -z $over && $cur == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(\(function)_words "$place:options")" -- "$cur")
      else
        \(function)_values "$place" "$((count + 1))" "$cur"
        if [[ $count == 0 ]]; then
          local commands="$(\(function)_words "$place:commands")"
          mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$commands" -- "$cur")
        fi
      fi
    }
    """
  }

  private var takesValueCases: String {
    lines(places) { place in
      guard !place.valueWords.isEmpty else { return nil }
      let patterns = place.valueWords.map { "\"\(place.key):\($0)\"" }
      return "\(patterns.joined(separator: " | "))) return 0 ;;"
    }
  }

  private var commandCases: String {
    lines(places) { place in
      guard !place.commands.isEmpty else { return nil }
      let patterns = place.commands.map { "\"\(place.key):\($0.name)\"" }
      return "\(patterns.joined(separator: " | "))) return 0 ;;"
    }
  }

  private var valueCases: String {
    lines(places) { place in
      var cases: [String] = []
      for option in place.options where option.takesValue {
        guard let action = action(option.values) else { continue }
        let patterns = option.spellings.map { "\"\(place.key):\($0)\"" }
        cases.append("\(patterns.joined(separator: " | "))) \(action) ;;")
      }
      for (index, argument) in place.arguments.enumerated() {
        // A repeated argument stands for all numbers that no case before it has taken, so that
        // an argument with nothing to offer needs its case, too.
        let number = argument.isRepeated ? "[0-9]*" : "\(index + 1)"
        cases.append("\"\(place.key):\"\(number)) \(action(argument.values) ?? ":") ;;")
      }
      return cases.isEmpty ? nil : cases.joined(separator: "\n    ")
    }
  }

  private var wordCases: String {
    lines(places) { place in
      let options = place.options.flatMap(\.spellings).joined(separator: " ")
      let commands = place.commands.map(\.name).joined(separator: " ")
      return """
        "\(place.key):options") echo "\(options)" ;;
            "\(place.key):commands") echo "\(commands)" ;;
        """
    }
  }

  private func action(_ values: ValueKind) -> String? {
    switch values {
    case .free: nil
    case .file: "\(function)_files -f \"$3\""
    case .folder: "\(function)_files -d \"$3\""
    case .choices(let list):
      "mapfile -t COMPREPLY < <(compgen -W \"\(list.joined(separator: " "))\" -- \"$3\")"
    }
  }

  private func lines(_ places: [CompletionPlace], _ line: (CompletionPlace) -> String?) -> String {
    places.compactMap(line).map { "    \($0)" }.joined(separator: "\n")
  }
}
