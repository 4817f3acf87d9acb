import Files
import Testing

/// One piece with its bytes, as a test writes it down.
struct Cut: Equatable, CustomStringConvertible {
  var kind: Piece.Kind
  var text: String
  var offset: Int64?
  var length: Int64?

  static func message(_ text: String, at offset: Int64? = nil) -> Cut {
    Cut(kind: .message, text: text, offset: offset)
  }

  static func element(_ text: String, at offset: Int64? = nil) -> Cut {
    Cut(kind: .element, text: text, offset: offset)
  }

  /// Offsets that a test leaves out do not matter.
  static func == (left: Cut, right: Cut) -> Bool {
    let sameOffset = left.offset == nil || right.offset == nil || left.offset == right.offset
    let sameLength = left.length == nil || right.length == nil || left.length == right.length
    return left.kind == right.kind && left.text == right.text && sameOffset && sameLength
  }

  var description: String {
    "\(kind)(\(text.prefix(60)), at \(offset ?? -1), length \(length ?? -1))"
  }
}

/// What came out of a file.
struct Splitting {
  var cuts: [Cut] = []
  var mode: RecordSplitter.Mode
  var isMended = false
  var lastLineWasComplete = false
  var resumeOffset: Int64 = 0
  var endOffset: Int64 = 0
  var failure: FileError?

  init(_ bytes: [UInt8], limit: Int = RecordSplitter.standardLimit, from: Int64 = 0) throws {
    let folder = try TemporaryFolder()
    try self.init(.file(path: folder.write("file", bytes)), limit: limit, from: from)
  }

  init(_ text: String, limit: Int = RecordSplitter.standardLimit, from: Int64 = 0) throws {
    try self.init(Array(text.utf8), limit: limit, from: from)
  }

  init(
    _ entry: FileEntry, limit: Int = RecordSplitter.standardLimit, from: Int64 = 0
  ) throws {
    let splitter = try RecordSplitter(ByteStream(entry, from: from), limit: limit)
    mode = splitter.mode
    do throws(FileError) {
      while let piece = try splitter.advance() {
        let text = splitter.withBytes { bytes in
          bytes.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
        }
        cuts.append(Cut(kind: piece.kind, text: text, offset: piece.offset, length: piece.length))
      }
    } catch {
      failure = error
    }
    isMended = splitter.isMended
    lastLineWasComplete = splitter.lastLineWasComplete
    resumeOffset = splitter.resumeOffset
    endOffset = splitter.endOffset
  }
}
