internal import Glibc

/// A path with `*`, `?`, `[…]` or `**` (any number of folders) in it.
///
/// A part that does not begin with a dot does not match names that do, as in a shell.
struct GlobPattern {
  private let root: String
  private let parts: [String]

  static func isPattern(_ text: String) -> Bool { text.contains { "*?[".contains($0) } }

  init(_ text: String) {
    root = text.hasPrefix("/") ? "/" : ""
    parts = text.split(separator: "/").map(String.init)
  }

  /// Every file and folder that matches, by name; folders that cannot be listed match nothing.
  func matches() -> [String] {
    var found: [String] = []
    walk(root, parts[...], &found)
    return found
  }

  private func walk(_ folder: String, _ rest: ArraySlice<String>, _ found: inout [String]) {
    guard let part = rest.first else {
      found.append(folder)
      return
    }
    let later = rest.dropFirst()
    if part == "**" {
      walkDeep(folder, later, &found)
    } else if Self.isPattern(part) {
      for name in names(in: folder) where matches(name, part) {
        descend(Folder.join(folder, name), later, &found)
      }
    } else {
      descend(Folder.join(folder, part), later, &found)
    }
  }

  /// `**` stands for no folder, or for one and then any number again; links are not followed.
  private func walkDeep(_ folder: String, _ later: ArraySlice<String>, _ found: inout [String]) {
    if later.isEmpty {
      found.append(folder.isEmpty ? "." : folder)
    } else {
      walk(folder, later, &found)
    }
    if later.isEmpty { return }
    for name in names(in: folder) where !name.hasPrefix(".") {
      let path = Folder.join(folder, name)
      if isRealFolder(path) { walkDeep(path, later, &found) }
    }
  }

  private func descend(_ path: String, _ later: ArraySlice<String>, _ found: inout [String]) {
    guard let status = try? FileStatus(path: path) else { return }
    if later.isEmpty || status.kind == .folder { walk(path, later, &found) }
  }

  private func names(in folder: String) -> [String] {
    (try? Folder.names(in: folder.isEmpty ? "." : folder)) ?? []
  }

  private func matches(_ name: String, _ part: String) -> Bool {
    unsafe fnmatch(part, name, FNM_PERIOD) == 0
  }

  private func isRealFolder(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
