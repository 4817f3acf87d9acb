import Foundation
import Settings
import TestSupport

/// A folder with a settings file, and the environment that it is read in.
struct Loading {
  let folder: TemporaryFolder
  var environment: [String: String] = [:]

  init(_ text: String, environment: [String: String] = [:]) throws {
    folder = try TemporaryFolder()
    self.environment = environment
    try write(text, to: "gatebook.yaml")
  }

  var file: String { folder.file("gatebook.yaml") }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: folder.file(name)))
  }

  func load(needsSource: Bool = true) throws -> ServiceSettings {
    try SettingsFile.load(path: file, environment: environment, needsSource: needsSource)
  }

  /// Each problem as a line without the name of the file.
  func problems() -> [String] {
    do throws(SettingsError) {
      _ = try SettingsFile.load(path: file, environment: environment)
      return []
    } catch {
      return error.problems.map(\.description)
    }
  }
}

/// The problems of a text.
func problems(_ text: String, environment: [String: String] = [:]) throws -> [String] {
  try Loading(text, environment: environment).problems()
}

/// The settings that a text means.
func settings(_ text: String, environment: [String: String] = [:]) throws -> ServiceSettings {
  try Loading(text, environment: environment).load()
}

/// A connection string as the portal gives it.
let connectionString =
  "Endpoint=sb://estate.servicebus.windows.net/;SharedAccessKeyName=listen;"
  + "SharedAccessKey=c2VjcmV0LWtleQ=="
let secretKey = "c2VjcmV0LWtleQ=="

/// The folder of the project.
let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().path
