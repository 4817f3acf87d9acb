internal import YAML

/// Something that is wrong with a settings file, and what to do about it.
public struct SettingsProblem: Hashable, Sendable {
  /// The line, counted from 1; nil where the file as a whole is concerned.
  public let line: Int?
  /// The column in characters, counted from 1; nil where the file as a whole is concerned.
  public let column: Int?
  /// The keys that lead to it, such as `alerts[0].path`; empty for the file as a whole.
  public let path: String
  /// What is wrong, without a full stop; never a secret.
  public let message: String
  /// What to do about it, as a sentence, where that is known.
  public let remedy: String?

  /// A problem with the file as a whole.
  init(message: String, remedy: String? = nil) {
    line = nil
    column = nil
    path = ""
    self.message = message
    self.remedy = remedy
  }

  init(_ problem: Problem) {
    line = problem.place.line
    column = problem.place.column
    path = problem.path
    message = problem.message
    remedy = problem.remedy
  }
}

extension SettingsProblem: CustomStringConvertible {
  /// One line without the name of the file, such as
  /// `4:3: source.form: unknown key. Did you mean 'from'?`.
  public var description: String {
    var text = ""
    if let line, let column { text = "\(line):\(column): " }
    if !path.isEmpty { text += "\(path): " }
    return text + message + "." + (remedy.map { " \($0)" } ?? "")
  }
}

/// A settings file that cannot be used, with everything that is wrong with it.
public struct SettingsError: Error, Hashable, Sendable {
  /// The file, as it was named.
  public let file: String
  /// All problems, in the order of the file; at least one.
  public let problems: [SettingsProblem]
}

extension SettingsError: CustomStringConvertible {
  /// One line for each problem, such as
  /// `gatebook.yaml:4:3: source.form: unknown key. Did you mean 'from'?`.
  public var description: String {
    problems.map { problem in
      problem.line == nil ? problem.description : "\(file):\(problem)"
    }.joined(separator: "\n")
  }
}
