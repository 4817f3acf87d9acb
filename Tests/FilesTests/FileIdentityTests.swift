import Files
import Foundation
import Testing

@Suite struct `The identity of a file` {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = try folder.write("file", "first\nsecond\n")
  }

  @Test func `holds the digest of its beginning and of what is before a place`() throws {
    #expect(try FileIdentity(ofFile: path).size == 13)
    let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
    let large = try folder.write("large", bytes)
    #expect(try FileIdentity(ofFile: large).head == sample(bytes[..<65_536]).head)
    #expect(
      try FileIdentity.digest(ofFile: large, before: 90_000)
        == sample(bytes[(90_000 - 65_536)..<90_000]).head)
    #expect(try FileIdentity.digest(ofFile: large, before: 10) == sample(bytes[..<10]).head)
    #expect(try sample(bytes[..<10]).head != sample(bytes[..<11]).head)
  }

  @Test func `is the same by another path`() throws {
    let link = folder.path + "/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    #expect(try FileIdentity(ofFile: link) == FileIdentity(ofFile: path))
  }

  @Test func `says that nothing changed`() throws {
    #expect(try changed { _ in } == FileIdentity.Change.none)
  }

  @Test func `says that it has grown`() throws {
    #expect(try changed { try folder.append("file", $0) } == .grown)
  }

  @Test func `says that it has grown under a new name`() throws {
    let change = try change { text in
      try folder.append("file", text)
      try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
      return path + ".1"
    }
    #expect(change == .grown)
  }

  @Test(arguments: ["third\nsecond\nmore\n", "first\nseconD\nmore\n", "first\n", "other\nsecond\n"])
  func `says that it was written anew`(text: String) throws {
    #expect(try changed { _ in try folder.write("file", text) } == .replaced)
  }

  @Test func `of a folder is refused`() {
    #expect(throws: FileError.self) { try FileIdentity(ofFile: folder.path) }
  }

  /// The identity of a file that holds these bytes only.
  private func sample(_ bytes: ArraySlice<UInt8>) throws -> FileIdentity {
    try FileIdentity(ofFile: folder.write("sample", Array(bytes)))
  }

  private func changed(_ body: (String) throws -> Void) throws -> FileIdentity.Change {
    try change { text in
      try body(text)
      return path
    }
  }

  private func change(_ body: (String) throws -> String) throws -> FileIdentity.Change {
    let earlier = try FileIdentity(ofFile: path)
    let tail = try FileIdentity.digest(ofFile: path, before: 13)
    let now = try FileIdentity(ofFile: body("third\n"))
    return try now.change(since: earlier, readUpTo: 13, tail: tail)
  }
}
