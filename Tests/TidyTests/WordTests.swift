import Testing

/// Words that tell of work left undone, of crashes to come or of one machine.
@Suite struct `The words of the project` {
  /// In the program's code, outside comments and strings; a test may end its own process.
  static let bannedInCode = ["fatalError(", "try!"]

  /// Anywhere, in any text of the project.
  ///
  /// Each is written in two parts, or this would find itself.
  static let bannedAnywhere = [
    "FIX" + "ME", "XX" + "X:", "HA" + "CK:",
    // Hosts of package registries and mirrors: where packages come from is the machine's business.
    "deb." + "debian.org", "security." + "debian.org", "archive." + "ubuntu.com", "pypi" + ".org",
    "files." + "pythonhosted.org", "registry." + "npmjs.org", "crates" + ".io",
    "proxy." + "golang.org", "repo." + "maven.apache.org", "repo1." + "maven.org",
  ]

  /// Folders of one machine.
  ///
  /// They count where a path begins, not inside a longer one.
  static let machineFolders = ["/wo" + "rk/", "/ho" + "me/", "/ro" + "ot/", "/Us" + "ers/"]

  @Test(arguments: bannedInCode)
  func `crash nothing`(word: String) {
    for file in Repository.programFiles {
      for (index, line) in file.code.enumerated() {
        #expect(!line.contains(word), "\(file.path):\(index + 1): \(word)")
      }
    }
  }

  @Test func `name nobody's machine and no registry`() {
    for file in Repository.textFiles {
      for (index, line) in file.text.split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated()
      {
        let word = Self.bannedAnywhere.first(where: line.contains) ?? Self.machineFolder(in: line)
        #expect(word == nil, "\(file.path):\(index + 1): \(word ?? "")")
      }
    }
  }

  @Test func `leave nothing undone without an issue`() {
    let mark = "TO" + "DO"
    for file in Repository.swiftFiles {
      for (index, line) in file.comments.enumerated() where line.contains(mark) {
        #expect(
          line.contains(#/#[0-9]+/#), "\(file.path):\(index + 1): a \(mark) names its issue (#N)")
      }
    }
  }

  @Test(arguments: ["@unchecked" + " Sendable", "nonisolated" + "(unsafe)"])
  func `say what protects what the compiler cannot check`(escape: String) {
    for file in Repository.swiftFiles {
      for (index, line) in file.code.enumerated() where line.contains(escape) {
        #expect(
          Self.hasComment(above: index, in: file), "\(file.path):\(index + 1): \(escape) says why")
      }
    }
  }

  @Test func `spell no asynchronous code`() {
    for file in Repository.programFiles {
      for (index, line) in file.code.enumerated() {
        #expect(
          !line.contains(#/(^|[^.\w])(async|await)\b/#),
          "\(file.path):\(index + 1): work runs on named threads, nothing is async")
      }
    }
  }

  @Test(arguments: [
    ("cd /wo" + "rk/main", true), ("\"/ho" + "me/x\"", true), ("a/wo" + "rk/b", false),
    ("resourceGroups/ho" + "me/", false), ("/wo" + "rks/", false),
  ])
  func `know a machine's folder from a part of a path`(line: String, found: Bool) {
    #expect((Self.machineFolder(in: Substring(line)) != nil) == found)
  }

  private static func machineFolder(in line: Substring) -> String? {
    machineFolders.first { folder in
      line.ranges(of: folder).contains { range in
        guard range.lowerBound > line.startIndex else { return true }
        let before = line[line.index(before: range.lowerBound)]
        return !(before.isLetter || before.isNumber || "/.-_)}*".contains(before))
      }
    }
  }

  /// A comment on the line above; attributes may stand between.
  private static func hasComment(above index: Int, in file: SwiftSource) -> Bool {
    var above = index - 1
    while above >= 0, file.code[above].drop(while: { $0 == " " }).hasPrefix("@") { above -= 1 }
    return above >= 0 && file.comments[above].contains("//")
  }
}
