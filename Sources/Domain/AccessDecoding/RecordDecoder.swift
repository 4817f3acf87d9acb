internal import Access
internal import JSONScan

/// Decodes one record that is known to be relevant; owns the trees that this needs.
struct RecordDecoder: ~Copyable {
  private var record = JSONTree()
  private var identity = JSONTree()
  private var claims = JSONTree()
  private var properties = JSONTree()
  private var body = JSONTree()
  /// Whether the record decoded last, or a body in it, needed a repair.
  private(set) var isRepaired = false

  /// What a record says.
  struct Decoded {
    var evidence: Evidence
    var trouble: BodyTrouble
    /// False when the record turned out to say nothing about access.
    var isRelevant: Bool
    /// Whether it is the activity log's, so that stream time may follow it.
    var isActivity: Bool
  }

  /// Reads a record from brace to brace; nil for an audit record that is about no VM.
  mutating func decode(
    _ bytes: RawSpan, as operation: OperationCatalog.Operation
  ) throws(Unreadable) -> Decoded? {
    let root = try parse(bytes)
    var trouble = BodyTrouble()
    let place = locateProperties(root, &trouble)
    if operation.family == .session, trouble.reason == nil, !namesTarget(place) { return nil }
    let fields = try RecordFields(record, root)
    let caller = readIdentity(root)
    let evidence = evidence(
      fields, caller, operation, fields.resource(entity: entity(place), scope: caller?.scope))
    var draft = EvidenceDraft(
      operation: operation, evidence: evidence, failure: FailureReader(record, root),
      trouble: trouble)
    draft.begin()
    switch place {
    case .inPlace(let node): draft.read(record, node, bodyTree: &body)
    case .inText(let node): draft.read(properties, node, bodyTree: &body)
    case .absent, .unreadable: break
    }
    try draft.finish(record, root)
    isRepaired = isRepaired || draft.trouble.isRepaired
    return Decoded(
      evidence: draft.evidence, trouble: draft.trouble, isRelevant: draft.isRelevant,
      isActivity: isActivity(root, place))
  }

  private mutating func parse(_ bytes: RawSpan) throws(Unreadable) -> JSONNode {
    isRepaired = false
    if let error = record.parseMending(bytes, isRepaired: &isRepaired) {
      throw Unreadable(reason: "it is not JSON: \(error)")
    }
    guard let root = record.root else { throw Unreadable(reason: "it is not JSON") }
    return root
  }

  /// What every record says, also one that is no evidence, and the operation as it is written.
  mutating func envelope(
    of bytes: RawSpan
  ) throws(Unreadable) -> (fields: RecordFields, operation: String?) {
    let root = try parse(bytes)
    return (try RecordFields(record, root), record.trimmedText(of: root, "operationName"))
  }

  private func evidence(
    _ fields: RecordFields, _ caller: IdentityReader?, _ operation: OperationCatalog.Operation,
    _ resource: ResourceID
  ) -> Evidence {
    var evidence = Evidence(
      kind: .accessRequested, occurredAt: fields.occurredAt, operation: operation.name,
      phase: fields.phase, resource: resource, correlationID: fields.correlationID)
    evidence.claims = caller?.claims ?? Claims()
    evidence.role = caller?.role
    evidence.callerAddress = fields.callerAddress
    return evidence
  }

  private mutating func readIdentity(_ root: JSONNode) -> IdentityReader? {
    let node = record.member(of: root, named: "identity")
    switch Nested.locate(node, in: record, parsingInto: &identity, isRepaired: &isRepaired) {
    case .inPlace(let node):
      return IdentityReader(record, node, claimsTree: &claims, isRepaired: &isRepaired)
    case .inText(let node):
      return IdentityReader(identity, node, claimsTree: &claims, isRepaired: &isRepaired)
    // A plain text is the name of a tenant's own; it says nothing about the caller.
    case .absent, .unreadable: return nil
    }
  }

  private mutating func locateProperties(
    _ root: JSONNode, _ trouble: inout BodyTrouble
  ) -> Nested {
    guard let node = record.member(of: root, named: "properties") else { return .absent }
    let place = Nested.locate(
      node, in: record, parsingInto: &properties, isRepaired: &isRepaired)
    switch place {
    case .absent: return .absent
    case .inPlace(let found) where record.kind(found) == .object: return place
    case .inText(let found) where properties.kind(found) == .object: return place
    case .unreadable(let error):
      trouble.note("The properties are not JSON: \(error).", record.bytes(node))
    case .inPlace, .inText:
      trouble.note("The properties are no object.", record.bytes(node))
    }
    return .absent
  }

  private func namesTarget(_ place: Nested) -> Bool {
    switch place {
    case .inPlace(let node): SessionReader.target(record, node) != nil
    case .inText(let node): SessionReader.target(properties, node) != nil
    case .absent, .unreadable: false
    }
  }

  private func entity(_ place: Nested) -> String? {
    switch place {
    case .inPlace(let node): record.trimmedText(of: node, "entity")
    case .inText(let node): properties.trimmedText(of: node, "entity")
    case .absent, .unreadable: nil
    }
  }
}

// What stream time may follow.
extension RecordDecoder {
  /// The instant of a record that is not evidence, when it is readable and the activity log's.
  ///
  /// The slow way, for records whose keys are written in another case.
  mutating func activityTime(_ bytes: RawSpan) -> EventTime? {
    guard record.parse(bytes) == nil, let root = record.root,
      let node = record.member(of: root, named: "time"), let time = record.time(node)
    else { return nil }
    let properties = record.member(of: root, named: "properties")
    return isActivity(root, properties.map { .inPlace($0) } ?? .absent) ? time : nil
  }

  /// The operation that a record names under a key of any case; nil when it is not JSON either.
  mutating func operationName<R>(
    of bytes: RawSpan, _ body: (RawSpan) -> R?
  ) -> (isReadable: Bool, found: R?) {
    guard record.parse(bytes) == nil, let root = record.root else { return (false, nil) }
    guard let node = record.member(of: root, named: "operationName") else { return (true, nil) }
    return (true, record.withStringBytes(node, body) ?? nil)
  }

  /// Whether a record is Bastion's by a category under a key of any case.
  mutating func isSession(_ bytes: RawSpan) -> Bool {
    guard record.parse(bytes) == nil, let root = record.root,
      let category = record.value(of: root, "category")
    else { return false }
    return record.withStringBytes(category) { SessionReader.isCategory($0) } ?? false
  }

  private func isActivity(_ root: JSONNode, _ place: Nested) -> Bool {
    if let category = record.value(of: root, "category") {
      return record.withStringBytes(category) { ActivityCategory.isKnown($0) } ?? false
    }
    // Written by a resource provider: the mapping has these two keys, and ARM's records neither.
    switch place {
    case .inPlace(let node):
      return record.member(of: node, named: "eventProperties") != nil
        || record.member(of: node, named: "eventName") != nil
    case .inText(let node):
      return properties.member(of: node, named: "eventProperties") != nil
        || properties.member(of: node, named: "eventName") != nil
    case .absent, .unreadable: return false
    }
  }
}
