/// The declaration of an option: a flag, or a name with a value.
public struct Option: Sendable {
  /// The long name, without the two hyphens.
  public var name: String
  /// The one-letter name, without the hyphen.
  public var short: Character?
  /// What the value is called in the help, or nil for a flag.
  public var value: String?
  /// What the option does, without a full stop.
  public var help: String
  /// The value that is read when the option is not given; shown in the help.
  public var defaultValue: String?
  /// What happens when the option is not given, in words, for the help alone.
  public var defaultText: String?
  /// True when the option may be given several times.
  public var isRepeated: Bool
  /// What its values look like.
  public var values: ValueKind
  /// True when help and completions pass over the option.
  public var isHidden: Bool

  /// Declares an option that takes a value.
  public init(
    _ name: String, short: Character? = nil, value: String, help: String,
    default defaultValue: String? = nil, defaultText: String? = nil, isRepeated: Bool = false,
    values: ValueKind = .free, isHidden: Bool = false
  ) {
    self.name = name
    self.short = short
    self.value = value
    self.help = help
    self.defaultValue = defaultValue
    self.defaultText = defaultText
    self.isRepeated = isRepeated
    self.values = values
    self.isHidden = isHidden
  }

  /// Declares a flag.
  public init(flag name: String, short: Character? = nil, help: String, isHidden: Bool = false) {
    self.init(name, short: short, value: "", help: help, isHidden: isHidden)
    value = nil
  }

  /// True when the option is given with a value.
  public var takesValue: Bool { value != nil }

  /// Both hyphens and the name.
  var long: String { "--\(name)" }

  /// How the help's left column shows it; the place of a missing short name stays empty.
  var columns: String {
    let names = short.map { "-\($0), \(long)" } ?? "    \(long)"
    return value.map { "\(names) \($0)" } ?? names
  }

  /// The help with what may be given and what holds when nothing is.
  var fullHelp: String {
    var notes: [String] = []
    if !values.list.isEmpty { notes.append("one of \(values.list.joined(separator: ", "))") }
    if isRepeated { notes.append("may be repeated") }
    if let text = defaultText ?? defaultValue { notes.append("default: \(text)") }
    return notes.isEmpty ? help : "\(help) (\(notes.joined(separator: "; ")))"
  }

  /// The option that every command has.
  static let help = Option(flag: "help", short: "h", help: "Show this help")
}

/// Options that several commands share, under a heading of their own.
public struct OptionGroup: Sendable {
  /// The heading in the help.
  public var title: String
  /// The options, in the order in which the help shows them.
  public var options: [Option]

  /// Declares a group of options.
  public init(_ title: String, _ options: [Option]) {
    self.title = title
    self.options = options
  }
}
