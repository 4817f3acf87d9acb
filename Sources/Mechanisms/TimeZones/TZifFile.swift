/// The second part of a TZif file (RFC 8536): transitions in 64-bit seconds, and the footer.
struct TZifFile {
  /// What is wrong with the file.
  struct Malformed: Error {
    let reason: String
  }

  /// Files that start with the beginning of the universe stay within it, and no sum overflows.
  static let timeLimit: Int64 = 1 << 60

  private(set) var transitions: [Int64] = []
  /// For each transition the index of what it changes to.
  private(set) var typeIndices: [Int] = []
  private(set) var types: [LocalTimeType] = []
  private(set) var footer: FooterRule?

  init(_ bytes: [UInt8]) throws(Malformed) {
    var reader = BigEndianReader(bytes: bytes)
    let first = try Header(&reader)
    guard first.version >= UInt8(ascii: "2") else {
      throw Malformed(reason: "it has 32-bit times only")
    }
    try reader.skip(first.bodySize(timeSize: 4))
    let header = try Header(&reader)
    guard header.leapCount == 0 else {
      throw Malformed(reason: "it counts leap seconds")
    }
    try readTransitions(header, &reader)
    try readTypes(header, &reader)
    try reader.skip(header.standardCount + header.universalCount)
    try readFooter(&reader)
  }

  private mutating func readTransitions(
    _ header: Header, _ reader: inout BigEndianReader
  ) throws(Malformed) {
    for _ in 0..<header.timeCount {
      let second = Int64(bitPattern: try reader.integer(bytes: 8))
      if let last = transitions.last, second <= last {
        throw Malformed(reason: "its transitions are not in order")
      }
      guard (-Self.timeLimit...Self.timeLimit).contains(second) else {
        throw Malformed(reason: "a transition is too far away")
      }
      transitions.append(second)
    }
    for _ in 0..<header.timeCount {
      let index = Int(try reader.integer(bytes: 1))
      guard index < header.typeCount else {
        throw Malformed(reason: "a transition leads nowhere")
      }
      typeIndices.append(index)
    }
  }

  private mutating func readTypes(
    _ header: Header, _ reader: inout BigEndianReader
  ) throws(Malformed) {
    var nameStarts: [Int] = []
    for _ in 0..<header.typeCount {
      let offset = Int(Int32(truncatingIfNeeded: try reader.integer(bytes: 4)))
      guard (-93600...93600).contains(offset) else {
        throw Malformed(reason: "an offset is larger than 26 hours")
      }
      let isDaylightSaving = try reader.integer(bytes: 1) != 0
      nameStarts.append(Int(try reader.integer(bytes: 1)))
      types.append(
        LocalTimeType(offset: offset, isDaylightSaving: isDaylightSaving, abbreviation: ""))
    }
    let names = try reader.bytes(header.characterCount)
    for (index, start) in nameStarts.enumerated() {
      guard start <= names.count else { throw Malformed(reason: "an abbreviation is missing") }
      let name = names.dropFirst(start).prefix { $0 != 0 }
      types[index].abbreviation = String(decoding: name, as: UTF8.self)
    }
  }

  private mutating func readFooter(_ reader: inout BigEndianReader) throws(Malformed) {
    guard try reader.integer(bytes: 1) == 0x0A else {
      throw Malformed(reason: "the footer is missing")
    }
    let text = reader.remaining.prefix { $0 != 0x0A }
    if text.isEmpty { return }
    footer = FooterRule(String(decoding: text, as: UTF8.self))
    if footer == nil { throw Malformed(reason: "the footer is no rule") }
  }
}

private struct Header {
  let version: UInt8
  let universalCount: Int
  let standardCount: Int
  let leapCount: Int
  let timeCount: Int
  let typeCount: Int
  let characterCount: Int

  init(_ reader: inout BigEndianReader) throws(TZifFile.Malformed) {
    guard try reader.integer(bytes: 4) == 0x545A_6966 else {
      throw TZifFile.Malformed(reason: "it is no TZif file")
    }
    version = UInt8(truncatingIfNeeded: try reader.integer(bytes: 1))
    try reader.skip(15)
    universalCount = Int(try reader.integer(bytes: 4))
    standardCount = Int(try reader.integer(bytes: 4))
    leapCount = Int(try reader.integer(bytes: 4))
    timeCount = Int(try reader.integer(bytes: 4))
    typeCount = Int(try reader.integer(bytes: 4))
    characterCount = Int(try reader.integer(bytes: 4))
    guard typeCount > 0 else { throw TZifFile.Malformed(reason: "it has no local time") }
  }

  func bodySize(timeSize: Int) -> Int {
    timeCount * (timeSize + 1) + typeCount * 6 + characterCount + leapCount * (timeSize + 4)
      + standardCount + universalCount
  }
}

/// Reads numbers from left to right and refuses to read beyond the end.
private struct BigEndianReader {
  let bytes: [UInt8]
  private var position = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  var remaining: ArraySlice<UInt8> { bytes[position...] }

  mutating func skip(_ count: Int) throws(TZifFile.Malformed) {
    _ = try self.bytes(count)
  }

  mutating func bytes(_ count: Int) throws(TZifFile.Malformed) -> ArraySlice<UInt8> {
    guard count <= bytes.count - position else {
      throw TZifFile.Malformed(reason: "it ends too early")
    }
    defer { position += count }
    return bytes[position..<position + count]
  }

  mutating func integer(bytes count: Int) throws(TZifFile.Malformed) -> UInt64 {
    try bytes(count).reduce(0) { $0 << 8 | UInt64($1) }
  }
}
