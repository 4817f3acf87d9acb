extension CanonicalJSON {
  mutating func policy(_ name: StaticString, _ policy: PolicyBody) {
    key(name)
    openObject()
    key("ports")
    openArray()
    for port in policy.ports { self.port(port) }
    closeArray()
    member("vms", policy.vms.map(\.display))
    closeObject()
  }

  private mutating func port(_ port: PolicyBody.Port) {
    openObject()
    // As text: a whole number beyond 2^53 has no exact form in RFC 8785.
    member("maximum", port.maximum.map { String($0.ticks) })
    key("number")
    value(Int64(port.number))
    member("protocol", port.protocolName)
    member("sources", port.sources)
    member("vm", port.vm.display)
    closeObject()
  }
}

extension PolicyBody {
  /// The policy as canonical JSON.
  public var canonical: [UInt8] {
    var json = CanonicalJSON()
    json.openObject()
    json.policy("policy", self)
    json.closeObject()
    return json.bytes
  }

  /// The policy that canonical JSON of this version means, or nil when it is not such.
  public init?(canonical bytes: [UInt8]) {
    var reader = CanonicalReader(bytes)
    var found: PolicyBody?
    do {
      try reader.object { reader, _ throws(CanonicalReader.Malformed) in
        found = try PolicyBody(&reader)
      }
      try reader.finish()
    } catch { return nil }
    guard let found else { return nil }
    self = found
  }

  init(_ reader: inout CanonicalReader) throws(CanonicalReader.Malformed) {
    var policy = PolicyBody(vms: [], ports: [])
    try reader.object { reader, key throws(CanonicalReader.Malformed) in
      switch key {
      case "ports":
        try reader.array { reader throws(CanonicalReader.Malformed) in
          policy.ports.append(try Port(&reader))
        }
      case "vms": policy.vms = try reader.textArray().map { ResourceID($0) }
      default: throw CanonicalReader.Malformed(offset: 0)
      }
    }
    self = policy
  }
}

extension PolicyBody.Port {
  fileprivate init(_ reader: inout CanonicalReader) throws(CanonicalReader.Malformed) {
    var port = PolicyBody.Port(
      vm: ResourceID(""), number: 0, protocolName: nil, sources: [], maximum: nil)
    try reader.object { reader, key throws(CanonicalReader.Malformed) in
      switch key {
      case "maximum": port.maximum = try reader.span()
      case "number": port.number = Int(try reader.number())
      case "protocol": port.protocolName = try reader.text()
      case "sources": port.sources = try reader.textArray()
      case "vm": port.vm = ResourceID(try reader.text())
      default: throw CanonicalReader.Malformed(offset: 0)
      }
    }
    self = port
  }
}

extension SessionDetail {
  init(_ reader: inout CanonicalReader) throws(CanonicalReader.Malformed) {
    let fields = try reader.texts()
    self.init(
      vm: ResourceID(fields["vm"] ?? ""), login: fields["login"],
      protocolName: fields["protocol"], tunnelID: fields["tunnelId"])
  }
}
