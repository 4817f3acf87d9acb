public import Access
public import Detection
public import Ledger
public import Timelines

/// What a ledger's evidence comes to at an instant, recomputed from nothing else.
public struct Recomputation {
  /// Requests and windows.
  public let books: Books
  /// Findings, by slice and id.
  public let findings: [Finding]
  /// The instant.
  public let instant: EventTime

  /// Folds evidence and judges it, as it holds at an instant.
  public init(
    of evidence: [IdentifiedEvidence], by detectors: DetectorSet,
    books settings: BooksSettings = BooksSettings(), at instant: EventTime
  ) {
    books = Books(of: evidence, at: instant, settings: settings)
    findings = FindingsFold.findings(of: books.requests, by: detectors)
    self.instant = instant
  }

  /// SHA-256 over the canonical result, 64 hex characters.
  public var digest: String {
    var hash = ResultHash()
    for request in books.requests {
      hash.add(request.canonical)
      hash.add("\(request.outcome(at: instant).rawValue)\n")
    }
    for window in books.windows {
      hash.add(Recomputation.canonical(window, at: instant))
      hash.add("\n")
    }
    for finding in findings {
      hash.add(finding.canonical)
      hash.add("\n")
    }
    return hash.finish()
  }

  private static func canonical(_ window: AccessWindow, at instant: EventTime) -> [UInt8] {
    let standing = window.standing(at: instant)
    return CanonicalJSON.array(
      [
        window.vm.canonical, String(window.port), window.request, window.actorIdentity,
        window.opensAt.description, window.endsAt?.description ?? "",
        standing.state.rawValue, standing.closedAt?.description ?? "",
        standing.closedBy?.rawValue ?? "", String(window.inferred),
      ] + window.sources)
  }
}

extension LedgerReader {
  /// All evidence as values, and the newest instant of it.
  ///
  /// Memory grows with the ledger.
  public func allEvidence() throws(LedgerError) -> (
    pieces: [IdentifiedEvidence], newest: EventTime?
  ) {
    var pieces: [IdentifiedEvidence] = []
    var newest: EventTime?
    var unreadable: EvidenceID?
    try forEachEvidence { id, evidence in
      guard let evidence else {
        unreadable = id
        return false
      }
      pieces.append(IdentifiedEvidence(id: id, evidence: evidence))
      // What a file shows of a policy is not of the feed.
      if evidence.kind != .policyObserved {
        newest = max(newest ?? evidence.occurredAt, evidence.occurredAt)
      }
      return true
    }
    if let unreadable {
      throw LedgerError(
        .corrupt,
        "Evidence \(unreadable) in \(path) is not what this version writes; see `gatebook verify`.")
    }
    return (pieces, newest)
  }
}
