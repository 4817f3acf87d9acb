public import SQLite

/// Why the ledger cannot be used, in one sentence that says what to do.
public struct LedgerError: Error, Sendable, CustomStringConvertible {
  /// What went wrong.
  public enum Code: Sendable {
    /// There is no such ledger.
    case notFound
    /// Another process feeds it.
    case inUse
    /// A newer program wrote it.
    case newerVersion
    /// An older program wrote it, and this reader must not change it.
    case olderVersion
    /// The file is there but no ledger.
    case notALedger
    /// It cannot be written.
    case readOnly
    /// There is no room.
    case diskFull
    /// The file is damaged.
    case corrupt
    /// It lies on a network file system.
    case networkFileSystem
    /// Anything else that SQLite reports.
    case other
  }

  /// What went wrong.
  public let code: Code
  /// One sentence for people.
  public let description: String

  /// An error with its sentence.
  public init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }

  /// What an error of SQLite means for the ledger at a path.
  public init(_ error: SQLiteError, path: String) {
    if error.isFull {
      self.init(
        .diskFull,
        "The disk that holds \(path) is full or failed to write; nothing of this step was kept. "
          + "Make room and start again: reading goes on where it was.")
    } else if error.isReadOnly {
      self.init(
        .readOnly,
        "The ledger \(path) cannot be written; give this user write access to it and its folder.")
    } else if error.isNotADatabase {
      self.init(
        .notALedger,
        "\(path) is no ledger, or its beginning is damaged; name another file or restore it from "
          + "a backup.")
    } else if error.isCorrupt {
      self.init(
        .corrupt,
        "\(path) is damaged (\(error.message)); restore it from a backup.")
    } else if error.cannotOpen {
      self.init(
        .other, "The ledger \(path) cannot be opened (\(error.message)); look at its permissions.")
    } else if error.isBusy {
      self.init(
        .inUse, "Another process holds the ledger \(path); stop it or wait, then try again.")
    } else {
      self.init(.other, "The ledger \(path) failed: \(error.description)")
    }
  }
}
