internal import Hashing

extension Evidence {
  /// The canonical JSON of the decoded fields: what the ledger stores and the identity is made of.
  public var canonical: [UInt8] {
    var json = CanonicalJSON()
    json.openObject()
    json.member("address", callerAddress)
    if let answered { json.body("answered", answered) }
    if let asked { json.body("asked", asked) }
    if claims != Claims() { json.claims(claims) }
    json.member("correlationId", correlationID.isEmpty ? nil : correlationID)
    if let error { json.pair("error", ("code", error.code), ("message", error.message)) }
    json.member("kind", kind.rawValue)
    if let note {
      json.pair("note", ("justification", note.justification), ("user", note.user))
    }
    json.key("occurredAt")
    json.value(occurredAt)
    json.member("operation", operation)
    json.member("phase", phase.text)
    json.member("resource", resource.display)
    json.member("role", role)
    json.closeObject()
    return json.bytes
  }

  /// The identity of this evidence, given its canonical JSON.
  public func id(ofCanonical canonical: [UInt8]) -> EvidenceID {
    EvidenceID(day: occurredAt.day, hash: SHA256.digest(of: canonical))
  }

  /// This evidence with its identity.
  public var identified: IdentifiedEvidence {
    IdentifiedEvidence(id: id(ofCanonical: canonical), evidence: self)
  }
}

extension CanonicalJSON {
  fileprivate mutating func pair(
    _ name: StaticString, _ first: (StaticString, String?), _ second: (StaticString, String?)
  ) {
    key(name)
    openObject()
    member(first.0, first.1)
    member(second.0, second.1)
    closeObject()
  }

  fileprivate mutating func claims(_ claims: Claims) {
    key("claims")
    openObject()
    member("appId", claims.appID)
    member("displayName", claims.displayName)
    member("email", claims.emailAddress)
    member("idType", claims.idType)
    member("name", claims.nameClaim)
    member("objectId", claims.objectID)
    member("principalType", claims.principalType)
    member("upn", claims.userPrincipalName)
    closeObject()
  }

  fileprivate mutating func body(_ name: StaticString, _ body: AccessBody) {
    key(name)
    openObject()
    member("justification", body.justification)
    key("ports")
    openArray()
    for port in body.ports { self.port(port) }
    closeArray()
    if let startsAt = body.startsAt {
      key("startsAt")
      value(startsAt)
    }
    closeObject()
  }

  private mutating func port(_ port: AccessBody.Port) {
    openObject()
    if let duration = port.duration {
      key("duration")
      // As text: a whole number beyond 2^53 has no exact form in RFC 8785.
      value(String(duration.ticks))
    }
    if let endsAt = port.endsAt {
      key("endsAt")
      value(endsAt)
    }
    key("number")
    value(Int64(port.number))
    key("sources")
    openArray()
    for source in port.sources { value(source) }
    closeArray()
    member("vm", port.vm.display)
    closeObject()
  }
}

extension Evidence {
  /// The evidence that canonical JSON of this version means, or nil when it is not such.
  public init?(canonical bytes: [UInt8]) {
    var reader = CanonicalReader(bytes)
    var draft = Draft()
    do {
      try reader.object { reader, key throws(CanonicalReader.Malformed) in
        try draft.read(key, &reader)
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

  mutating func read(
    _ key: String, _ reader: inout CanonicalReader
  ) throws(CanonicalReader.Malformed) {
    switch key {
    case "address": callerAddress = try reader.text()
    case "answered": answered = try AccessBody(&reader)
    case "asked": asked = try AccessBody(&reader)
    case "claims": claims = try Claims(&reader)
    case "correlationId": correlationID = try reader.text()
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
