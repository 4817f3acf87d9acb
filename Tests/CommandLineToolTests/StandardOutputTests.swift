import Glibc
import Testing

@testable import CommandLineTool

@Suite struct `Standard output` {
  private struct Pipe {
    let reader: Int32
    let writer: Int32

    init() throws {
      var ends: [Int32] = [0, 0]
      try #require(pipe(&ends) == 0)
      (reader, writer) = (ends[0], ends[1])
    }

    /// What is in the pipe now; the pipe must not be empty.
    func read() -> String {
      var bytes = [UInt8](repeating: 0, count: 65_536)
      let count = Glibc.read(reader, &bytes, bytes.count)
      return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }

    var waiting: Int {
      var count: Int32 = 0
      _ = ioctl(reader, UInt(FIONREAD), &count)
      return Int(count)
    }
  }

  @Test func `keeps bytes until it is flushed`() throws {
    let pipe = try Pipe()
    defer {
      close(pipe.reader)
      close(pipe.writer)
    }
    let output = StandardOutput(descriptor: pipe.writer)
    try output.write("a")
    try output.line("b")
    try output.write([0x63])
    #expect(pipe.waiting == 0)
    try output.flush()
    #expect(pipe.read() == "ab\nc")
    try output.flush()
    #expect(pipe.waiting == 0)
  }

  @Test func `lets bytes go when 64 KiB are together`() throws {
    let pipe = try Pipe()
    defer {
      close(pipe.reader)
      close(pipe.writer)
    }
    let output = StandardOutput(descriptor: pipe.writer)
    try output.write([UInt8](repeating: 0x78, count: 65_535))
    #expect(pipe.waiting == 0)
    try output.write("x")
    #expect(pipe.waiting == 65_536)
  }

  @Test func `ends quietly when the reader is gone`() throws {
    signal(SIGPIPE, SIG_IGN)
    let pipe = try Pipe()
    defer { close(pipe.writer) }
    close(pipe.reader)
    let output = StandardOutput(descriptor: pipe.writer)
    try output.line("lost")
    #expect(throws: OutputError.readerGone) { try output.flush() }
    #expect(throws: OutputError.readerGone) { try output.line("again") }
    #expect(OutputError.readerGone.exitCode == 0)
  }

  @Test func `says so when the disk is full`() throws {
    let full = open("/dev/full", O_WRONLY)
    try #require(full >= 0)
    defer { close(full) }
    let output = StandardOutput(descriptor: full)
    try output.line("lost")
    #expect(throws: OutputError.failed(ENOSPC)) { try output.flush() }
    #expect(OutputError.failed(ENOSPC).exitCode == 1)
    #expect(
      OutputError.failed(ENOSPC).description
        == "The output cannot be written: No space left on device.")
  }

  @Test func `waits for a slow reader of a pipe that does not block`() throws {
    let pipe = try Pipe()
    defer {
      close(pipe.reader)
      close(pipe.writer)
    }
    _ = fcntl(pipe.writer, F_SETFL, O_NONBLOCK)
    let output = StandardOutput(descriptor: pipe.writer)
    let size = 500_000
    var thread = pthread_t()
    // The writer needs a thread of its own, since it waits until this one reads.
    let box = Unmanaged.passRetained(output)
    let created = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        let output = Unmanaged<StandardOutput>.fromOpaque(context).takeRetainedValue()
        try? output.write([UInt8](repeating: 0x78, count: 500_000))
        return nil
      }, box.toOpaque())
    try #require(created == 0)
    var received = 0
    while received < size { received += pipe.read().utf8.count }
    pthread_join(thread, nil)
    #expect(received == size)
  }
}
