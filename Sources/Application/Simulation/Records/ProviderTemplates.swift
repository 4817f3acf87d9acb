internal import Access

/// Writes a template and notes where its time and its ids are.
struct TemplateDraft {
  var json = JSONText()
  private var timeAt = 0
  private var idsAt: [Int] = []

  init() { json.raw("{") }

  mutating func time(_ name: String = "time") {
    json.key(name)
    json.raw("\"")
    timeAt = json.bytes.count
    LogTime.append(.epoch, to: &json.bytes)
    json.raw("\"")
  }

  mutating func id(_ name: String) {
    json.key(name)
    json.raw("\"")
    idsAt.append(json.bytes.count)
    json.raw(String(repeating: "0", count: 36))
    json.raw("\"")
  }

  consuming func finished() -> NoiseTemplates.Template {
    json.raw("}")
    return NoiseTemplates.Template(bytes: json.bytes, timeAt: timeAt, idsAt: idsAt)
  }
}

/// Records that resource providers and other services write in shapes of their own.
extension NoiseTemplates {
  func health(_ dice: inout Dice) -> Template {
    var draft = TemplateDraft()
    draft.time()
    draft.json.member("resourceId", dice.pick(machineIDs).uppercased())
    draft.id("correlationId")
    draft.json.member("operationName", "Microsoft.Resourcehealth/healthevent/Updated/action")
    draft.json.member("level", "Information")
    draft.json.member("resultType", "Updated")
    draft.json.member("category", "ResourceHealth")
    draft.json.raw(
      #","properties":{"eventCategory":"ResourceHealth","eventProperties":{"title":"This virtual"#
        + #" machine is starting as requested by an authorized user or process.","details":""#
        + #"VirtualMachineStartInitiatedByControlPlane","currentHealthStatus":"Unknown","#
        + #""previousHealthStatus":"Unknown","type":"Downtime","cause":"UserInitiated"}}"#)
    return draft.finished()
  }

  func alert(_ dice: inout Dice) -> Template {
    let machine = dice.pick(machineIDs)
    var draft = TemplateDraft()
    draft.time()
    draft.json.member("resourceId", machine)
    draft.json.member("correlationId", "\(machine)/alertrules/cpu/\(dice.below(100_000))")
    draft.json.member("operationName", "Microsoft.Insights/AlertRules/Activated/action")
    draft.json.member("level", "Warning")
    draft.json.member("resultType", "Succeeded.")
    draft.json.member("resultDescription", "'Percentage CPU' GreaterThan 90 in the last 5 minutes")
    draft.json.member("category", "Alert")
    draft.json.raw(
      #","properties":{"eventCategory":"Alert","eventProperties":{"RuleName":"cpu","Threshold":"#
        + #""90","WindowSizeInMinutes":"5","Aggregation":"Average","MetricName":"Percentage CPU"}}"#
    )
    return draft.finished()
  }

  func securityAlert(_ dice: inout Dice) -> Template {
    var draft = TemplateDraft()
    draft.time()
    draft.json.member("resourceId", dice.pick(machineIDs))
    draft.id("correlationId")
    draft.json.member("operationName", "Microsoft.Security/locations/alerts/activate/action")
    draft.json.member("level", "Informational")
    draft.json.member("resultType", "Active")
    draft.json.member("category", "Security")
    draft.json.raw(
      #","properties":{"eventCategory":"Security","eventName":"Failed logins","eventProperties":"#
        + #"{"severity":"Low","intent":"PreAttack","port":"3389"}}"#)
    return draft.finished()
  }

  func signIn(_ dice: inout Dice) -> Template {
    let name = dice.pick(peopleNames)
    var draft = TemplateDraft()
    draft.time()
    draft.json.member("resourceId", "/tenants/\(GUID(&dice).text)/providers/Microsoft.aadiam")
    draft.json.member("operationName", "Sign-in activity")
    draft.json.member("operationVersion", "1.0")
    draft.json.member("category", "SignInLogs")
    draft.json.member("resultType", "0")
    draft.json.member("resultSignature", "None")
    draft.json.raw(",\"durationMs\":0")
    draft.json.member("callerIpAddress", "<null>")
    draft.id("correlationId")
    draft.json.member("identity", name)
    draft.json.raw(",\"Level\":4")
    draft.json.member("location", "DE")
    draft.json.raw(",\"properties\":{")
    draft.json.member("userPrincipalName", name)
    draft.json.member("appDisplayName", "Azure Portal")
    draft.json.member("userAgent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64)")
    draft.json.raw(#","status":{"errorCode":0},"deviceDetail":{},"isInteractive":true}"#)
    return draft.finished()
  }

  /// A metric, which has no operation at all.
  func metric(_ dice: inout Dice) -> Template {
    var draft = TemplateDraft()
    draft.json.raw(
      "\"count\":4,\"total\":\(dice.below(400)),\"minimum\":0,\"maximum\":97.5,\"average\":12.25")
    draft.json.member("resourceId", dice.pick(machineIDs).uppercased())
    draft.time()
    draft.json.member("metricName", "Percentage CPU")
    draft.json.member("timeGrain", "PT1M")
    return draft.finished()
  }
}
