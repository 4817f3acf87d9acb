import Foundation

/// The tree these tests read: found from this file, so that no folder of anybody's machine is named.
enum Repository {
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Every Swift file of `Sources`, `Tests` and the package description, cut into code and comments.
  static let swiftFiles: [SwiftSource] = textFiles.filter { $0.path.hasSuffix(".swift") }
    .map { SwiftSource(path: $0.path, text: $0.text) }

  /// The Swift files that are compiled into the program.
  static let programFiles = swiftFiles.filter { $0.path.hasPrefix("Sources/") }

  /// Every text file that belongs to the project, whatever its language.
  static let textFiles: [(path: String, text: String)] = paths.compactMap { path in
    read(path).map { (path, $0) }
  }

  /// Paths of the project's files, relative to the root.
  ///
  /// What a user may have left at the top level (a ledger, an alert file) is not the project's.
  private static let paths: [String] = {
    let folders = ["Sources", "Tests", "Config", ".ci"].flatMap(files(under:))
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
    let top = names.filter { name in
      ["Makefile", "LICENSE", ".gitignore"].contains(name)
        || ["md", "swift", "yml"].contains((name as NSString).pathExtension)
    }
    return (folders + top).sorted()
  }()

  static func read(_ path: String) -> String? {
    try? String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  static func isFolder(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    let there = FileManager.default.fileExists(
      atPath: root.appending(path: path).path, isDirectory: &isDirectory)
    return there && isDirectory.boolValue
  }

  private static func files(under folder: String) -> [String] {
    let base = root.appending(path: folder)
    guard let names = FileManager.default.enumerator(atPath: base.path) else { return [] }
    return names.compactMap { $0 as? String }.map { "\(folder)/\($0)" }.filter { !isFolder($0) }
  }
}
