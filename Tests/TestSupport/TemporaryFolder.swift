import Foundation

/// A new empty folder, removed with everything in it when the last reference goes.
public final class TemporaryFolder {
  /// The absolute path of the folder.
  public let path: String

  /// Makes the folder.
  public init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    path = url.path
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The path of a file in the folder; it is not made.
  public func file(_ name: String) -> String { "\(path)/\(name)" }
}
