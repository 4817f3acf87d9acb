import Access
import AccessDecoding

/// libFuzzer's entry: the decoder, with both kinds of messages.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzDecode(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  for kind in [MessageKind.message, .element] {
    var decoder = MessageDecoder()
    var output = DecodedInput()
    decoder.decode(input.span.bytes, as: kind, into: &output)
    check(output, of: input)
    let counts = output.counts
    let identities = output.records.map { $0.evidence.map(identity) }
    // The buffers of one message say nothing in the next.
    decoder.decode(input.span.bytes, as: kind, into: &output)
    precondition(output.counts == counts, "The same bytes have the same counts.")
    precondition(
      output.records.map { $0.evidence.map(identity) } == identities,
      "The same bytes are the same evidence.")
  }
  return 0
}

private func check(_ output: DecodedInput, of input: [UInt8]) {
  precondition(output.reconciles, "What was read adds up.")
  let records = output.rejects.count { $0.kind == .record }
  // A multitude of elements that are no objects is kept as one.
  precondition(records == output.counts.rejected || records > 1000)
  precondition(output.rejects.count == records + output.counts.messagesRejected)
  precondition(output.counts.messagesRejected <= 1)
  precondition(output.counts.recordsRead > 0 || output.records.isEmpty)
  for reject in output.rejects {
    precondition(reject.kind != .body && !reject.reason.isEmpty && reject.offset >= 0)
    precondition(reject.kind == .record || reject.offset <= input.count)
  }
  for record in output.records {
    precondition(!record.evidence.isEmpty && record.bodyRejects.count <= 1)
    precondition(record.raw.first == UInt8(ascii: "{") && record.raw.last == UInt8(ascii: "}"))
    for piece in record.evidence { check(piece) }
  }
}

/// What the ledger stores of a piece reads back to the same piece with the same id.
private func check(_ piece: Evidence) {
  let canonical = piece.canonical
  guard let back = Evidence(canonical: canonical) else {
    preconditionFailure("It does not read back: \(String(decoding: canonical, as: UTF8.self))")
  }
  precondition(back == piece, "It reads back as it was.")
  precondition(back.canonical == canonical, "It is written as it was.")
  precondition(identity(back) == identity(piece), "It has one id.")
}

private func identity(_ piece: Evidence) -> String {
  piece.id(ofCanonical: piece.canonical).description
}
