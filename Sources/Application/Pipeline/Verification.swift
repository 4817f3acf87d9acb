public import Access
public import Detection
public import Ledger
public import Timelines

/// What differs between a ledger's rows and what its evidence comes to.
public enum VerificationDifference: Sendable {
  /// A piece of evidence whose fields do not make its id.
  case evidence(id: String, recomputed: String?)
  /// A step of the chain whose head is not what its rows make.
  case chain(step: Int64, stored: String, recomputed: String)
  /// A request that is stored otherwise than recomputed; nil = it is not there.
  case request(id: String, stored: AccessRequest?, recomputed: AccessRequest?)
  /// A window that is stored otherwise than recomputed; nil = it is not there.
  case window(id: String, stored: AccessWindow?, recomputed: AccessWindow?)
  /// A finding that is stored otherwise than recomputed; nil = it is not there.
  case finding(id: String, stored: Finding?, recomputed: Finding?)
}

/// Compares a ledger with a recomputation from its evidence.
public struct Verification {
  /// Everything that differs.
  public private(set) var differences: [VerificationDifference] = []
  /// Judgements that are due; while there are any, rows are not compared.
  public private(set) var due = 0
  /// How many pieces of evidence were looked at.
  public private(set) var evidenceCount = 0
  /// The instant at which rows were compared.
  public private(set) var instant: EventTime?

  /// Verifies evidence and chain always, rows when nothing is due.
  public init(
    _ ledger: LedgerReader, by detectors: DetectorSet, books: BooksSettings = BooksSettings()
  ) throws(LedgerError) {
    var pieces: [IdentifiedEvidence] = []
    try ledger.forEachEvidence { id, evidence in
      evidenceCount += 1
      guard let evidence, evidence.id(ofCanonical: evidence.canonical) == id else {
        let recomputed = evidence.map {
          $0.id(ofCanonical: $0.canonical).description
        }
        differences.append(.evidence(id: id.description, recomputed: recomputed))
        return true
      }
      pieces.append(IdentifiedEvidence(id: id, evidence: evidence))
      return true
    }
    if let chain = try ledger.verifyChain() {
      differences.append(
        .chain(step: chain.step, stored: chain.stored, recomputed: chain.recomputed))
    }
    due = try ledger.dueCount()
    guard due == 0, let instant = try ledger.streamTime() else { return }
    self.instant = instant
    let wanted = Recomputation(of: pieces, by: detectors, books: books, at: instant)
    try compareRequests(ledger, wanted)
    try compareWindows(ledger, wanted)
    try compareFindings(ledger, wanted)
  }

  private mutating func compareRequests(
    _ ledger: LedgerReader, _ wanted: Recomputation
  ) throws(LedgerError) {
    var missing = Dictionary(
      wanted.books.requests.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var found: [VerificationDifference] = []
    try ledger.forEachRequest(
      in: .distantPast ... .distantFuture, at: wanted.instant
    ) { stored in
      let recomputed = missing.removeValue(forKey: stored.id)
      if recomputed != stored {
        found.append(.request(id: stored.id, stored: stored, recomputed: recomputed))
      }
      return true
    }
    differences += found
    for (id, request) in missing.sorted(by: { $0.key < $1.key }) {
      differences.append(.request(id: id, stored: nil, recomputed: request))
    }
  }

  private mutating func compareWindows(
    _ ledger: LedgerReader, _ wanted: Recomputation
  ) throws(LedgerError) {
    let instant = wanted.instant
    var missing = Dictionary(
      wanted.books.windows.map { (Verification.id(of: $0), $0) },
      uniquingKeysWith: { first, _ in first })
    var found: [VerificationDifference] = []
    try ledger.forEachWindow(
      openingIn: .distantPast ... .distantFuture, at: instant
    ) { stored in
      let id = Verification.id(of: stored)
      let recomputed = missing.removeValue(forKey: id)
      if !Verification.agree(stored, recomputed, at: instant) {
        found.append(.window(id: id, stored: stored, recomputed: recomputed))
      }
      return true
    }
    differences += found
    for (id, window) in missing.sorted(by: { $0.key < $1.key }) {
      differences.append(.window(id: id, stored: nil, recomputed: window))
    }
  }

  private mutating func compareFindings(
    _ ledger: LedgerReader, _ wanted: Recomputation
  ) throws(LedgerError) {
    var missing = Dictionary(
      wanted.findings.map { ("\($0.slice) \($0.idText)", $0) },
      uniquingKeysWith: { first, _ in first })
    var found: [VerificationDifference] = []
    try ledger.forEachFinding { entry in
      let stored = entry.finding
      let recomputed = missing.removeValue(forKey: "\(stored.slice) \(stored.idText)")
      if recomputed != stored {
        found.append(.finding(id: stored.idText, stored: stored, recomputed: recomputed))
      }
      return true
    }
    differences += found
    for finding in missing.values.sorted(by: { $0.idText < $1.idText }) {
      differences.append(.finding(id: finding.idText, stored: nil, recomputed: finding))
    }
  }

  private static func id(of window: AccessWindow) -> String {
    "\(window.request) \(window.vm.canonical) \(window.port)"
  }

  private static func agree(
    _ stored: AccessWindow, _ recomputed: AccessWindow?, at instant: EventTime
  ) -> Bool {
    guard let recomputed else { return false }
    return recomputed.standing(at: instant) == stored.standing(at: instant)
      && recomputed == stored
  }
}
