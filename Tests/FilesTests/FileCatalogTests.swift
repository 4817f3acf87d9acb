import Files
import Foundation
import Testing

@Suite struct `A catalog of files` {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["b.json", "a.json", "c.txt", ".hidden", "deep/z.json", "deep/.git/x.json"] {
      try folder.write(name, name)
    }
    try folder.write("deep/er/y.json", "y")
    try folder.write("[odd].json", "odd")
  }

  @Test(arguments: [
    (["b.json", "a.json"], ["b.json", "a.json"]),
    (["deep"], ["deep/er/y.json", "deep/z.json"]),
    (["deep/"], ["deep/er/y.json", "deep/z.json"]),
    (["*.json"], ["[odd].json", "a.json", "b.json"]),
    (["?.json"], ["a.json", "b.json"]),
    (["**/*.json"], ["[odd].json", "a.json", "b.json", "deep/z.json", "deep/er/y.json"]),
    (["**/y.json"], ["deep/er/y.json"]),
    (["deep/**"], ["deep/er/y.json", "deep/z.json"]),
    (["d*"], ["deep/er/y.json", "deep/z.json"]),
    ([".h*"], [".hidden"]),
    ([".hidden"], [".hidden"]),
    (["[odd].json"], ["[odd].json"]),
    (["[ab].json"], ["a.json", "b.json"]),
    (["b.json", "*.json", "./b.json"], ["b.json", "[odd].json", "a.json"]),
  ])
  func `holds what the arguments stand for, each once`(
    arguments: [String], names: [String]
  ) {
    let catalog = FileCatalog(arguments.map { folder.path + "/" + $0 })
    #expect(catalog.problems.isEmpty)
    #expect(catalog.entries.map(\.path) == names.map { folder.path + "/" + $0 })
  }

  @Test func `holds standard input once`() {
    let catalog = FileCatalog(["-", folder.path + "/a.json", "-"])
    #expect(catalog.entries == [.standardInput, .file(path: folder.path + "/a.json")])
  }

  @Test func `says what is missing and keeps the rest`() {
    let pattern = folder.path + "/*.gz"
    let catalog = FileCatalog(["/no/such", pattern, folder.path + "/a.json"])
    #expect(catalog.entries.count == 1)
    #expect(catalog.problems.map(\.code) == [.missing, .noMatch])
    #expect(catalog.problems.last?.description == "No file matches the pattern \(pattern).")
  }

  @Test func `does not run in circles and passes over links that lead nowhere`() throws {
    let manager = FileManager.default
    try manager.createSymbolicLink(
      atPath: folder.path + "/deep/loop", withDestinationPath: folder.path + "/deep")
    try manager.createSymbolicLink(
      atPath: folder.path + "/deep/dangling", withDestinationPath: "/no/such")
    try manager.createSymbolicLink(
      atPath: folder.path + "/deep/twice.json", withDestinationPath: folder.path + "/a.json")
    for argument in ["/deep", "/deep/**", "/**/deep"] {
      let catalog = FileCatalog([folder.path + argument, folder.path + "/a.json"])
      #expect(catalog.problems.isEmpty)
      #expect(
        catalog.entries.map(\.path)
          == ["er/y.json", "twice.json", "z.json"].map { folder.path + "/deep/" + $0 })
    }
  }
}
