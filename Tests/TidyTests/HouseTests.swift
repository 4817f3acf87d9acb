import Foundation
import Testing

/// What stands around the code, and that it agrees with it.
@Suite struct `The house` {
  @Test func `gives every target its folder`() {
    #expect(PackageTarget.all.count > 40)
    for target in PackageTarget.all {
      #expect(Repository.isFolder(target.path), "\(target.name) has no folder \(target.path)")
    }
  }

  @Test func `gives every folder of tests its target`() {
    let known = Set(PackageTarget.all.map(\.path))
    for file in Repository.swiftFiles where file.path.hasPrefix("Tests/") {
      #expect(
        known.contains { file.path.hasPrefix("\($0)/") }, "\(file.path) belongs to no target")
    }
  }

  @Test func `has no placeholders`() {
    let placeholders = Repository.swiftFiles.map(\.path)
      .filter { $0.hasSuffix("/Place" + "holder.swift") }
    #expect(placeholders.isEmpty)
  }

  @Test func `says what changed`() throws {
    let changes = try #require(Repository.read("CHANGELOG.md"))
    #expect(changes.contains(#/\n## \[(Unreleased|[0-9]+\.[0-9]+\.[0-9]+)\]/#))
  }

  @Test func `is under the Apache License`() throws {
    let license = try #require(Repository.read("LICENSE"))
    #expect(license.contains("Apache License") && license.contains("Version 2.0, January 2004"))
  }

  @Test(arguments: ["README.md", "CONTRIBUTING.md", ".ci/run", "CHANGELOG.md"])
  func `has every make target that it speaks of`(document: String) throws {
    let text = try #require(Repository.read(document))
    let makefile = try #require(Repository.read("Makefile"))
    let targets = Set(
      makefile.split(separator: "\n").compactMap { $0.prefixMatch(of: #/([a-z][a-z-]*):/#) }
        .map { String($0.output.1) })
    // Only what is set as code: a sentence may use the verb.
    for match in text.matches(of: #/(?:`|^|\n|exec )make ([a-z][a-z-]*)/#) {
      #expect(targets.contains(String(match.output.1)), "\(document): make \(match.output.1)")
    }
  }

  @Test func `documents every target of the Makefile`() throws {
    let makefile = try #require(Repository.read("Makefile"))
    for line in makefile.split(separator: "\n") {
      guard let match = line.prefixMatch(of: #/([a-z][a-z-]*):/#) else { continue }
      #expect(line.contains("## "), "make \(match.output.1) has no line in `make help`")
    }
  }

  @Test(arguments: [".ci/run"])
  func `can be run`(script: String) {
    #expect(
      FileManager.default.isExecutableFile(atPath: Repository.root.appending(path: script).path))
  }
}
