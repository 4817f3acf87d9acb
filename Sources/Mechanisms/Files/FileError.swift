internal import Glibc

/// Why a file could not be found or read.
public struct FileError: Error, Sendable, CustomStringConvertible {
  /// The kinds of failure, open to more.
  public struct Code: Hashable, Sendable {
    private let name: String

    private init(_ name: String) { self.name = name }

    /// There is nothing of that name.
    public static let missing = Code("missing")
    /// The system refuses to open it.
    public static let notPermitted = Code("notPermitted")
    /// It is a folder where a file is needed.
    public static let isFolder = Code("isFolder")
    /// A pattern matches no file.
    public static let noMatch = Code("noMatch")
    /// Its compressed data is damaged.
    public static let corrupt = Code("corrupt")
    /// Its compressed data ends too early.
    public static let truncated = Code("truncated")
    /// It cannot be read from the middle.
    public static let notResumable = Code("notResumable")
    /// The system could not read it.
    public static let unreadable = Code("unreadable")
  }

  /// The kind of failure.
  public let code: Code
  /// The file, folder or pattern as it was given.
  public let path: String
  /// The failure as one sentence.
  public let description: String

  init(_ code: Code, _ path: String, detail: String = "") {
    self.code = code
    self.path = path
    description =
      switch code {
      case .missing: "There is no file or folder \(path)."
      case .notPermitted: "Reading \(path) is not permitted."
      case .isFolder: "\(path) is a folder."
      case .noMatch: "No file matches the pattern \(path)."
      case .truncated: "The compressed data of \(path) ends too early."
      case .notResumable: "\(path) cannot be read from the middle: \(detail)."
      case .corrupt: "\(path) is damaged: \(detail)."
      default: "Cannot read \(path): \(detail)."
      }
  }

  init(_ path: String, errorNumber: Int32) {
    switch errorNumber {
    case ENOENT, ENOTDIR: self.init(.missing, path)
    case EACCES, EPERM: self.init(.notPermitted, path)
    case EISDIR: self.init(.isFolder, path)
    default:
      self.init(.unreadable, path, detail: unsafe String(cString: strerror(errorNumber)))
    }
  }
}

extension FileError: Equatable {
  /// Two failures are the same when kind and place are; the wording does not matter.
  public static func == (left: FileError, right: FileError) -> Bool {
    left.code == right.code && left.path == right.path
  }
}
