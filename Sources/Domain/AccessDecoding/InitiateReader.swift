internal import Access
internal import JSONScan

/// Reads the records of JIT initiates: ARM's on the policy, and the provider's own on the VM.
struct InitiateReader {
  private(set) var evidence: Evidence
  private(set) var failure: FailureReader
  private(set) var trouble: BodyTrouble

  /// Begins with what the record says beside its properties.
  init(_ evidence: Evidence, _ failure: FailureReader, _ trouble: BodyTrouble) {
    self.evidence = evidence
    self.failure = failure
    self.trouble = trouble
    self.evidence.kind = InitiateReader.kind(evidence)
  }

  private static func kind(_ evidence: Evidence) -> Evidence.Kind {
    if evidence.resource.isVirtualMachine { return .accessNoted }
    switch evidence.phase {
    case .start, .other: return .accessRequested
    case .accept, .success: return .accessAccepted
    case .failure: return .accessRefused
    }
  }

  /// Takes what the properties add.
  mutating func read(
    _ tree: borrowing JSONTree, _ properties: JSONNode, bodyTree: inout JSONTree
  ) {
    if evidence.kind == .accessNoted {
      readNote(tree, properties, bodyTree: &bodyTree)
    } else {
      let request = tree.member(of: properties, named: "requestbody")
      evidence.asked = readBody(tree, request, "request", bodyTree: &bodyTree)
      let response = tree.member(of: properties, named: "responseBody")
      evidence.answered = readBody(tree, response, "response", bodyTree: &bodyTree)
    }
    if evidence.phase == .failure {
      failure.takeStatus(tree, properties, bodyTree: &bodyTree)
    }
  }

  private mutating func readBody(
    _ tree: borrowing JSONTree, _ node: JSONNode?, _ which: String, bodyTree: inout JSONTree
  ) -> AccessBody? {
    guard let node else { return nil }
    do throws(Unreadable) {
      let place = Nested.locate(
        node, in: tree, parsingInto: &bodyTree, isRepaired: &trouble.isRepaired)
      switch place {
      case .absent: return nil
      case .inPlace(let body): return try readStructure(tree, body)
      case .inText(let body): return try readStructure(bodyTree, body)
      case .unreadable(let error): throw Unreadable(reason: "it is not JSON: \(error)")
      }
    } catch {
      trouble.note(
        "The body of the \(which) cannot be read: \(error.reason).", tree.bytes(node))
      return nil
    }
  }

  private mutating func readStructure(
    _ tree: borrowing JSONTree, _ body: JSONNode
  ) throws(Unreadable) -> AccessBody? {
    if tree.member(of: body, named: "virtualMachines") == nil,
      let error = FailureReader.errorObject(tree, body)
    {
      failure.take(tree, error: error)
      return nil
    }
    return try AccessBodyReader.read(tree, body)
  }

  private mutating func readNote(
    _ tree: borrowing JSONTree, _ properties: JSONNode, bodyTree: inout JSONTree
  ) {
    guard let node = tree.member(of: properties, named: "eventProperties") else { return }
    let place = Nested.locate(
      node, in: tree, parsingInto: &bodyTree, isRepaired: &trouble.isRepaired)
    switch place {
    case .inPlace(let found) where tree.kind(found) == .object:
      evidence.note = InitiateReader.note(tree, found)
    case .inText(let found) where bodyTree.kind(found) == .object:
      evidence.note = InitiateReader.note(bodyTree, found)
    case .absent: break
    case .inPlace, .inText, .unreadable:
      trouble.note("The event's properties are no object.", tree.bytes(node))
    }
  }

  private static func note(_ tree: borrowing JSONTree, _ node: JSONNode) -> AccessNote? {
    let user = tree.trimmedText(of: node, "User")
    let justification = tree.text(of: node, "Justification")
    guard user != nil || justification != nil else { return nil }
    return AccessNote(user: user, justification: justification)
  }
}
