/// The files that arguments of a command line stand for.
///
/// An argument is a file, a folder (everything in it, also in its folders, except hidden files), a
/// pattern, or `-` for standard input. A file that exists goes before a pattern that looks like it.
public struct FileCatalog: Sendable {
  /// What is to be read: in the order of the arguments, then by name, each file once.
  public private(set) var entries: [FileEntry] = []
  /// What could not be found or listed, in the same order.
  public private(set) var problems: [FileError] = []

  private var seenFiles: Set<FileStatus.Place> = []
  private var seenFolders: Set<FileStatus.Place> = []

  /// Looks up every argument.
  public init(_ arguments: [String]) {
    for argument in arguments { add(argument) }
  }

  private mutating func add(_ argument: String) {
    if argument == "-" {
      if !entries.contains(.standardInput) { entries.append(.standardInput) }
      return
    }
    do {
      add(argument, try FileStatus(path: argument))
    } catch {
      guard error.code == .missing, GlobPattern.isPattern(argument) else {
        problems.append(error)
        return
      }
      addMatches(of: argument)
    }
  }

  private mutating func addMatches(of pattern: String) {
    let paths = GlobPattern(pattern).matches()
    if paths.isEmpty { problems.append(FileError(.noMatch, pattern)) }
    for path in paths { addFound(path) }
  }

  private mutating func addFound(_ path: String, inFolder: Bool = false) {
    do {
      let status = try FileStatus(path: path)
      // Pipes and devices are read when they are named, not when they lie about.
      if inFolder && status.kind == .other { return }
      add(path, status)
    } catch {
      // A link that leads nowhere is no file of the folder.
      if !(inFolder && error.code == .missing) { problems.append(error) }
    }
  }

  private mutating func add(_ path: String, _ status: FileStatus) {
    switch status.kind {
    case .regular, .other:
      if seenFiles.insert(status.place).inserted { entries.append(.file(path: path)) }
    case .folder:
      guard seenFolders.insert(status.place).inserted else { return }
      do {
        for name in try Folder.names(in: path) where !name.hasPrefix(".") {
          addFound(Folder.join(path, name), inFolder: true)
        }
      } catch {
        problems.append(error)
      }
    }
  }
}
