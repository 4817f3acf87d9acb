internal import Access

/// Writes the records of calls that are no initiates in either shape of the export.
struct DeedWriter {
  let story: Story
  let identities: IdentityWriter

  private var bodies: RuleWriter { RuleWriter(story: story) }
  private var estate: Estate { story.estate }

  init(_ story: Story, _ identities: IdentityWriter) {
    self.story = story
    self.identities = identities
  }

  /// The same deed, record and shape give the same bytes.
  func write(_ deed: Deed, record index: Int, isLegacy: Bool, to bytes: inout [UInt8]) {
    var json = JSONText(bytes: bytes)
    bytes = []
    let record = deed.records[index]
    var dice = Dice(seed: deed.style &+ UInt64(index) &* 0x71)
    let (resource, operation) = DeedPlace(story).place(of: deed.kind)
    let idCase: RecordStyle.IDCase = dice.pick([.upper, .upper, .upper, .readable, .lower])
    json.raw("{")
    if !isLegacy {
      json.member("RoleLocation", "West Europe")
      json.member("Stamp", "FDWeb")
      json.member("ReleaseVersion", "7.2026.30.7")
    }
    json.member("time", LogTime.text(record.at, trimmed: false))
    json.member("resourceId", idCase.write(resource))
    json.member("operationName", dice.chance(0.9) ? operation.uppercased() : operation)
    json.member("category", isLegacy ? DeedWriter.legacy(operation) : "Administrative")
    json.member("resultType", record.phase.text)
    json.member("resultSignature", signature(of: record))
    json.key("durationMs")
    json.raw(isLegacy ? "20" : "\"20\"")
    json.member("callerIpAddress", address(of: deed.author))
    json.member("correlationId", deed.correlation.text)
    identities.write(
      deed.author, scope: resource, action: operation, isLegacy: isLegacy, to: &json)
    json.member("level", record.phase == .failure ? "Error" : "Information")
    if isLegacy { json.member("location", "global") }
    writeProperties(of: deed, record, resource, operation, isLegacy: isLegacy, to: &json)
    if !isLegacy { json.member("tenantId", estate.tenant) }
    json.raw("}")
    bytes = json.bytes
  }

  private static func legacy(_ operation: String) -> String {
    let verb = operation.split(separator: "/").last ?? ""
    return verb.prefix(1).uppercased() + verb.dropFirst()
  }

  private func address(of author: Int?) -> String {
    author.map { estate.people[$0].address } ?? "20.38.85.224"
  }

  private func signature(of record: Call.Record) -> String {
    switch record.phase {
    case .start: "Started."
    case .accept: "Accepted.Accepted"
    case .success: record.hasBody ? "Succeeded.OK" : "Succeeded."
    case .failure: "Failed.Conflict"
    case .other: ""
    }
  }

  private func writeProperties(
    of deed: Deed, _ record: Call.Record, _ resource: String, _ operation: String, isLegacy: Bool,
    to json: inout JSONText
  ) {
    json.key("properties")
    json.raw("{")
    switch record.phase {
    case .start: break
    case .failure:
      json.member("statusCode", "Conflict")
      json.member(
        "statusMessage", #"{"error":{"code":"Conflict","message":"Another change is going on."}}"#)
    default:
      json.member("statusCode", record.phase == .accept ? "Accepted" : "OK")
      json.member("serviceRequestId", "")
    }
    let isAnswer = record.phase != .start
    if record.hasBody, let body = body(of: deed, isAnswer: isAnswer) {
      json.nested(isAnswer ? "responseBody" : "requestbody", body, asText: deed.style % 8 != 0)
    }
    if !isLegacy {
      json.member("eventCategory", "Administrative")
      json.member("entity", resource)
      json.member("message", operation)
      json.member("hierarchy", "\(estate.tenant)/\(resource.dropFirst(15).prefix(36))")
    }
    json.raw("}")
  }

  private func body(of deed: Deed, isAnswer: Bool) -> JSONText? {
    switch deed.kind {
    case .writeGroup(let group): return bodies.group(deed, group, isAnswer: isAnswer)
    case .writeRule(let group, let rule): return bodies.rule(rule, group, isAnswer: isAnswer)
    case .writePolicy(let policy, let version):
      return bodies.policy(policy, version: version, isAnswer: isAnswer)
    case .runCommand:
      if isAnswer { return nil }
      return JSONText(bytes: Array(#"{"commandId":"RunShellScript","script":["******"]}"#.utf8))
    case .resetAccess(let machine):
      var json = JSONText()
      json.raw(#"{"location":"westeurope","properties":{"publisher":"Microsoft.Compute""#)
      let isWindows = estate.machines[machine].port == 3389
      json.member("type", isWindows ? "VMAccessAgent" : "VMAccessForLinux")
      json.member("typeHandlerVersion", "2.4")
      json.raw("}}")
      return json
    case .rewriteFeed:
      return JSONText(
        bytes: Array(
          #"{"properties":{"logs":[{"category":"Administrative","enabled":false}]}}"#.utf8))
    case .deleteRule, .deletePolicy, .serialConsole, .deleteFeed: return nil
    }
  }
}

/// On which resource a deed is done, and by which operation, both in readable case.
struct DeedPlace {
  private let story: Story

  init(_ story: Story) { self.story = story }

  func place(of kind: Deed.Kind) -> (resource: String, operation: String) {
    let estate = story.estate
    func vm(_ machine: Int) -> String { estate.machines[machine].id }
    func rule(_ group: Int, _ rule: Int) -> String {
      "\(estate.groups[group].id)/securityRules/\(story.book.rules[rule].name)"
    }
    func feed(_ subscription: Int) -> String {
      "/subscriptions/\(estate.subscriptions[subscription])/providers/Microsoft.Insights"
        + "/diagnosticSettings/to-hub"
    }
    let groups = "Microsoft.Network/networkSecurityGroups"
    let policies = "Microsoft.Security/locations/jitNetworkAccessPolicies"
    let machines = "Microsoft.Compute/virtualMachines"
    let settings = "Microsoft.Insights/diagnosticSettings"
    switch kind {
    case .writeGroup(let group): return (estate.groups[group].id, "\(groups)/write")
    case .writeRule(let group, let number):
      return (rule(group, number), "\(groups)/securityRules/write")
    case .deleteRule(let group, let number):
      return (rule(group, number), "\(groups)/securityRules/delete")
    case .writePolicy(let policy, _): return (estate.policies[policy].id, "\(policies)/write")
    case .deletePolicy(let policy): return (estate.policies[policy].id, "\(policies)/delete")
    case .runCommand(let machine): return (vm(machine), "\(machines)/runCommand/action")
    case .serialConsole(let machine):
      return (
        "\(vm(machine))/providers/Microsoft.SerialConsole/serialPorts/0",
        "Microsoft.SerialConsole/serialPorts/connect/action"
      )
    case .resetAccess(let machine):
      return ("\(vm(machine))/extensions/enablevmAccess", "\(machines)/extensions/write")
    case .deleteFeed(let subscription): return (feed(subscription), "\(settings)/delete")
    case .rewriteFeed(let subscription): return (feed(subscription), "\(settings)/write")
    }
  }
}
