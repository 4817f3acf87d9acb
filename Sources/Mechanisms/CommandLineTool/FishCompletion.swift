/// The completion script for fish.
struct FishCompletion {
  private let program: Program
  private let places: [CompletionPlace]

  init(_ program: Program) {
    self.program = program
    places = program.completionPlaces
  }

  private var function: String { "__" + program.name.replacing("-", with: "_") }

  var script: String {
    """
    # fish completion for \(program.name)

    \(placeFunction)

    \(tableFunctions)

    complete -c \(program.name) -f
    \(places.flatMap(lines).joined(separator: "\n"))

    """
  }

  private var placeFunction: String {
    """
    # Prints where the command line is: the command, a colon and the number of the next argument.
    function \(function)_place
      set -l place ""
      set -l count 1
      set -l skip 0
      set -l words (commandline -opc)
      for word in $words[2..-1]
        if test $skip = 1
          set skip 0
        else if string match -q -- '-?*' $word
          if contains -- $word (\(function)_value_options $place)
            set skip 1
          end
        else if test $count = 1; and contains -- $word (\(function)_commands $place)
          set place (string trim -- "$place $word")
        else
          set count (math $count + 1)
        end
      end
      echo "$place:$count"
    end
    """
  }

  private var tableFunctions: String {
    """
    # Prints the options of a command that take a value.
    function \(function)_value_options
      switch "$argv"
    \(cases(\.valueWords))
      end
    end

    # Prints the commands below a command.
    function \(function)_commands
      switch "$argv"
    \(cases { $0.commands.map(\.name) })
      end
    end

    # True at a command, and if a number is given at that argument of it, or from there on with "+".
    function \(function)_at
      set -l parts (string split -r -m 1 ':' -- (\(function)_place))
      test "$parts[1]" = "$argv[1]"; or return 1
      test -z "$argv[2]"; and return 0
      test -n "$argv[3]"; and test $parts[2] -ge $argv[2]; and return 0
      test $parts[2] -eq $argv[2]
    end
    """
  }

  private func cases(_ words: (CompletionPlace) -> [String]) -> String {
    places.compactMap { place in
      let list = words(place)
      guard !list.isEmpty else { return nil }
      return """
            case \(quote(place.key))
              printf '%s\\n' \(list.joined(separator: " "))
        """
    }.joined(separator: "\n")
  }

  private func lines(_ place: CompletionPlace) -> [String] {
    let start = "complete -c \(program.name) -n"
    let commands = place.commands.map { command in
      let condition = quote("\(function)_at \"\(place.key)\" 1")
      return "\(start) \(condition) -a \(command.name) -d \(quote(command.summary))"
    }
    let options = place.options.map { option in
      let short = option.short.map { " -s \($0)" } ?? ""
      let value = option.takesValue ? " -r\(candidates(option.values))" : ""
      let condition = quote("\(function)_at \"\(place.key)\"")
      return "\(start) \(condition) -l \(option.name)\(short)\(value) -d \(quote(option.help))"
    }
    let arguments = place.arguments.enumerated().compactMap { index, argument -> String? in
      guard argument.values != .free else { return nil }
      let from = argument.isRepeated ? " +" : ""
      let condition = quote("\(function)_at \"\(place.key)\" \(index + 1)\(from)")
      return "\(start) \(condition)\(candidates(argument.values)) -d \(quote(argument.help))"
    }
    return commands + options + arguments
  }

  private func candidates(_ values: ValueKind) -> String {
    switch values {
    case .free: " -f"
    case .file: " -F"
    case .folder: " -f -a '(__fish_complete_directories)'"
    case .choices(let list): " -f -a \(quote(list.joined(separator: " ")))"
    }
  }

  private func quote(_ text: String) -> String {
    "'\(text.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'"
  }
}
