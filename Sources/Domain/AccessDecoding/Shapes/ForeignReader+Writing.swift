internal import Access
internal import JSONScan

// Writing what was found as a hub's record.
extension ForeignReader {
  /// Writes a record of the activity log.
  mutating func writeRecord<Keys: ForeignKeys>(
    _ root: JSONNode, _ keys: Keys.Type, _ operation: OperationCatalog.Operation
  ) {
    let authorization = structure(first(root, Keys.authorization))
    let properties = structure(first(root, Keys.properties))
    hubRecord.removeAll(keepingCapacity: true)
    hubRecord.append(UInt8(ascii: "{"))
    if let time = first(root, Keys.time) { put("time", source: tree.source(time)) }
    put("resourceId", entityOrResource(root, keys, authorization, properties))
    put("operationName", operation.name)
    put("category", category(root, keys))
    let status = word(first(root, Keys.status))
    put("resultType", status)
    if let status {
      let detail = ForeignReader.statusDetail(word(first(root, Keys.subStatus)) ?? "")
      put("resultSignature", "\(status).\(detail)")
    }
    put("resultDescription", word(first(root, Keys.description)))
    put("callerIpAddress", callerAddress(root, keys))
    put("correlationId", word(first(root, Keys.correlation)))
    writeIdentity(root, keys, authorization)
    writeProperties(root, keys, properties)
    hubRecord.append(UInt8(ascii: "}"))
  }

  private mutating func put(_ key: String, source: [UInt8]) {
    JSONText.append(key: key, to: &hubRecord)
    hubRecord.append(contentsOf: source)
  }

  mutating func put(_ key: String, _ text: String?) {
    guard let text else { return }
    JSONText.append(key: key, to: &hubRecord)
    JSONText.append(text, to: &hubRecord)
  }

  /// Rows without an id of their own may still have it among their properties.
  private func entityOrResource<Keys: ForeignKeys>(
    _ root: JSONNode, _ keys: Keys.Type, _ authorization: Structure?, _ properties: Structure?
  ) -> String? {
    if let stated = word(first(root, Keys.resource)) { return stated }
    return properties?.text("entity") ?? resource(root, keys, authorization)
  }

  /// The word of a status without its number: `BadRequest` of `Bad Request (HTTP Status Code: 400)`.
  static func statusDetail(_ text: String) -> String {
    let end = text.firstRange(of: "(HTTP")?.lowerBound ?? text.endIndex
    return text[..<end].filter { !$0.isWhitespace }
  }

  private mutating func callerAddress<Keys: ForeignKeys>(
    _ root: JSONNode, _ keys: Keys.Type
  ) -> String? {
    if let stated = word(first(root, Keys.callerAddress)) { return stated }
    let request = structure(first(root, Keys.request))
    return request?.text("clientipaddress") ?? request?.text("client_ip_address")
  }

  private mutating func writeIdentity<Keys: ForeignKeys>(
    _ root: JSONNode, _ keys: Keys.Type, _ authorization: Structure?
  ) {
    let claims = structure(first(root, Keys.claims))
    let caller = word(first(root, Keys.caller))
    JSONText.append(key: "identity", to: &hubRecord)
    hubRecord.append(UInt8(ascii: "{"))
    if let authorization { writeAuthorization(authorization) }
    if let claims {
      put("claims", source: claims.source)
    } else if let caller {
      JSONText.append(key: "claims", to: &hubRecord)
      hubRecord.append(UInt8(ascii: "{"))
      writeClaims(of: caller)
      hubRecord.append(UInt8(ascii: "}"))
    }
    hubRecord.append(UInt8(ascii: "}"))
  }

  private mutating func writeClaims(of caller: String) {
    if caller.utf8.contains(UInt8(ascii: "@")) {
      put("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn", caller)
    } else if isGUID(caller) {
      put("http://schemas.microsoft.com/identity/claims/objectidentifier", caller)
    } else {
      // People have accounts; what is called otherwise is one of Microsoft's services.
      put("idtyp", "app")
      put("name", caller)
    }
  }

  /// Writes the role where a hub's record has it.
  private mutating func writeAuthorization(_ authorization: Structure) {
    guard let role = authorization.text("role") else {
      return put("authorization", source: authorization.source)
    }
    JSONText.append(key: "authorization", to: &hubRecord)
    hubRecord.append(UInt8(ascii: "{"))
    put("scope", authorization.text("scope"))
    put("action", authorization.text("action"))
    JSONText.append(key: "evidence", to: &hubRecord)
    hubRecord.append(UInt8(ascii: "{"))
    put("role", role)
    hubRecord.append(contentsOf: "}}".utf8)
  }

  /// Writes the properties; what a provider wrote without ARM stands in them one level deeper.
  private mutating func writeProperties<Keys: ForeignKeys>(
    _ root: JSONNode, _ keys: Keys.Type, _ properties: Structure?
  ) {
    guard let node = first(root, Keys.properties) else { return }
    guard let properties else { return put("properties", source: tree.source(node)) }
    let event = word(first(root, Keys.eventName))
    guard let event, isOfProvider(event, properties) else {
      return put("properties", source: properties.source)
    }
    JSONText.append(key: "properties", to: &hubRecord)
    hubRecord.append(UInt8(ascii: "{"))
    put("eventName", event)
    put("eventProperties", source: properties.source)
    hubRecord.append(UInt8(ascii: "}"))
  }

  private func isOfProvider(_ event: String, _ properties: Structure) -> Bool {
    guard !["beginrequest", "endrequest"].contains(event.lowercased()) else { return false }
    return ["entity", "message", "requestbody", "responsebody", "statuscode", "eventname"]
      .allSatisfy { properties.text($0) == nil }
  }
}

// Bastion's sessions.
extension ForeignReader {
  /// The column of each property, as Bastion's table names it and as the older one for all does.
  private static let sessionKeys: [(key: String, columns: [StaticString])] = [
    ("userName", ["UserName", "userName_s"]), ("userEmail", ["UserEmail", "userEmail_s"]),
    ("clientIpAddress", ["ClientIpAddress", "clientIpAddress_s"]),
    ("protocol", ["Protocol", "protocol_s"]),
    ("targetResourceId", ["TargetResourceId", "targetResourceId_s"]),
    ("message", ["Message", "message_s"]), ("duration", ["Duration", "duration_s", "duration_d"]),
    ("tunnelId", ["TunnelId", "tunnelId_s", "tunnelId_g"]),
  ]

  /// Writes a row of Bastion's sessions.
  mutating func writeSession(_ root: JSONNode) {
    hubRecord.removeAll(keepingCapacity: true)
    hubRecord.append(UInt8(ascii: "{"))
    if let time = tree.value(of: root, "TimeGenerated") { put("time", source: tree.source(time)) }
    put("resourceId", word(first(root, ["ResourceId", "_ResourceId"])))
    put("category", "BastionAuditLogs")
    let operation = word(tree.value(of: root, "OperationName"))
    put("operationName", operation ?? OperationCatalog.Operation.session.name)
    JSONText.append(key: "properties", to: &hubRecord)
    hubRecord.append(UInt8(ascii: "{"))
    for (key, columns) in ForeignReader.sessionKeys { put(key, word(first(root, columns))) }
    hubRecord.append(contentsOf: "}}".utf8)
  }
}
