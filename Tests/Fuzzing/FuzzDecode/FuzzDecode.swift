import AccessDecoding
import FuzzChecks

/// libFuzzer's entry: the decoder, with both kinds of messages.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzDecode(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  for kind in [MessageKind.message, .element] {
    var decoder = MessageDecoder()
    var output = DecodedInput()
    decoder.decode(input.span.bytes, as: kind, into: &output)
    FuzzChecks.check(output, of: input)
    for record in output.records { precondition(isStructure(record.raw)) }
    let counts = output.counts
    let identities = FuzzChecks.identities(output)
    // The buffers of one message say nothing in the next.
    decoder.decode(input.span.bytes, as: kind, into: &output)
    precondition(output.counts == counts, "The same bytes have the same counts.")
    precondition(
      FuzzChecks.identities(output) == identities, "The same bytes are the same evidence.")
  }
  return 0
}

/// Whether bytes are an object, or a row of an answer, from bracket to bracket.
private func isStructure(_ raw: [UInt8]) -> Bool {
  switch (raw.first, raw.last) {
  case (UInt8(ascii: "{"), UInt8(ascii: "}")), (UInt8(ascii: "["), UInt8(ascii: "]")): true
  default: false
  }
}
