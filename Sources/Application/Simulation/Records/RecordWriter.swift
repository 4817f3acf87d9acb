internal import Access

/// Writes the records of initiate calls in either shape of the export.
struct RecordWriter {
  let estate: Estate
  let identities: IdentityWriter

  static let operation = "Microsoft.Security/locations/jitNetworkAccessPolicies/initiate/action"

  /// One record of a call, with what its wording depends on.
  private struct Draft {
    let call: Call
    let record: Call.Record
    let isFirst: Bool
    let isLegacy: Bool
    let style: RecordStyle
    let resource: String
    let operation: String
    let correlation: String
    let names: (level: Bool, caller: Bool)
  }

  /// The same call, record and shape give the same bytes.
  func write(_ call: Call, record index: Int, isLegacy: Bool, to bytes: inout [UInt8]) {
    var json = JSONText(bytes: bytes)
    bytes = []
    let record = call.records[index]
    if record.isNote {
      writeNote(of: call, record, to: &json)
    } else {
      let draft = draft(of: call, index, isLegacy)
      writeHead(draft, to: &json)
      writeProperties(draft, to: &json)
      if !isLegacy { json.member("tenantId", estate.tenant) }
      json.raw("}")
    }
    bytes = json.bytes
  }

  private func draft(of call: Call, _ index: Int, _ isLegacy: Bool) -> Draft {
    var dice = Dice(seed: call.style &+ UInt64(index) &* 0x51)
    let policy = estate.policies[call.policy].id
    let idCase: RecordStyle.IDCase = dice.pick([.upper, .upper, .upper, .readable, .lower])
    let operation = RecordWriter.operation
    return Draft(
      call: call, record: call.records[index], isFirst: index == 0, isLegacy: isLegacy,
      style: RecordStyle(of: call, in: estate), resource: idCase.write(policy),
      operation: dice.chance(0.85) ? operation.uppercased() : operation,
      correlation: dice.chance(0.05) ? call.correlation.text.uppercased() : call.correlation.text,
      names: (level: dice.chance(0.03), caller: index == 0 || dice.chance(0.9)))
  }

  private func writeHead(_ draft: Draft, to json: inout JSONText) {
    let (call, record) = (draft.call, draft.record)
    json.raw("{")
    if !draft.isLegacy {
      json.member("RoleLocation", estate.policies[call.policy].location)
      json.member("Stamp", "FDWeb")
      json.member("ReleaseVersion", "7.2026.30.7")
    }
    json.member("time", LogTime.text(record.at, trimmed: draft.style.trimsTimes))
    json.member("resourceId", draft.resource)
    json.member("operationName", draft.operation)
    json.member("category", draft.isLegacy ? "Action" : "Administrative")
    json.member("resultType", record.phase.text)
    json.member("resultSignature", signature(of: draft))
    json.key("durationMs")
    let duration = record.phase == .start ? 0 : 61
    json.raw(draft.isLegacy ? "\(duration)" : "\"\(duration)\"")
    writeCaller(draft, to: &json)
    json.member("correlationId", draft.correlation)
    identities.write(
      IdentityWriter.Caller(
        person: call.person, appID: call.appID, namesObjectID: call.namesObjectID,
        namesRole: call.namesRole, scope: estate.policies[call.policy].id,
        action: RecordWriter.operation, isLegacy: draft.isLegacy),
      to: &json)
    if draft.names.level { json.raw(",\"Level\":4") }
    json.member("level", record.phase == .failure ? "Error" : "Information")
    if draft.isLegacy { json.member("location", "global") }
  }

  /// Late records are written by a job, which knows no address.
  private func writeCaller(_ draft: Draft, to json: inout JSONText) {
    guard let caller = draft.call.caller else { return }
    let isJob = !draft.isFirst && draft.record.phase == .success && !draft.record.hasBody
    if isJob {
      json.member("jobType", "ProxyResourceLongOperationJob")
      return
    }
    if !draft.names.caller {
      json.member("callerIpAddress", "<null>")
    } else if draft.style.portsOfCaller, !caller.contains(":") {
      json.member("callerIpAddress", "\(caller):49152")
    } else {
      json.member("callerIpAddress", caller)
    }
  }

  private func signature(of draft: Draft) -> String {
    switch draft.record.phase {
    case .start: "Started."
    case .accept: "Accepted.Accepted"
    case .success: draft.record.hasBody ? "Succeeded.OK" : "Succeeded."
    case .failure: "Failed.\(draft.call.refusal?.status ?? "BadRequest")"
    case .other: ""
    }
  }

  private func writeProperties(_ draft: Draft, to json: inout JSONText) {
    let (call, record) = (draft.call, draft.record)
    let bodies = BodyWriter(estate: estate, style: draft.style)
    let asText = !draft.style.bodyIsObject
    json.key("properties")
    json.raw("{")
    switch record.phase {
    case .start:
      if record.hasBody {
        json.nested(draft.style.requestKey, bodies.request(of: call), asText: asText)
      }
    case .accept, .success, .other:
      json.member("statusCode", record.phase == .accept ? "Accepted" : "OK")
      json.member("serviceRequestId", "")
      if record.hasBody {
        json.nested(draft.style.answerKey, bodies.answer(to: call), asText: asText)
      }
    case .failure:
      let refusal = call.refusal ?? .badRequest
      json.member("statusCode", refusal.status)
      json.raw(",\"serviceRequestId\":null")
      let person = estate.people[call.person]
      if let text = refusal.statusMessage(for: person, on: estate.policies[call.policy]) {
        json.member("statusMessage", text)
      }
    }
    if !draft.isLegacy {
      let policy = estate.policies[call.policy]
      json.member("eventCategory", "Administrative")
      json.member("entity", policy.id)
      json.member("message", RecordWriter.operation)
      json.member(
        "hierarchy", "\(estate.tenant)/\(estate.subscriptions[policy.subscription])")
    }
    json.raw("}")
  }

  /// The provider's own record on the VM, in the provider's shape.
  private func writeNote(of call: Call, _ record: Call.Record, to json: inout JSONText) {
    json.raw("{")
    json.member("time", LogTime.text(record.at, trimmed: false))
    json.member("resourceId", estate.machines[call.targets[0].machine].id)
    json.member("correlationId", call.correlation.text)
    json.member("operationName", RecordWriter.operation)
    json.member("level", "Information")
    json.member("resultType", "Succeeded")
    json.member("category", "Administrative")
    json.raw(",\"properties\":{")
    json.member("eventCategory", "Administrative")
    json.member("eventName", "Initiate JIT Network Access Policy")
    json.member("operationId", call.correlation.text)
    var details = JSONText()
    details.raw("{")
    details.member("User", estate.people[call.person].name)
    if let justification = call.justification { details.member("Justification", justification) }
    details.raw("}")
    json.nested("eventProperties", details, asText: call.style & 1 == 0)
    json.raw("}}")
  }
}
