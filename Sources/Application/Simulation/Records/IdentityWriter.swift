internal import Access

/// Writes who called: what was authorised, and the claims of the caller's token.
struct IdentityWriter: Sendable {
  private let estate: Estate
  /// The claims of each person that are the same in every record, from the brace on.
  private let prefixes: [[UInt8]]

  init(_ estate: Estate) {
    self.estate = estate
    prefixes = estate.people.map { IdentityWriter.claims(of: $0, in: estate) }
  }

  /// What one record says of its caller.
  struct Caller {
    var person: Int
    var appID: String
    var namesObjectID = true
    var namesRole = true
    var scope: String
    var action: String
    var isLegacy: Bool
  }

  /// Appends the member `identity` of a call that is no initiate; nil stands for Defender for Cloud.
  func write(
    _ person: Int?, scope: String, action: String, isLegacy: Bool, to json: inout JSONText
  ) {
    guard let person else {
      return writeDefender(scope: scope, action: action, isLegacy: isLegacy, to: &json)
    }
    let caller = Caller(
      person: person, appID: estate.people[person].appID, scope: scope, action: action,
      isLegacy: isLegacy)
    write(caller, to: &json)
  }

  private func writeDefender(
    scope: String, action: String, isLegacy: Bool, to json: inout JSONText
  ) {
    json.key("identity")
    json.raw("{\"authorization\":{")
    json.member("scope", scope)
    json.member("action", action)
    json.raw("},\"claims\":{")
    json.member("appid", Estate.defenderApp)
    json.member("appidacr", "2")
    if !isLegacy { json.member("idtyp", "app") }
    json.member(
      IdentityWriter.cloud + "identityprovider", "https://sts.windows.net/\(estate.tenant)/")
    json.member(IdentityWriter.cloud + "objectidentifier", estate.defenderID.text)
    json.raw("}}")
  }

  /// Appends the member `identity`.
  func write(_ caller: Caller, to json: inout JSONText) {
    let person = estate.people[caller.person]
    json.key("identity")
    json.raw("{\"authorization\":{")
    json.member("scope", caller.scope)
    json.member("action", caller.action)
    if caller.namesRole { evidence(of: person, in: caller.scope, to: &json) }
    json.raw("},\"claims\":")
    if caller.namesObjectID {
      json.bytes.append(contentsOf: prefixes[caller.person])
    } else {
      json.raw("{")
      name(of: person, to: &json)
    }
    if !caller.isLegacy { json.member("idtyp", person.isApplication ? "app" : "user") }
    json.member("appid", caller.appID)
    json.raw("}}")
  }

  private func evidence(of person: Person, in scope: String, to json: inout JSONText) {
    json.key("evidence")
    json.raw("{")
    json.member("role", person.role)
    json.member("roleAssignmentScope", String(scope.prefix(51)))
    json.member("roleAssignmentId", GUID(seed: person.objectID.low).plain)
    json.member("roleDefinitionId", GUID(seed: UInt64(person.role.utf8.count)).plain)
    json.member("principalId", person.objectID.plain)
    json.member("principalType", person.isApplication ? "ServicePrincipal" : "User")
    json.raw("}")
  }

  private static let schema = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"
  private static let cloud = "http://schemas.microsoft.com/identity/claims/"

  private func name(of person: Person, to json: inout JSONText) {
    IdentityWriter.name(of: person, to: &json)
  }

  private static func name(of person: Person, to json: inout JSONText) {
    switch person.naming {
    case .principalName:
      json.member(schema + "upn", person.name)
      json.member(schema + "name", person.name)
    case .nameClaim: json.member(schema + "name", " " + person.name)
    case .email: json.member(schema + "emailaddress", person.name)
    case .displayName, .application: break
    }
    if person.naming != .application { json.member("name", person.displayName) }
  }

  private static func claims(of person: Person, in estate: Estate) -> [UInt8] {
    var dice = Dice(seed: person.objectID.high)
    var json = JSONText()
    json.raw("{")
    json.member("aud", "https://management.core.windows.net/")
    json.member("iss", "https://sts.windows.net/\(estate.tenant)/")
    for name in ["iat", "nbf", "exp"] { json.member(name, "17866\(dice.within(10_000...99_999))") }
    json.member("http://schemas.microsoft.com/claims/authnclassreference", "1")
    json.member("aio", token(64, &dice))
    json.member(
      "http://schemas.microsoft.com/claims/authnmethodsreferences",
      dice.pick(["pwd", "pwd,mfa", "rsa,mfa"]))
    json.member("appidacr", person.isApplication ? "2" : "0")
    if !person.isApplication {
      json.member(schema + "givenname", String(person.displayName.prefix { $0 != " " }))
      json.member(
        "groups", (0..<dice.within(8...14)).map { _ in GUID(&dice).text }.joined(separator: ","))
      json.member("ipaddr", person.address)
      json.member("http://schemas.microsoft.com/identity/claims/scope", "user_impersonation")
      json.member("puid", "1003\(GUID(&dice).plain.prefix(12).uppercased())")
    } else {
      json.member(cloud + "identityprovider", "https://sts.windows.net/\(estate.tenant)/")
    }
    name(of: person, to: &json)
    json.member(cloud + "objectidentifier", person.objectID.text)
    json.member("rh", "0.AS8A\(token(40, &dice)).")
    json.member(schema + "nameidentifier", token(43, &dice))
    json.member(cloud + "tenantid", estate.tenant)
    json.member("uti", token(22, &dice))
    json.member("ver", "1.0")
    json.member("wids", GUID(&dice).text)
    json.member("xms_tcdt", "1\(dice.within(400_000_000...799_999_999))")
    return json.bytes
  }

  private static let letters = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  private static func token(_ length: Int, _ dice: inout Dice) -> String {
    String(decoding: (0..<length).map { _ in dice.pick(letters) }, as: UTF8.self)
  }
}

extension GUID {
  init(seed: UInt64) {
    var dice = Dice(seed: seed)
    self.init(&dice)
  }
}
