/// The lines of a file from its end to its beginning, read in blocks.
struct BackwardLines {
  private let file: AppendedFile
  /// Where the bytes begin that are held.
  private var start: Int64
  /// Bytes that were read and not yet handed out.
  private var held: [UInt8] = []

  private static let blockSize: Int64 = 64 * 1024
  /// A longer line ends the reading: it is none of ours.
  private static let lineLimit = 32 * 1024 * 1024

  init(file: AppendedFile, end: Int64) {
    self.file = file
    start = end
  }

  /// The next line towards the beginning, without its end; nil when there are no more.
  mutating func next() throws(AlertDeliveryError) -> [UInt8]? {
    if held.isEmpty && start > 0 { try readBlock() }
    if held.last == UInt8(ascii: "\n") { held.removeLast() } else if held.isEmpty { return nil }
    return try takeLast()
  }

  /// What stands after the last end of a line, nil when nothing does.
  mutating func unendedLine() throws(AlertDeliveryError) -> [UInt8]? {
    if held.isEmpty && start > 0 { try readBlock() }
    guard let last = held.last, last != UInt8(ascii: "\n") else { return nil }
    return try takeLast()
  }

  /// Takes out what stands after the last line end among the bytes before.
  private mutating func takeLast() throws(AlertDeliveryError) -> [UInt8]? {
    var searched = 0
    while true {
      let unsearched = held.dropLast(searched)
      if let end = unsearched.lastIndex(of: UInt8(ascii: "\n")) {
        let line = Array(held[(end + 1)...])
        held.removeSubrange((end + 1)...)
        return line
      }
      searched = held.count
      if start == 0 {
        defer { held = [] }
        return held
      }
      guard held.count < BackwardLines.lineLimit else { return nil }
      try readBlock()
    }
  }

  private mutating func readBlock() throws(AlertDeliveryError) {
    let count = min(BackwardLines.blockSize, start)
    start -= count
    held = try file.read(at: start, count: Int(count)) + held
  }
}
