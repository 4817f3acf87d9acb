internal import Access
internal import JSONScan

/// Reads the records of JIT initiates: ARM's on the policy, and the provider's own on the VM.
enum InitiateReader {
  /// What a record is evidence of, by its resource and its phase.
  static func kind(_ evidence: Evidence) -> Evidence.Kind {
    if evidence.resource.isVirtualMachine { return .accessNoted }
    switch evidence.phase {
    case .start, .other: return .accessRequested
    case .accept, .success: return .accessAccepted
    case .failure: return .accessRefused
    }
  }

  /// Takes what the properties add.
  static func read(
    _ tree: borrowing JSONTree, _ properties: JSONNode, _ draft: inout EvidenceDraft,
    _ bodyTree: inout JSONTree
  ) {
    if draft.evidence.kind == .accessNoted {
      return readNote(tree, properties, &draft, &bodyTree)
    }
    draft.evidence.asked = draft.body(
      .request, tree, properties, &bodyTree, as: AccessBodyReader.read)
    draft.evidence.answered = draft.body(
      .response, tree, properties, &bodyTree, as: AccessBodyReader.read)
  }

  private static func readNote(
    _ tree: borrowing JSONTree, _ properties: JSONNode, _ draft: inout EvidenceDraft,
    _ bodyTree: inout JSONTree
  ) {
    guard let node = tree.member(of: properties, named: "eventProperties") else { return }
    let place = Nested.locate(
      node, in: tree, parsingInto: &bodyTree, isRepaired: &draft.trouble.isRepaired)
    switch place {
    case .inPlace(let found) where tree.kind(found) == .object:
      draft.evidence.note = note(tree, found)
    case .inText(let found) where bodyTree.kind(found) == .object:
      draft.evidence.note = note(bodyTree, found)
    case .absent: break
    case .inPlace, .inText, .unreadable:
      draft.trouble.note("The event's properties are no object.", tree.bytes(node))
    }
  }

  private static func note(_ tree: borrowing JSONTree, _ node: JSONNode) -> AccessNote? {
    let user = tree.trimmedText(of: node, "User")
    let justification = tree.text(of: node, "Justification")
    guard user != nil || justification != nil else { return nil }
    return AccessNote(user: user, justification: justification)
  }
}
