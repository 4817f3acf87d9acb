internal import Access
internal import CommandLineTool
internal import Contract
internal import Ledger

/// `gatebook rejects`: what could not be used, with its reason.
enum RejectsCommand {
  static let entry = CommandEntry(
    declaration: Command(
      "rejects", summary: "List input that could not be used, with its reason",
      discussion: [
        "--since and --until look at when it was received; 7d counts back from the newest reject. "
          + "--show prints the bytes of one reject, with everything escaped that a terminal would "
          + "obey."
      ],
      examples: [
        Example("gatebook rejects --since 1d", "What could not be read today."),
        Example("gatebook rejects --show 3f9a", "The bytes of the reject whose id begins so."),
      ],
      options: [
        Option("show", value: "ID", help: "Print the bytes of this reject; its id may be cut"),
        CommonOptions.since, CommonOptions.until,
      ],
      groups: [CommonOptions.rows, CommonOptions.ledger], section: "Reading"),
    run: run)

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> Int32 {
    let reader = try LedgerPlace.reader(arguments)
    if let id = arguments.string("show") {
      try console.output.line(EscapedBytes.text(of: try bytes(of: id.lowercased(), reader)))
      return 0
    }
    let rows = try RowOutput(arguments, .rejects, console)
    try reader.consistently {
      let span = try receivedSpan(arguments, reader)
      try reader.forEachReject { reject in
        span.contains(reject.receivedAt) ? rows.write(.reject(reject)) : true
      }
    }
    try rows.finish(console, none: "No rejects.")
    return 0
  }

  /// Receiving is told by our clock, so a span counts back from the newest reject and not from
  /// stream time, which the evidence decides.
  private static func receivedSpan(
    _ arguments: ParsedArguments, _ reader: LedgerReader
  ) throws -> ClosedRange<EventTime> {
    var newest = EventTime.distantPast
    if arguments.isGiven("since") || arguments.isGiven("until") {
      try reader.forEachReject { reject in
        newest = max(newest, reject.receivedAt)
        return true
      }
    }
    return try AskedTime(arguments, at: newest, streamTime: newest).span()
  }

  private static func bytes(of prefix: String, _ reader: LedgerReader) throws -> [UInt8] {
    var found: [String: StoredReject] = [:]
    try reader.forEachReject { reject in
      if reject.id.hasPrefix(prefix) { found[reject.id] = reject }
      return found.count < 2 || !found.keys.contains(prefix)
    }
    guard let reject = found[prefix] ?? (found.count == 1 ? found.first?.value : nil) else {
      throw CommandFailure(
        found.isEmpty
          ? "There is no reject \(prefix) in the ledger."
          : "\(found.count) rejects begin with \(prefix); use more of the id.")
    }
    guard reject.hasBytes else {
      throw CommandFailure("The bytes of reject \(reject.id) are no longer kept.")
    }
    return reject.input.bytes
  }
}

/// Bytes of any kind as text that a terminal may show: line ends stay, the rest is escaped.
enum EscapedBytes {
  static func text(of bytes: [UInt8]) -> String {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map(line).joined(separator: "\n")
  }

  private static func line(_ bytes: ArraySlice<UInt8>) -> String {
    if let text = String(validating: bytes, as: UTF8.self) {
      return TerminalText.neutralised(text)
    }
    // Not UTF-8: what is not plain ASCII is shown byte by byte.
    return bytes.map { byte in
      if byte >= 0x20 && byte < 0x7F { return String(Unicode.Scalar(byte)) }
      let digits = String(byte, radix: 16, uppercase: true)
      return "\\x" + (digits.utf8.count == 1 ? "0" : "") + digits
    }.joined()
  }
}
