internal import Access
internal import JSONScan

/// One record's evidence while it is being read: every family's reader adds what it knows.
struct EvidenceDraft {
  let operation: OperationCatalog.Operation
  var evidence: Evidence
  var failure: FailureReader
  var trouble = BodyTrouble()
  /// False where a record of a relevant operation says nothing about access.
  var isRelevant = true

  /// The two bodies that a record may have.
  enum Side {
    case request
    case response

    var key: StaticString {
      switch self {
      case .request: "requestbody"
      case .response: "responseBody"
      }
    }

    var word: String {
      switch self {
      case .request: "request"
      case .response: "response"
      }
    }
  }

  /// Reads one body as a whole; nil when it is absent, tells of an error or cannot be read.
  mutating func body<Body>(
    _ side: Side, _ tree: borrowing JSONTree, _ properties: JSONNode,
    _ bodyTree: inout JSONTree,
    as read: (borrowing JSONTree, JSONNode) throws(Unreadable) -> Body?
  ) -> Body? {
    guard let node = tree.member(of: properties, named: side.key) else { return nil }
    do throws(Unreadable) {
      let place = Nested.locate(
        node, in: tree, parsingInto: &bodyTree, isRepaired: &trouble.isRepaired)
      switch place {
      case .absent: return nil
      case .inPlace(let body): return takeError(tree, body) ? nil : try read(tree, body)
      case .inText(let body): return takeError(bodyTree, body) ? nil : try read(bodyTree, body)
      case .unreadable(let error): throw Unreadable(reason: "it is not JSON: \(error)")
      }
    } catch {
      trouble.note(
        "The body of the \(side.word) cannot be read: \(error.reason).", tree.bytes(node))
      return nil
    }
  }

  /// Takes what bodies say about a failure, of a record whose bodies are of no other use.
  mutating func takeErrors(
    _ tree: borrowing JSONTree, _ properties: JSONNode, _ bodyTree: inout JSONTree
  ) {
    guard evidence.phase == .failure else { return }
    for side in [Side.request, .response] {
      let node = tree.member(of: properties, named: side.key)
      switch Nested.locate(
        node, in: tree, parsingInto: &bodyTree, isRepaired: &trouble.isRepaired)
      {
      case .inPlace(let body): _ = takeError(tree, body)
      case .inText(let body): _ = takeError(bodyTree, body)
      case .absent, .unreadable: break
      }
    }
  }

  /// Takes the error of a body that is one; false for a body that says what it is about.
  private mutating func takeError(_ tree: borrowing JSONTree, _ body: JSONNode) -> Bool {
    guard let error = FailureReader.errorObject(tree, body),
      tree.member(of: body, named: "properties") == nil,
      tree.member(of: body, named: "virtualMachines") == nil,
      tree.member(of: body, named: "securityRules") == nil
    else { return false }
    failure.take(tree, error: error)
    return true
  }
}

// Which reader reads which family.
extension EvidenceDraft {
  /// Takes what the operation and the resource say.
  mutating func begin() {
    switch operation.family {
    case .initiate: evidence.kind = InitiateReader.kind(evidence)
    case .ruleSet, .firewall:
      evidence.kind = operation.isDelete ? .ruleSetDeleted : .ruleSetObserved
    case .rule, .ruleCollection, .applicationCollection:
      evidence.kind = operation.isDelete ? .ruleDeleted : .ruleWritten
    case .policy: evidence.kind = operation.isDelete ? .policyDeleted : .policyWritten
    case .session: SessionReader.begin(&self)
    case .bypass, .vmExtension: evidence.kind = .bypassUsed
    case .feed: evidence.kind = .feedTampered
    case .diagnosticSetting:
      evidence.kind = .feedTampered
      isRelevant = DiagnosticScope.isOfTheLog(evidence.resource)
    }
  }

  /// Takes what the properties add.
  mutating func read(
    _ tree: borrowing JSONTree, _ properties: JSONNode, bodyTree: inout JSONTree
  ) {
    guard isRelevant else { return }
    if operation.isDelete && operation.family != .initiate {
      takeErrors(tree, properties, &bodyTree)
    } else {
      switch operation.family {
      case .initiate: InitiateReader.read(tree, properties, &self, &bodyTree)
      case .ruleSet, .rule, .firewall, .ruleCollection:
        RuleReader.read(tree, properties, &self, &bodyTree)
      case .policy: PolicyReader.read(tree, properties, &self, &bodyTree)
      case .session: SessionReader.read(tree, properties, &self)
      case .vmExtension: ExtensionReader.read(tree, properties, &self, &bodyTree)
      case .bypass, .feed, .diagnosticSetting, .applicationCollection:
        takeErrors(tree, properties, &bodyTree)
      }
    }
    if evidence.phase == .failure {
      failure.takeStatus(tree, properties, bodyTree: &bodyTree)
    } else if operation.mayCreate {
      evidence.created = CreatedAnswer.isStated(properties: properties, tree)
    }
  }

  /// Takes what stands in the record itself.
  mutating func finish(
    _ tree: borrowing JSONTree, _ record: JSONNode
  ) throws(Unreadable) {
    if operation.family == .session { try SessionReader.finish(&self, tree, record) }
    if evidence.phase == .failure {
      evidence.error = failure.detail
    } else if operation.mayCreate, !evidence.created {
      evidence.created = CreatedAnswer.isStated(record: record, tree)
    }
  }
}
