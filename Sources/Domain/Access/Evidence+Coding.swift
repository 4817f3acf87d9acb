internal import Hashing

extension Evidence {
  /// The canonical JSON of the decoded fields: what the identity is made of.
  public var canonical: [UInt8] { encoded { _ in nil } }

  /// The canonical JSON, with rules written by their number where the closure knows one: what the
  /// ledger stores, which keeps the content of a rule once.
  public func encoded(rule number: (NetworkRule) -> Int64?) -> [UInt8] {
    var json = CanonicalJSON()
    json.openObject()
    json.member("address", callerAddress)
    if let answered { json.body("answered", answered) }
    if let answeredPolicy { json.policy("answeredPolicy", answeredPolicy) }
    if let answeredRules { json.rules("answeredRules", answeredRules, number) }
    if let asked { json.body("asked", asked) }
    if let askedPolicy { json.policy("askedPolicy", askedPolicy) }
    if let askedRules { json.rules("askedRules", askedRules, number) }
    if claims != Claims() { json.claims(claims) }
    json.member("correlationId", correlationID.isEmpty ? nil : correlationID)
    if created { json.member("created", true) }
    if let error { json.pair("error", ("code", error.code), ("message", error.message)) }
    json.member("extension", extensionType)
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
    if let session { json.session(session) }
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

  fileprivate mutating func session(_ session: SessionDetail) {
    key("session")
    openObject()
    member("login", session.login)
    member("protocol", session.protocolName)
    member("tunnelId", session.tunnelID)
    member("vm", session.vm.display)
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
