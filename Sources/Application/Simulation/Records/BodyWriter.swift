internal import Access

/// Writes the bodies of an initiate call as clients and the service do.
struct BodyWriter {
  let estate: Estate
  let style: RecordStyle

  /// What the client sends.
  func request(of call: Call) -> JSONText {
    var json = JSONText()
    json.raw("{")
    write(call.targets, to: &json, ids: style.idCase) { target, json in
      number(target.port, to: &json)
      sources(target.sources, to: &json)
      switch target.limit {
      case .until(let end): json.member(key("endTimeUtc"), time(end))
      case .lasting(let span): json.member(key("duration"), BodyWriter.duration(span))
      case .nothing: break
      }
    }
    if let justification = call.justification, !hidesJustification(of: call) {
      json.member(key("justification"), justification)
    }
    json.raw("}")
    return json
  }

  /// What the service answers.
  func answer(to call: Call) -> JSONText {
    var json = JSONText()
    json.raw("{")
    write(call.targets, to: &json, ids: .readable) { target, json in
      json.key("number")
      json.raw("\(target.port)")
      let sources = target.sources.isEmpty ? call.caller.map { [$0] } ?? [] : target.sources
      if sources.count == 1 {
        json.member("allowedSourceAddressPrefix", sources[0])
      } else {
        list("allowedSourceAddressPrefixes", sources, to: &json)
      }
      if let end = target.answeredEnd { json.member("endTimeUtc", time(end)) }
      json.member("status", "Initiating")
      json.member("statusReason", "UserRequested")
    }
    if let startsAt = call.startsAt { json.member("startTimeUtc", time(startsAt)) }
    json.member("requestor", style.namesRequestor ? estate.people[call.person].name : "")
    if let justification = call.justification, !call.showsRequest || hidesJustification(of: call) {
      json.member("justification", justification)
    }
    json.raw("}")
    return json
  }

  private func hidesJustification(of call: Call) -> Bool {
    style.hidesJustification && call.showsAnswer
  }

  private func write(
    _ targets: [Call.Target], to json: inout JSONText, ids: RecordStyle.IDCase,
    port: (Call.Target, inout JSONText) -> Void
  ) {
    json.key(ids == .readable ? "virtualMachines" : key("virtualMachines"))
    json.raw("[")
    var machine: Int?
    for target in targets {
      let isSame = machine == target.machine
      if !isSame {
        if machine != nil { json.raw("]},") }
        json.raw("{")
        json.member(key("id"), ids.write(estate.machines[target.machine].id))
        json.key(key("ports"))
        json.raw("[")
        machine = target.machine
      }
      json.raw(isSame ? ",{" : "{")
      port(target, &json)
      json.raw("}")
    }
    json.raw(machine == nil ? "]" : "]}]")
  }

  private func number(_ port: Int, to json: inout JSONText) {
    json.key(key("number"))
    json.raw(style.quotesNumbers ? "\"\(port)\"" : "\(port)")
  }

  private func sources(_ sources: [String], to json: inout JSONText) {
    if sources.isEmpty { return }
    switch style.sourceForm {
    case .list: list(key("allowedSourceAddressPrefix"), sources, to: &json)
    case .plural: list(key("allowedSourceAddressPrefixes"), sources, to: &json)
    case .joined: json.member(key("allowedSourceAddressPrefix"), sources.joined(separator: ","))
    }
  }

  private func list(_ name: String, _ texts: [String], to json: inout JSONText) {
    json.key(name)
    json.raw("[")
    for (index, text) in texts.enumerated() {
      if index > 0 { json.raw(",") }
      json.text(text)
    }
    json.raw("]")
  }

  private func time(_ instant: EventTime) -> String {
    LogTime.text(instant, trimmed: style.trimsTimes)
  }

  private func key(_ name: String) -> String {
    switch style.keyCase {
    case .camel: name
    case .lower: name.lowercased()
    case .pascal: name.prefix(1).uppercased() + name.dropFirst()
    }
  }

  /// ISO 8601 as .NET writes it.
  static func duration(_ span: TimeSpan) -> String {
    let minutes = span.wholeSeconds / 60
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60)
    let date = days > 0 ? "\(days)D" : ""
    let time = (hours > 0 ? "\(hours)H" : "") + (rest > 0 ? "\(rest)M" : "")
    return "P" + date + (time.isEmpty ? "" : "T" + time)
  }
}
