internal import Hashing

extension Finding {
  /// The finding as canonical JSON; keys are those of the contract where it has them.
  public var canonical: [UInt8] {
    var json = CanonicalJSON()
    json.openObject()
    json.member("actor", actor)
    json.member("attack", attack)
    json.key("count")
    json.value(Int64(count))
    json.member("evidence", evidence)
    json.member("explanation", explanation)
    json.member("id", id.hex)
    json.member("occurredAt", occurredAt)
    json.key("over")
    json.value(over)
    json.member("rule", rule)
    json.member("severity", severity.text)
    json.member("slice", slice)
    json.member("title", title)
    json.member("vms", vms.map(\.display))
    json.closeObject()
    return json.bytes
  }

  /// The finding that canonical JSON of this version means, or nil when it is not such.
  public init?(canonical bytes: [UInt8]) {
    var reader = CanonicalReader(bytes)
    var finding = Finding(rule: "", key: [], slice: "", severity: .info, occurredAt: .epoch)
    do {
      try reader.object { reader, key throws(CanonicalReader.Malformed) in
        try finding.read(key, &reader)
      }
      try reader.finish()
    } catch { return nil }
    self = finding
  }

  private mutating func read(
    _ key: String, _ reader: inout CanonicalReader
  ) throws(CanonicalReader.Malformed) {
    switch key {
    case "actor": actor = try Actor(&reader)
    case "attack": attack = try reader.textArray()
    case "count": count = Int(try reader.number())
    case "evidence": evidence = try reader.evidenceIDs()
    case "explanation": explanation = try reader.text()
    case "id":
      guard let digest = SHA256Digest(hex: try reader.text()) else {
        throw CanonicalReader.Malformed(offset: 0)
      }
      id = digest
    case "occurredAt": occurredAt = try reader.time()
    case "over": over = try reader.flag()
    case "rule": rule = try reader.text()
    case "severity":
      guard let word = Severity(try reader.text()) else {
        throw CanonicalReader.Malformed(offset: 0)
      }
      severity = word
    case "slice": slice = try reader.text()
    case "title": title = try reader.text()
    case "vms": vms = try reader.textArray().map { ResourceID($0) }
    default: throw CanonicalReader.Malformed(offset: 0)
    }
  }
}
