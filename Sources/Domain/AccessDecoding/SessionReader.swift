internal import Access
internal import JSONScan

/// Reads Bastion's audit records, which are no ARM calls: each tells one thing about a session.
enum SessionReader {
  /// The category of the records.
  static func isCategory(_ category: RawSpan) -> Bool {
    category.isEqualIgnoringASCIICase(to: "bastionauditlogs")
  }

  /// Takes what all records have in common.
  static func begin(_ draft: inout EvidenceDraft) {
    draft.evidence.kind = .sessionOpened
    draft.evidence.phase = .other
  }

  /// The VM that a record is about.
  static func target(_ tree: borrowing JSONTree, _ properties: JSONNode) -> String? {
    tree.trimmedText(of: properties, "targetResourceId")
  }

  /// Takes what the properties add.
  static func read(
    _ tree: borrowing JSONTree, _ properties: JSONNode, _ draft: inout EvidenceDraft
  ) {
    guard let vm = target(tree, properties) else { return }
    draft.evidence.session = SessionDetail(
      vm: ResourceID(vm), login: tree.trimmedText(of: properties, "userName"),
      protocolName: tree.trimmedText(of: properties, "protocol"),
      tunnelID: tree.trimmedText(of: properties, "tunnelId"))
    draft.evidence.claims.emailAddress =
      tree.trimmedText(of: properties, "userEmail") ?? draft.evidence.claims.emailAddress
    if let address = tree.text(of: properties, "clientIpAddress").flatMap(CallerAddress.parse) {
      draft.evidence.callerAddress = address
    }
    draft.evidence.kind = kind(tree, properties)
  }

  /// Takes the operation as the record names it; without its properties it cannot be used.
  static func finish(
    _ draft: inout EvidenceDraft, _ tree: borrowing JSONTree, _ record: JSONNode
  ) throws(Unreadable) {
    if let operation = tree.trimmedText(of: record, "operationName") {
      draft.evidence.operation = operation.lowercased()
      let isEnd = draft.evidence.operation.hasSuffix("/disconnect")
      if isEnd, draft.evidence.kind == .sessionOpened { draft.evidence.kind = .sessionClosed }
    }
    if draft.evidence.session == nil { throw Unreadable(reason: "its properties cannot be read") }
  }

  private static func kind(
    _ tree: borrowing JSONTree, _ properties: JSONNode
  ) -> Evidence.Kind {
    let message = tree.text(of: properties, "message")?.lowercased() ?? ""
    if message.contains("fail") { return .sessionRefused }
    let isEnd = ["disconnect", "closed", "ended"].contains { message.contains($0) }
    return isEnd || hasDuration(tree, properties) ? .sessionClosed : .sessionOpened
  }

  /// Whether a length of the session is stated; that of one that begins may be written as 0.
  private static func hasDuration(_ tree: borrowing JSONTree, _ properties: JSONNode) -> Bool {
    for key: StaticString in ["duration", "durationMs", "sessionDuration"] {
      guard let node = tree.value(of: properties, key) else { continue }
      let text = tree.string(node) ?? tree.numberText(node) ?? ""
      if text.utf8.contains(where: { (0x31...0x39).contains($0) }) { return true }
    }
    return false
  }
}
