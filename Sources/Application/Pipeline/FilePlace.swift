internal import AccessDecoding
internal import Files
internal import Ledger

/// Where reading of a file begins, by what the ledger knows of it.
struct FilePlace {
  private let entry: FileEntry
  private let found: FilePosition?
  private let start: Int64
  /// The header of the table in which reading goes on.
  let header: [UInt8]?
  /// True when the file was read whole before and has not changed.
  let isUnchanged: Bool
  /// True when the end of the file could not be read.
  var isDamaged = false

  /// Looks a file up.
  ///
  /// Standard input is always read; what the ledger knows makes that harmless.
  init(_ entry: FileEntry, ledger: LedgerWriter) throws(ImportFailure) {
    self.entry = entry
    guard case .file(let path) = entry else {
      (found, start, header, isUnchanged) = (nil, 0, nil, false)
      return
    }
    let position: FilePosition
    let known: FilePosition?
    do throws(FileError) { position = FilePosition(try FileIdentity(ofFile: path)) } catch {
      throw .file(error)
    }
    do throws(LedgerError) { known = try ledger.file(position) } catch { throw .ledger(error) }
    found = position
    guard let known, known.decoder == DecoderVersion.current else {
      (start, header, isUnchanged) = (0, nil, false)
      return
    }
    let isSame = known.size == position.size && known.modified == position.modified
    if isSame {
      (start, header, isUnchanged) = (known.nextOffset, nil, true)
      return
    }
    start = FilePlace.goesOn(known, path: path, size: position.size) ? known.nextOffset : 0
    header = start > 0 ? try FilePlace.header(of: entry) : nil
    isUnchanged = false
  }

  /// Whether the file still has, before the place where reading ended, what it had then.
  private static func goesOn(_ known: FilePosition, path: String, size: Int64) -> Bool {
    guard !known.tail.isEmpty, known.nextOffset > 0, known.nextOffset <= size else {
      return false
    }
    let tail = try? FileIdentity.digest(ofFile: path, before: known.nextOffset)
    return tail.map { "\($0)" } == known.tail
  }

  /// Opens the file where reading goes on.
  func splitter(limit: Int) throws(ImportFailure) -> RecordSplitter {
    do throws(FileError) {
      let stream = try ByteStream(entry, from: start)
      return try RecordSplitter(
        stream, limit: limit, resuming: header == nil ? .lines : .rows,
        isHeader: TableHeader.isKnown)
    } catch {
      throw .file(error)
    }
  }

  /// The header of a table in which reading goes on behind its first row.
  private static func header(of entry: FileEntry) throws(ImportFailure) -> [UInt8]? {
    do throws(FileError) {
      let splitter = try RecordSplitter(ByteStream(entry), isHeader: TableHeader.isKnown)
      guard splitter.mode == .rows, try splitter.advance()?.kind == .header else { return nil }
      return splitter.withBytes { bytes in unsafe bytes.withUnsafeBytes { unsafe [UInt8]($0) } }
    } catch {
      throw .file(error)
    }
  }

  /// The position after a part of the file, or nil when only the whole file can be known.
  ///
  /// It has no time of change, or the rest of the file would be taken for known.
  func reached(_ offset: Int64, _ mode: RecordSplitter.Mode) -> FilePosition? {
    var position = place(offset, mode)
    position?.modified = 0
    return position
  }

  private func place(_ offset: Int64, _ mode: RecordSplitter.Mode) -> FilePosition? {
    guard let found, mode != .documents, case .file(let path) = entry else { return nil }
    // A compressed file has no place to go on from; its tail stays empty.
    guard let isPlain = try? !ByteStream(entry).isCompressed, isPlain,
      let tail = try? FileIdentity.digest(ofFile: path, before: offset)
    else { return nil }
    var position = found
    position.nextOffset = offset
    position.tail = "\(tail)"
    return position
  }

  /// The position after the end of the file, or nil when it was not reached.
  func finished(
    at offset: Int64, _ mode: RecordSplitter.Mode
  ) throws(ImportFailure) -> FilePosition? {
    guard let found, !isDamaged else { return nil }
    if let position = place(offset, mode) { return position }
    var position = found
    position.nextOffset = max(found.size, 1)
    return position
  }
}

extension FilePosition {
  /// A file as it was found, with nothing read of it.
  init(_ identity: FileIdentity) {
    self.init(
      path: identity.path, device: Int64(bitPattern: identity.device),
      inode: Int64(bitPattern: identity.inode), head: "\(identity.head)", size: identity.size,
      modified: identity.modifiedNanoseconds, nextOffset: 0, tail: "",
      decoder: DecoderVersion.current)
  }
}
