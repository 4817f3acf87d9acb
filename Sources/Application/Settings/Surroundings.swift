/// Where relative paths of a settings file count from.
struct Surroundings {
  /// The folder of the settings file, with a slash at its end; empty for the working directory.
  let folder: String
  /// Where systemd puts credentials, if it does.
  let credentials: String?

  init(ofFile path: String, environment: [String: String]) {
    folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    credentials = environment["CREDENTIALS_DIRECTORY"].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The path that a name in the file means.
  func path(of name: String) -> String { name.hasPrefix("/") ? name : folder + name }

  /// The same for a file with a secret: a credential of this name comes first.
  func secretPath(of name: String) -> String {
    if !name.hasPrefix("/"), let credentials {
      let path = "\(credentials)/\(name)"
      if TextFile.isReadable(path) { return path }
    }
    return path(of: name)
  }
}
