internal import YAML

/// Reads settings files.
public enum SettingsFile {
  /// The settings where no file is given: no source, a ledger in the working directory.
  public static var defaults: ServiceSettings { ServiceSettings() }

  /// Reads a file, which is YAML or JSON, or tells everything that is wrong with it at once.
  ///
  /// `${NAME}` takes a value from `environment`; relative paths count from the folder of the file.
  /// Without `needsSource` there is no source and nothing wrong with it: a file whose secrets are
  /// on another machine then still serves for everything but `run`.
  public static func load(
    path: String, environment: [String: String], needsSource: Bool = true
  ) throws(SettingsError) -> ServiceSettings {
    let written = try node(path)
    let unset = ProblemList()
    let expanded = written.expandingVariables(problems: unset) { environment[$0] }
    let reading = SettingsReading(
      expanded: expanded, written: written,
      surroundings: Surroundings(ofFile: path, environment: environment))
    var settings = reading.read()
    // What a variable that is not set leads to is no problem of its own.
    let unsetPaths = Set(unset.problems.map(\.path))
    for problem in reading.problems.problems where !unsetPaths.contains(problem.path) {
      unset.add(problem)
    }
    var problems = unset.problems
    if !needsSource {
      settings.source = nil
      problems.removeAll(where: \.isOfSource)
    }
    guard problems.isEmpty else {
      throw SettingsError(file: path, problems: problems.map(SettingsProblem.init))
    }
    return settings
  }

  private static func node(_ path: String) throws(SettingsError) -> YAMLNode {
    let bytes: [UInt8]
    do throws(TextFile.Failure) {
      bytes = try TextFile.bytes(of: path, limit: YAMLReader.byteLimit)
    } catch {
      let message =
        error.isMissing
        ? "There is no settings file \(path)"
        : "The settings file \(path) cannot be read: \(error.reason)"
      throw SettingsError(file: path, problems: [SettingsProblem(message: message)])
    }
    do throws(Problem) {
      return try YAMLReader.read(bytes)
    } catch {
      throw SettingsError(file: path, problems: [SettingsProblem(error)])
    }
  }
}

extension Problem {
  fileprivate var isOfSource: Bool { path == "source" || path.hasPrefix("source.") }
}
