extension CanonicalJSON {
  mutating func member(_ name: StaticString, _ text: String?) {
    guard let text else { return }
    key(name)
    value(text)
  }

  mutating func member(_ name: StaticString, _ time: EventTime?) {
    guard let time else { return }
    key(name)
    value(time)
  }

  mutating func member(_ name: StaticString, _ flag: Bool) {
    key(name)
    value(flag)
  }

  mutating func member(_ name: StaticString, _ texts: [String]) {
    key(name)
    openArray()
    for text in texts { value(text) }
    closeArray()
  }

  mutating func member(_ name: StaticString, _ ids: [EvidenceID]) {
    member(name, ids.map(\.description))
  }

  mutating func member(_ name: StaticString, _ actor: Actor?) {
    guard let actor else { return }
    key(name)
    openObject()
    member("appId", actor.appID)
    member("kind", actor.kind.rawValue)
    member("name", actor.name)
    member("objectId", actor.objectID)
    closeObject()
  }
}

extension CanonicalReader {
  mutating func texts() throws(Malformed) -> [String: String] {
    var fields: [String: String] = [:]
    try object { reader, key throws(Malformed) in fields[key] = try reader.text() }
    return fields
  }

  mutating func textArray() throws(Malformed) -> [String] {
    var texts: [String] = []
    try array { reader throws(Malformed) in texts.append(try reader.text()) }
    return texts
  }

  /// A span as text: a whole number beyond 2^53 has no exact form in RFC 8785.
  mutating func span() throws(Malformed) -> TimeSpan {
    guard let ticks = Int64(try text()) else { throw Malformed(offset: 0) }
    return TimeSpan(ticks: ticks)
  }

  mutating func evidenceIDs() throws(Malformed) -> [EvidenceID] {
    try textArray().map { text throws(Malformed) in
      guard let id = EvidenceID(text) else { throw Malformed(offset: 0) }
      return id
    }
  }
}

extension Actor {
  init(_ reader: inout CanonicalReader) throws(CanonicalReader.Malformed) {
    let fields = try reader.texts()
    guard let kind = Kind(rawValue: fields["kind"] ?? "") else {
      throw CanonicalReader.Malformed(offset: 0)
    }
    self.init(
      kind: kind, name: fields["name"], objectID: fields["objectId"], appID: fields["appId"])
  }
}
