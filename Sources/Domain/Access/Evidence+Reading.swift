extension Evidence {
  /// The evidence that canonical JSON of this version means, or nil when it is not such.
  ///
  /// The closure says which rule a number means, where rules are written by their numbers.
  public init?(canonical bytes: [UInt8], rule: (Int64) -> NetworkRule? = { _ in nil }) {
    var reader = CanonicalReader(bytes)
    var draft = Draft()
    do {
      try reader.object { reader, key throws(CanonicalReader.Malformed) in
        switch key {
        case "answeredRules": draft.answeredRules = try reader.rules(rule)
        case "askedRules": draft.askedRules = try reader.rules(rule)
        default: try draft.read(key, &reader)
        }
      }
      try reader.finish()
    } catch { return nil }
    guard let kind = draft.kind, let occurredAt = draft.occurredAt, let phase = draft.phase else {
      return nil
    }
    self.init(
      kind: kind, occurredAt: occurredAt, operation: draft.operation, phase: phase,
      resource: ResourceID(draft.resource), correlationID: draft.correlationID)
    claims = draft.claims
    callerAddress = draft.callerAddress
    role = draft.role
    asked = draft.asked
    answered = draft.answered
    error = draft.error
    note = draft.note
    askedRules = draft.askedRules
    answeredRules = draft.answeredRules
    created = draft.created
    askedPolicy = draft.askedPolicy
    answeredPolicy = draft.answeredPolicy
    session = draft.session
    extensionType = draft.extensionType
  }
}

/// The fields as they come out of the text, before it is known that all needed ones are there.
private struct Draft {
  var kind: Evidence.Kind?
  var occurredAt: EventTime?
  var operation = ""
  var phase: Phase?
  var resource = ""
  var correlationID = ""
  var claims = Claims()
  var callerAddress: String?
  var role: String?
  var asked: AccessBody?
  var answered: AccessBody?
  var error: ErrorDetail?
  var note: AccessNote?
  var askedRules: [NetworkRule]?
  var answeredRules: [NetworkRule]?
  var created = false
  var askedPolicy: PolicyBody?
  var answeredPolicy: PolicyBody?
  var session: SessionDetail?
  var extensionType: String?

  mutating func read(
    _ key: String, _ reader: inout CanonicalReader
  ) throws(CanonicalReader.Malformed) {
    switch key {
    case "address": callerAddress = try reader.text()
    case "answered": answered = try AccessBody(&reader)
    case "answeredPolicy": answeredPolicy = try PolicyBody(&reader)
    case "asked": asked = try AccessBody(&reader)
    case "askedPolicy": askedPolicy = try PolicyBody(&reader)
    case "claims": claims = try Claims(&reader)
    case "correlationId": correlationID = try reader.text()
    case "created": created = try reader.flag()
    case "extension": extensionType = try reader.text()
    case "error":
      let fields = try reader.texts()
      error = ErrorDetail(code: fields["code"], message: fields["message"])
    case "kind": kind = Evidence.Kind(rawValue: try reader.text())
    case "note":
      let fields = try reader.texts()
      note = AccessNote(user: fields["user"], justification: fields["justification"])
    case "occurredAt": occurredAt = try reader.time()
    case "operation": operation = try reader.text()
    case "phase":
      let text = try reader.text()
      phase = Phase.allCases.first { $0.text == text }
    case "resource": resource = try reader.text()
    case "role": role = try reader.text()
    case "session": session = try SessionDetail(&reader)
    default: throw CanonicalReader.Malformed(offset: 0)
    }
  }
}

extension Claims {
  fileprivate init(_ reader: inout CanonicalReader) throws(CanonicalReader.Malformed) {
    let fields = try reader.texts()
    self.init()
    appID = fields["appId"]
    displayName = fields["displayName"]
    emailAddress = fields["email"]
    idType = fields["idType"]
    nameClaim = fields["name"]
    objectID = fields["objectId"]
    principalType = fields["principalType"]
    userPrincipalName = fields["upn"]
  }
}

extension AccessBody {
  fileprivate init(_ reader: inout CanonicalReader) throws(CanonicalReader.Malformed) {
    var body = AccessBody(ports: [])
    try reader.object { reader, key throws(CanonicalReader.Malformed) in
      switch key {
      case "justification": body.justification = try reader.text()
      case "ports":
        try reader.array { reader throws(CanonicalReader.Malformed) in
          body.ports.append(try Port(&reader))
        }
      case "startsAt": body.startsAt = try reader.time()
      default: throw CanonicalReader.Malformed(offset: 0)
      }
    }
    self = body
  }
}

extension AccessBody.Port {
  fileprivate init(_ reader: inout CanonicalReader) throws(CanonicalReader.Malformed) {
    var port = AccessBody.Port(
      vm: ResourceID(""), number: 0, sources: [], endsAt: nil, duration: nil)
    try reader.object { reader, key throws(CanonicalReader.Malformed) in
      switch key {
      case "duration": port.duration = try reader.span()
      case "endsAt": port.endsAt = try reader.time()
      case "number": port.number = Int(try reader.number())
      case "sources":
        try reader.array { reader throws(CanonicalReader.Malformed) in
          port.sources.append(try reader.text())
        }
      case "vm": port.vm = ResourceID(try reader.text())
      default: throw CanonicalReader.Malformed(offset: 0)
      }
    }
    self = port
  }
}
