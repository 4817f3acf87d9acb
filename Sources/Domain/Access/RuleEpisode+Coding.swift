extension RuleEpisode {
  /// The episode as canonical JSON.
  public var canonical: [UInt8] {
    var json = CanonicalJSON()
    json.openObject()
    json.member("author", author)
    json.member("begin", begin)
    if !blanks.isEmpty {
      json.key("blanks")
      json.openArray()
      for blank in blanks { blank.write(to: &json) }
      json.closeArray()
    }
    json.member("byDefender", byDefender)
    json.member("end", end)
    json.member("endEvidence", endEvidence)
    json.member("firstSight", isAtFirstSight)
    json.member("nsg", nsg.display)
    json.member("remover", remover)
    json.key("versions")
    json.openArray()
    for version in versions { version.write(to: &json) }
    json.closeArray()
    json.closeObject()
    return json.bytes
  }

  /// The episode that canonical JSON of this version means, or nil when it is not such.
  public init?(canonical bytes: [UInt8]) {
    var reader = CanonicalReader(bytes)
    let nothing = NetworkRule(
      name: "", access: "", direction: "", protocolName: "", ports: [], sources: [],
      destinations: [])
    var episode = RuleEpisode(
      nsg: ResourceID(""), first: Version(at: .epoch, rule: nothing, writer: nil, evidence: []),
      begin: nil, author: nil)
    episode.versions = []
    do {
      try reader.object { reader, key throws(CanonicalReader.Malformed) in
        try episode.read(key, &reader)
      }
      try reader.finish()
    } catch { return nil }
    guard !episode.versions.isEmpty else { return nil }
    self = episode
  }

  private mutating func read(
    _ key: String, _ reader: inout CanonicalReader
  ) throws(CanonicalReader.Malformed) {
    switch key {
    case "author": author = try Actor(&reader)
    case "begin": begin = try reader.time()
    case "blanks":
      try reader.array { reader throws(CanonicalReader.Malformed) in
        blanks.append(try Opening.Presumption(&reader))
      }
    case "byDefender": byDefender = try reader.flag()
    case "end": end = try reader.time()
    case "endEvidence": endEvidence = try reader.evidenceIDs()
    case "firstSight": isAtFirstSight = try reader.flag()
    case "nsg": nsg = ResourceID(try reader.text())
    case "remover": remover = try Actor(&reader)
    case "versions":
      try reader.array { reader throws(CanonicalReader.Malformed) in
        versions.append(try Version(&reader))
      }
    default: throw CanonicalReader.Malformed(offset: 0)
    }
  }
}

extension RuleEpisode.Version {
  fileprivate func write(to json: inout CanonicalJSON) {
    json.openObject()
    json.key("at")
    json.value(at)
    json.member("evidence", evidence)
    json.key("rule")
    rule.write(to: &json)
    json.member("writer", writer)
    json.closeObject()
  }

  fileprivate init(_ reader: inout CanonicalReader) throws(CanonicalReader.Malformed) {
    var at = EventTime.epoch
    var rule: NetworkRule?
    var writer: Actor?
    var evidence: [EvidenceID] = []
    try reader.object { reader, key throws(CanonicalReader.Malformed) in
      switch key {
      case "at": at = try reader.time()
      case "evidence": evidence = try reader.evidenceIDs()
      case "rule": rule = try NetworkRule(&reader)
      case "writer": writer = try Actor(&reader)
      default: throw CanonicalReader.Malformed(offset: 0)
      }
    }
    guard let rule else { throw CanonicalReader.Malformed(offset: 0) }
    self.init(at: at, rule: rule, writer: writer, evidence: evidence)
  }
}
