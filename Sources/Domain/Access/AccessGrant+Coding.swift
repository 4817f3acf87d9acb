extension AccessGrant {
  func write(to json: inout CanonicalJSON) {
    json.openObject()
    json.member("askedFor", askedFor.map { String($0.ticks) })
    json.member("endsAt", endsAt)
    json.member("inferred", inferred)
    json.member("maximum", maximum.map { String($0.ticks) })
    if !openings.isEmpty {
      json.key("openings")
      json.openArray()
      for opening in openings { opening.write(to: &json) }
      json.closeArray()
    }
    json.member("opensAt", opensAt)
    if let port {
      json.key("port")
      json.value(Int64(port))
    }
    json.member("protocol", protocolName)
    json.member("sources", sources)
    if let supersededBy {
      json.key("superseded")
      json.openArray()
      json.value(supersededBy.requestedAt)
      json.value(supersededBy.opensAt)
      json.closeArray()
    }
    json.member("vm", vm.display)
    json.closeObject()
  }

  init(_ reader: inout CanonicalReader) throws(CanonicalReader.Malformed) {
    var grant = AccessGrant(
      vm: ResourceID(""), port: nil, sources: [], opensAt: .epoch, endsAt: nil, askedFor: nil,
      inferred: false)
    try reader.object { reader, key throws(CanonicalReader.Malformed) in
      try grant.read(key, &reader)
    }
    self = grant
  }

  private mutating func read(
    _ key: String, _ reader: inout CanonicalReader
  ) throws(CanonicalReader.Malformed) {
    switch key {
    case "askedFor": askedFor = try reader.span()
    case "endsAt": endsAt = try reader.time()
    case "inferred": inferred = try reader.flag()
    case "maximum": maximum = try reader.span()
    case "openings":
      try reader.array { reader throws(CanonicalReader.Malformed) in
        openings.append(try Opening(&reader))
      }
    case "opensAt": opensAt = try reader.time()
    case "port": port = Int(try reader.number())
    case "protocol": protocolName = try reader.text()
    case "sources": sources = try reader.textArray()
    case "superseded": supersededBy = try Superseding(&reader)
    case "vm": vm = ResourceID(try reader.text())
    default: throw CanonicalReader.Malformed(offset: 0)
    }
  }
}

extension AccessGrant.Superseding {
  fileprivate init(_ reader: inout CanonicalReader) throws(CanonicalReader.Malformed) {
    var times: [EventTime] = []
    try reader.array { reader throws(CanonicalReader.Malformed) in
      times.append(try reader.time())
    }
    guard times.count == 2 else { throw CanonicalReader.Malformed(offset: 0) }
    self.init(requestedAt: times[0], opensAt: times[1])
  }
}

extension Opening {
  func write(to json: inout CanonicalJSON) {
    json.openObject()
    json.key("began")
    json.value(began)
    if isCarried { json.member("carried", true) }
    json.key("from")
    json.value(from)
    json.member("nsg", nsg.display)
    if !presumed.isEmpty {
      json.key("presumed")
      json.openArray()
      for one in presumed { one.write(to: &json) }
      json.closeArray()
    }
    json.member("rule", rule)
    json.member("until", until)
    json.member("yieldsAt", yieldsAt)
    json.closeObject()
  }

  init(_ reader: inout CanonicalReader) throws(CanonicalReader.Malformed) {
    var opening = Opening(
      nsg: ResourceID(""), rule: "", began: .epoch, from: .epoch, until: nil)
    try reader.object { reader, key throws(CanonicalReader.Malformed) in
      switch key {
      case "began": opening.began = try reader.time()
      case "carried": opening.isCarried = try reader.flag()
      case "from": opening.from = try reader.time()
      case "nsg": opening.nsg = ResourceID(try reader.text())
      case "presumed":
        try reader.array { reader throws(CanonicalReader.Malformed) in
          opening.presumed.append(try Presumption(&reader))
        }
      case "rule": opening.rule = try reader.text()
      case "until": opening.until = try reader.time()
      case "yieldsAt": opening.yieldsAt = try reader.time()
      default: throw CanonicalReader.Malformed(offset: 0)
      }
    }
    self = opening
  }
}

extension Opening.Presumption {
  func write(to json: inout CanonicalJSON) {
    json.openArray()
    json.value(at)
    if let refutedAt { json.value(refutedAt) }
    json.closeArray()
  }

  init(_ reader: inout CanonicalReader) throws(CanonicalReader.Malformed) {
    var times: [EventTime] = []
    try reader.array { reader throws(CanonicalReader.Malformed) in
      times.append(try reader.time())
    }
    guard let at = times.first, times.count < 3 else { throw CanonicalReader.Malformed(offset: 0) }
    self.init(at: at, refutedAt: times.count == 2 ? times[1] : nil)
  }
}
