internal import Access

/// Records that say nothing about access, ready but for their time and correlation id.
struct NoiseTemplates: Sendable {
  /// One record with the places of what changes.
  struct Template: Sendable {
    var bytes: [UInt8]
    var timeAt: Int
    /// The places of ids, none in records that have no correlation id.
    var idsAt: [Int]

    /// Appends the record.
    func write(at instant: EventTime, _ id: GUID, to bytes: inout [UInt8]) {
      let start = bytes.count
      bytes.append(contentsOf: self.bytes)
      LogTime.write(instant, into: &bytes, at: start + timeAt)
      for place in idsAt { id.write(into: &bytes, at: start + place) }
    }
  }

  /// The records of one call in their order.
  private(set) var families: [[Template]] = []
  private let estate: Estate
  private let identities: IdentityWriter

  static let familyCount = 600

  init(_ estate: Estate, _ identities: IdentityWriter, legacyShare: Double, _ dice: inout Dice) {
    self.estate = estate
    self.identities = identities
    let weights = NoiseOperation.all.map(\.weight)
    for index in 0..<NoiseTemplates.familyCount {
      switch index % 50 {
      case 0: families.append([health(&dice)])
      case 1: families.append([alert(&dice)])
      case 2: families.append([signIn(&dice)])
      case 3: families.append([metric(&dice)])
      case 4: families.append([securityAlert(&dice)])
      default:
        let operation = NoiseOperation.all[dice.index(weights: weights)]
        let scene = scene(of: operation, isLegacy: dice.chance(legacyShare), &dice)
        families.append(operation.phases.map { managed(operation, $0, scene) })
      }
    }
  }

  var machineIDs: [String] { estate.machines.prefix(500).map(\.id) }
  var peopleNames: [String] { estate.people.prefix(500).map(\.name) }

  /// An ARM-written record, which the story ends with.
  var last: Template { families[5][0] }

  /// What the records of one call have in common.
  private struct Scene {
    var person: Int
    var scope: String
    var isLegacy: Bool
    var address: String
  }

  private func scene(
    of operation: NoiseOperation, isLegacy: Bool, _ dice: inout Dice
  ) -> Scene {
    let person = dice.below(estate.people.count)
    let (subscription, number) = (dice.pick(estate.subscriptions), dice.below(4000))
    let scope =
      operation.type == "Microsoft.Compute/virtualMachines"
      ? dice.pick(estate.machines).id
      : "/subscriptions/\(subscription)/resourceGroups/RG-Shared\(number % 40)/providers"
        + "/\(operation.type)/\(operation.type.suffix(5).lowercased())\(number)"
    return Scene(
      person: person, scope: scope, isLegacy: isLegacy, address: estate.people[person].address)
  }

  private func managed(
    _ operation: NoiseOperation, _ phase: NoiseOperation.Phase, _ scene: Scene
  ) -> Template {
    let action = "\(operation.type)/\(operation.verb)"
    var draft = TemplateDraft()
    if !scene.isLegacy {
      draft.json.raw("\"RoleLocation\":\"West Europe\",\"Stamp\":\"FDWeb\"")
      draft.json.member("ReleaseVersion", "7.2026.30.7")
      draft.json.member("VmSku", "Standard_DS5_V2")
    }
    draft.time()
    draft.json.member("resourceId", scene.scope.uppercased())
    draft.json.member("operationName", action.uppercased())
    draft.json.member("category", scene.isLegacy ? legacy(operation.verb) : operation.category)
    draft.json.member("resultType", phase.rawValue)
    draft.json.member("resultSignature", phase.signature)
    draft.json.raw(scene.isLegacy ? ",\"durationMs\":61" : ",\"durationMs\":\"61\"")
    draft.json.member("callerIpAddress", scene.address)
    draft.id("correlationId")
    identities.write(
      IdentityWriter.Caller(
        person: scene.person, appID: estate.people[scene.person].appID, scope: scene.scope,
        action: action, isLegacy: scene.isLegacy), to: &draft.json)
    draft.json.member("level", phase == .failure ? "Error" : "Information")
    if scene.isLegacy { draft.json.member("location", "global") }
    properties(of: operation, phase, scene, action, to: &draft)
    if !scene.isLegacy { draft.json.member("tenantId", estate.tenant) }
    return draft.finished()
  }

  private func properties(
    of operation: NoiseOperation, _ phase: NoiseOperation.Phase, _ scene: Scene, _ action: String,
    to draft: inout TemplateDraft
  ) {
    draft.json.raw(",\"properties\":{")
    draft.json.member("statusCode", phase.status)
    draft.id("serviceRequestId")
    if let body = operation.body {
      let key = phase == .start ? "requestbody" : "responseBody"
      draft.json.nested(key, JSONText(bytes: Array(body.utf8)), asText: true)
    }
    if phase == .failure {
      draft.json.member("statusMessage", #"{"error":{"code":"Conflict","message":"Busy."}}"#)
    }
    if !scene.isLegacy {
      draft.json.member("eventCategory", operation.category)
      draft.json.member("entity", scene.scope)
      draft.json.member("message", action)
      draft.json.member("hierarchy", "\(estate.tenant)/\(scene.scope.dropFirst(15).prefix(36))")
    }
    draft.json.raw("}")
  }

  private func legacy(_ verb: String) -> String {
    verb == "write" ? "Write" : verb == "delete" ? "Delete" : "Action"
  }
}
