import Access
import AccessDecoding
import BareScan
import Foundation

/// The decode path alone: messages in memory, beside simdjson reading one field of each record.
struct DecodeBenchmark {
  private let options: BenchmarkOptions
  private let folder: WorkFolder
  /// How much of a log is held in memory.
  private static let memory = 256 << 20

  init(_ options: BenchmarkOptions, _ folder: WorkFolder) {
    self.options = options
    self.folder = folder
  }

  func run() throws {
    var table = ResultTable(
      "Decode path alone, one thread, against simdjson On-Demand reading operationName",
      ["log", "ours rec/s", "GB/s", "simdjson rec/s", "ratio", "simdjson, padded", "ratio"])
    for share in options.shares {
      let log = try SimulatedLog(share: share, options, folder)
      let messages = try MessagesInMemory(log, limit: Self.memory)
      var (ours, bare, padded): ([Double], [Double], [Double]) = ([], [], [])
      for _ in 0...options.repetitions {
        ours.append(try decode(messages))
        bare.append(try scan(messages, isPadded: false))
        padded.append(try scan(messages, isPadded: true))
      }
      // The first round warms up memory and the choice of instructions.
      let (a, b, c) = (
        Array(ours.dropFirst()).median, Array(bare.dropFirst()).median,
        Array(padded.dropFirst()).median
      )
      let records = Double(messages.records)
      table.add([
        log.title, (records / a).thousands, (Double(messages.byteCount) / a / 1e9).shown(2),
        (records / b).thousands, (b / a).times, (records / c).thousands, (c / a).times,
      ])
    }
    table.show()
    Screen.line("")
    Screen.line(
      "Goal: ≥ 0.8 × (0.1 % JIT). simdjson copies each message into its padded buffer, as a")
    Screen.line("consumer has to; \"padded\" leaves that out.")
  }

  private func decode(_ messages: MessagesInMemory) throws -> Double {
    var decoder = MessageDecoder(DecodingSettings())
    var output = DecodedInput()
    var records = 0
    let spent = Spent {
      messages.withEach { bytes, _ in
        decoder.decode(RawSpan(_unsafeBytes: bytes), as: .message, into: &output)
        records += output.counts.recordsRead
      }
    }
    guard records == messages.records else {
      throw BenchmarkFailure("The decoder found \(records) of \(messages.records) records.")
    }
    return spent.wall
  }

  private func scan(_ messages: MessagesInMemory, isPadded: Bool) throws -> Double {
    guard let scan = bare_scan_new() else { throw BenchmarkFailure("There is no memory.") }
    defer { bare_scan_free(scan) }
    var result = bare_scan_result()
    var isRead = true
    let spent = Spent {
      messages.withEach { bytes, capacity in
        let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        let ok =
          isPadded
          ? bare_scan_padded(scan, start, bytes.count, capacity, &result)
          : bare_scan_message(scan, start, bytes.count, &result)
        isRead = isRead && ok
      }
    }
    guard isRead, Int(result.records) == messages.records else {
      throw BenchmarkFailure("simdjson found \(result.records) of \(messages.records) records.")
    }
    return spent.wall
  }
}

/// The first messages of a log, each with padding behind it.
final class MessagesInMemory {
  private let storage: UnsafeMutableRawBufferPointer
  private var ranges: [Range<Int>] = []
  private(set) var byteCount = 0
  private(set) var records = 0

  init(_ log: SimulatedLog, limit: Int) throws {
    let padding = bare_scan_padding()
    storage = .allocate(byteCount: limit, alignment: 64)
    storage.initializeMemory(as: UInt8.self, repeating: 0)
    var end = 0
    try log.forEachMessage { message in
      guard end + message.count + padding <= limit else { return false }
      storage.baseAddress?.advanced(by: end).copyMemory(
        from: message.baseAddress.unsafelyUnwrapped, byteCount: message.count)
      ranges.append(end..<end + message.count)
      end += message.count + padding
      byteCount += message.count
      return true
    }
    records = try count()
  }

  deinit { storage.deallocate() }

  func withEach(_ body: (_ bytes: UnsafeRawBufferPointer, _ capacity: Int) -> Void) {
    let padding = bare_scan_padding()
    let bytes = UnsafeRawBufferPointer(storage)
    for range in ranges {
      body(UnsafeRawBufferPointer(rebasing: bytes[range]), range.count + padding)
    }
  }

  private func count() throws -> Int {
    guard let scan = bare_scan_new() else { throw BenchmarkFailure("There is no memory.") }
    defer { bare_scan_free(scan) }
    var result = bare_scan_result()
    withEach { bytes, capacity in
      _ = bare_scan_padded(
        scan, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count, capacity,
        &result)
    }
    return Int(result.records)
  }
}
