import Foundation
import JSONScan
import TestSupport

/// The records of a log, to be written again in other orders and cuts.
struct ShuffledLog {
  private let data: Data
  private var records: [(start: Int, length: Int32)] = []

  /// Finds the records in a file of messages on lines.
  init(_ path: String) throws {
    data = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
    var scanner = JSONScanner(arrayKey: "records", keys: ["operationName"])
    try data.withUnsafeBytes { bytes in
      var start = 0
      while start < bytes.count, let base = bytes.baseAddress {
        let newline = memchr(base + start, 0x0A, bytes.count - start)
        let end = newline.map { UnsafeRawPointer($0) - base } ?? bytes.count
        let line = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
        guard scanner.scan(RawSpan(_unsafeBytes: line)).isComplete else {
          throw ProgramFailure("A line of the log is no message.")
        }
        for record in 0..<scanner.recordCount {
          let slot = scanner.slot(record)
          records.append((start + slot.offset, Int32(slot.length)))
        }
        start = end + 1
      }
    }
  }

  var count: Int { records.count }

  /// How a log is written again.
  struct Cut: Sendable {
    /// How many records a message has at most; 0 writes bare records on lines.
    let perMessage: Int
    let files: Int
    /// How many commands read the files, one after the other.
    let commands: Int
  }

  /// Writes all records in another order, a tenth of them twice, and returns the files.
  func write(
    _ cut: Cut, to folder: TemporaryFolder, using chance: inout SeededChance
  ) throws -> [String] {
    var order = records
    for _ in 0..<records.count / 10 {
      order.append(records[Int.random(in: 0..<records.count, using: &chance)])
    }
    order.shuffle(using: &chance)
    var paths: [String] = []
    var next = 0
    for file in 0..<cut.files {
      let end = order.count * (file + 1) / cut.files
      let path = folder.path("part-\(file).json")
      try write(order[next..<end], cut, to: path, using: &chance)
      paths.append(path)
      next = end
    }
    return paths
  }

  private func write(
    _ records: ArraySlice<(start: Int, length: Int32)>, _ cut: Cut, to path: String,
    using chance: inout SeededChance
  ) throws {
    guard let file = fopen(path, "w") else { throw ProgramFailure("Cannot write \(path).") }
    defer { fclose(file) }
    data.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      var left = 0
      for (index, record) in records.enumerated() {
        if cut.perMessage > 0 {
          let isFirst = left == 0
          if isFirst { left = Int.random(in: 1...cut.perMessage, using: &chance) }
          fputs(isFirst ? "{\"records\":[" : ",", file)
          left -= 1
        }
        fwrite(base + record.start, 1, Int(record.length), file)
        let isLast = cut.perMessage == 0 || left == 0 || index == records.count - 1
        if isLast { fputs(cut.perMessage > 0 ? "]}\n" : "\n", file) }
      }
    }
  }
}
