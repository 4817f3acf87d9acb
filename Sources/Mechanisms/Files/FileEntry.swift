/// Something to read: standard input, or a file of a given path.
public enum FileEntry: Hashable, Sendable {
  /// What is piped into the program.
  case standardInput
  /// A file, a named pipe or a device.
  case file(path: String)

  /// The path, or `-` for standard input.
  public var path: String {
    switch self {
    case .standardInput: "-"
    case .file(let path): path
    }
  }
}
