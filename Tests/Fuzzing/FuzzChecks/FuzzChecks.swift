import Access
public import AccessDecoding

/// What holds of whatever was decoded from any bytes.
public enum FuzzChecks {
  /// The counts add up, rejects say why and where, and evidence is what its record says.
  public static func check(_ output: DecodedInput, of input: [UInt8]) {
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
      for body in record.bodyRejects {
        precondition(body.kind == .body && !body.reason.isEmpty && body.offset >= 0)
      }
      for piece in record.evidence { check(piece) }
    }
  }

  /// The ids of everything that was decoded.
  public static func identities(_ output: DecodedInput) -> [[String]] {
    output.records.map { $0.evidence.map(identity) }
  }

  /// What the ledger stores of a piece reads back to the same piece with the same id.
  private static func check(_ piece: Evidence) {
    let canonical = piece.canonical
    guard let back = Evidence(canonical: canonical) else {
      preconditionFailure("It does not read back: \(String(decoding: canonical, as: UTF8.self))")
    }
    precondition(back == piece, "It reads back as it was.")
    precondition(back.canonical == canonical, "It is written as it was.")
    precondition(identity(back) == identity(piece), "It has one id.")
  }

  private static func identity(_ piece: Evidence) -> String {
    piece.id(ofCanonical: piece.canonical).description
  }
}
