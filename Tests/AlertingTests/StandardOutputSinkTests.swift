import Access
import Alerting
import Foundation
import Testing

@Suite struct `A standard output sink` {
  @Test func `writes rows of the contract`() throws {
    let pipe = Pipe()
    let sink = StandardOutputSink(descriptor: pipe.fileHandleForWriting.fileDescriptor)
    try sink.deliver(entries(1...2))
    try sink.deliver(entries(3...3))
    try pipe.fileHandleForWriting.close()
    let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
    #expect(String(decoding: bytes, as: UTF8.self) == lines(entries(1...3)))
  }

  @Test func `says what the system said`() throws {
    let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
    #expect {
      try StandardOutputSink(descriptor: full.fileDescriptor).deliver(entries(1...1))
    } throws: {
      "\($0)" == "Could not write to standard output: No space left on device"
    }
  }
}
