extension AccessRequest {
  /// The request as canonical JSON; keys are those of the contract where it has them.
  public var canonical: [UInt8] {
    var json = CanonicalJSON()
    json.openObject()
    json.member("acceptedAt", acceptedAt)
    json.member("actor", actor)
    if actorIsNoted {
      json.key("actorIsNoted")
      json.value(true)
    }
    json.member("correlationId", correlationID)
    if let error {
      json.key("error")
      json.openObject()
      json.member("code", error.code)
      json.member("message", error.message)
      json.closeObject()
    }
    json.member("evidence", evidence)
    json.key("grants")
    json.openArray()
    for grant in grants { grant.write(to: &json) }
    json.closeArray()
    json.key("hasBody")
    json.value(hasBody)
    json.member("id", id)
    json.member("identity", actorIdentity)
    json.member("justification", justification)
    if !noted.isEmpty { json.member("noted", noted.map(\.display)) }
    json.member("policy", policy.display)
    json.member("refusedAt", refusedAt)
    json.key("requestedAt")
    json.value(requestedAt)
    json.member("role", role)
    json.member("sourceAddress", sourceAddress)
    json.closeObject()
    return json.bytes
  }

  /// The request that canonical JSON of this version means, or nil when it is not such.
  public init?(canonical bytes: [UInt8]) {
    var reader = CanonicalReader(bytes)
    var request = AccessRequest(
      id: "", requestedAt: .epoch, actor: Actor(Claims()), policy: ResourceID(""))
    do {
      try reader.object { reader, key throws(CanonicalReader.Malformed) in
        try request.read(key, &reader)
      }
      try reader.finish()
    } catch { return nil }
    self = request
  }

  private mutating func read(
    _ key: String, _ reader: inout CanonicalReader
  ) throws(CanonicalReader.Malformed) {
    switch key {
    case "acceptedAt": acceptedAt = try reader.time()
    case "actor": actor = try Actor(&reader)
    case "actorIsNoted": actorIsNoted = try reader.flag()
    case "correlationId": correlationID = try reader.text()
    case "error":
      let fields = try reader.texts()
      error = ErrorDetail(code: fields["code"], message: fields["message"])
    case "evidence": evidence = try reader.evidenceIDs()
    case "grants":
      try reader.array { reader throws(CanonicalReader.Malformed) in
        grants.append(try AccessGrant(&reader))
      }
    case "hasBody": hasBody = try reader.flag()
    case "id": id = try reader.text()
    case "identity": actorIdentity = try reader.text()
    case "justification": justification = try reader.text()
    case "noted": noted = try reader.textArray().map { ResourceID($0) }
    case "policy": policy = ResourceID(try reader.text())
    case "refusedAt": refusedAt = try reader.time()
    case "requestedAt": requestedAt = try reader.time()
    case "role": role = try reader.text()
    case "sourceAddress": sourceAddress = try reader.text()
    default: throw CanonicalReader.Malformed(offset: 0)
    }
  }
}
