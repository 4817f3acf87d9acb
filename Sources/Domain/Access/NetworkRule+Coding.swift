extension NetworkRule {
  /// The rule as canonical JSON.
  public var canonical: [UInt8] {
    var json = CanonicalJSON()
    write(to: &json)
    return json.bytes
  }

  /// The rule that canonical JSON of this version means, or nil when it is not such.
  public init?(canonical bytes: [UInt8]) {
    var reader = CanonicalReader(bytes)
    do {
      self = try NetworkRule(&reader)
      try reader.finish()
    } catch { return nil }
  }

  func write(to json: inout CanonicalJSON) {
    json.openObject()
    json.member("access", access)
    json.member("destinations", destinations)
    json.member("direction", direction)
    json.member("name", name)
    json.member("ports", ports)
    json.member("protocol", protocolName)
    json.member("sources", sources)
    json.member("text", text)
    json.closeObject()
  }

  init(_ reader: inout CanonicalReader) throws(CanonicalReader.Malformed) {
    var rule = NetworkRule(
      name: "", access: "", direction: "", protocolName: "", ports: [], sources: [],
      destinations: [])
    try reader.object { reader, key throws(CanonicalReader.Malformed) in
      switch key {
      case "access": rule.access = try reader.text()
      case "destinations": rule.destinations = try reader.textArray()
      case "direction": rule.direction = try reader.text()
      case "name": rule.name = try reader.text()
      case "ports": rule.ports = try reader.textArray()
      case "protocol": rule.protocolName = try reader.text()
      case "sources": rule.sources = try reader.textArray()
      case "text": rule.text = try reader.text()
      default: throw CanonicalReader.Malformed(offset: 0)
      }
    }
    self = rule
  }
}

extension CanonicalJSON {
  /// Writes rules, each by its number where it has one.
  mutating func rules(
    _ name: StaticString, _ rules: [NetworkRule], _ number: (NetworkRule) -> Int64?
  ) {
    key(name)
    openArray()
    for rule in rules {
      if let number = number(rule) { value(number) } else { rule.write(to: &self) }
    }
    closeArray()
  }
}

extension CanonicalReader {
  /// Reads rules, which are written as a whole or by their numbers.
  mutating func rules(_ known: (Int64) -> NetworkRule?) throws(Malformed) -> [NetworkRule] {
    var rules: [NetworkRule] = []
    try array { reader throws(Malformed) in
      if reader.isAtObject {
        rules.append(try NetworkRule(&reader))
      } else {
        guard let rule = known(try reader.number()) else { throw Malformed(offset: 0) }
        rules.append(rule)
      }
    }
    return rules
  }
}
