import Compression
import Foundation
import Testing

@Suite struct `A gzip file` {
  @Test func `holds what was written to it and is for its owner only`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "a.gz").path
    var writer = try GzipWriter(path: path)
    for _ in 0..<1000 { try writer.write(Array("some text\n".utf8).span.bytes) }
    try writer.write([UInt8]().span.bytes)
    try writer.finish()
    try writer.finish()

    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    var inflater = try Inflater()
    var buffer = [UInt8](repeating: 0, count: 20_000)
    var span = buffer.mutableSpan
    var target = span.mutableBytes
    let progress = try inflater.inflate(bytes.span.bytes, into: &target)
    #expect(progress.produced == 10_000)
    #expect(buffer.starts(with: Array("some text\nsome".utf8)))
    try inflater.finish()
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func `that cannot be made says why`() {
    let failure = #expect(throws: GzipWriter.Failure.self) {
      _ = try GzipWriter(path: "/does/not/exist.gz")
    }
    #expect(failure?.description == "Cannot write /does/not/exist.gz: No such file or directory.")
  }

  @Test func `takes nothing more when it is finished`() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    var writer = try GzipWriter(path: path)
    try writer.finish()
    var refused = false
    do { try writer.write([1].span.bytes) } catch { refused = true }
    #expect(refused)
  }
}
