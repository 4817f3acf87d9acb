internal import Access

/// Writes the bodies of calls about rules and policies.
struct RuleWriter {
  let story: Story

  /// A network security group with all its rules, as a client sends it or as the service answers.
  func group(_ deed: Deed, _ group: Int, isAnswer: Bool) -> JSONText {
    let security = story.estate.groups[group]
    var json = JSONText()
    json.raw("{")
    if isAnswer {
      json.member("name", String(security.id.split(separator: "/").last ?? ""))
      json.member("id", security.id)
    }
    json.member("location", security.location)
    json.raw(",\"properties\":{")
    if isAnswer { json.member("provisioningState", "Updating") }
    json.key("securityRules")
    json.raw("[")
    for (place, rule) in deed.snapshot.enumerated() {
      if place > 0 { json.raw(",") }
      write(story.book.rules[Int(rule)], of: security, isAnswer: isAnswer, to: &json)
    }
    json.raw("]}}")
    return json
  }

  /// One rule on its own.
  func rule(_ rule: Int, _ group: Int, isAnswer: Bool) -> JSONText {
    var json = JSONText()
    write(story.book.rules[rule], of: story.estate.groups[group], isAnswer: isAnswer, to: &json)
    return json
  }

  private func write(
    _ rule: Rule, of group: SecurityGroup, isAnswer: Bool, to json: inout JSONText
  ) {
    json.raw("{")
    json.member("name", rule.name)
    if isAnswer { json.member("id", "\(group.id)/securityRules/\(rule.name)") }
    json.raw(",\"properties\":{")
    if isAnswer { json.member("provisioningState", "Succeeded") }
    if let text = rule.text { json.member("description", text) }
    json.member("protocol", rule.protocolName)
    json.member("sourcePortRange", "*")
    list("destinationPortRange", "destinationPortRanges", rule.ports, to: &json)
    list("sourceAddressPrefix", "sourceAddressPrefixes", rule.sources, to: &json)
    json.member("destinationAddressPrefix", rule.destination)
    json.member("access", rule.isAllow ? "Allow" : "Deny")
    json.key("priority")
    json.raw("\(rule.priority)")
    json.member("direction", rule.isInbound ? "Inbound" : "Outbound")
    json.raw("}}")
  }

  private func list(
    _ single: String, _ plural: String, _ texts: [String], to json: inout JSONText
  ) {
    if texts.count == 1 { return json.member(single, texts[0]) }
    json.key(plural)
    json.raw("[")
    for (place, text) in texts.enumerated() {
      if place > 0 { json.raw(",") }
      json.text(text)
    }
    json.raw("]")
  }

  /// A policy as one of its versions says.
  func policy(_ policy: Int, version: Int, isAnswer: Bool) -> JSONText {
    let terms = story.history.versions[policy][version].terms ?? [:]
    var json = JSONText()
    json.raw("{")
    json.member("kind", "Basic")
    json.raw(",\"properties\":{\"virtualMachines\":[")
    for (place, machine) in terms.keys.sorted().enumerated() {
      if place > 0 { json.raw(",") }
      json.raw("{")
      json.member("id", story.estate.machines[machine].id)
      json.raw(",\"ports\":[")
      for (number, port) in (terms[machine] ?? []).enumerated() {
        if number > 0 { json.raw(",") }
        json.raw("{\"number\":\(port.number)")
        json.member("protocol", port.protocolName)
        json.member("allowedSourceAddressPrefix", port.source)
        json.member("maxRequestAccessDuration", BodyWriter.duration(port.maximum))
        json.raw("}")
      }
      json.raw("]}")
    }
    json.raw(isAnswer ? "],\"requests\":[],\"provisioningState\":\"Succeeded\"}" : "]}")
    if isAnswer {
      json.member("id", story.estate.policies[policy].id)
      json.member("name", "default")
      json.member("type", "Microsoft.Security/locations/jitNetworkAccessPolicies")
      json.member("location", story.estate.policies[policy].location)
    }
    json.raw("}")
    return json
  }
}
