/// What a record's identity says about its caller, before anything is derived from it.
public struct Claims: Hashable, Sendable {
  /// `claims.idtyp`: `user` or `app`.
  public var idType: String?
  /// The UPN, from the schema's claim or `claims.upn`.
  public var userPrincipalName: String?
  /// `…/claims/name`.
  public var nameClaim: String?
  /// `…/claims/emailaddress`, for guests.
  public var emailAddress: String?
  /// `claims.name`, the display name.
  public var displayName: String?
  /// `…/identity/claims/objectidentifier`.
  public var objectID: String?
  /// `claims.appid`.
  public var appID: String?
  /// `authorization.evidence.principalType`.
  public var principalType: String?

  /// No claims at all.
  public init() {}

  /// Takes from a later record what is still missing.
  public mutating func fill(from later: Claims) {
    idType = idType ?? later.idType
    userPrincipalName = userPrincipalName ?? later.userPrincipalName
    nameClaim = nameClaim ?? later.nameClaim
    emailAddress = emailAddress ?? later.emailAddress
    displayName = displayName ?? later.displayName
    objectID = objectID ?? later.objectID
    appID = appID ?? later.appID
    principalType = principalType ?? later.principalType
  }
}

/// Who did it: a person, an application, or nobody that the record names.
public struct Actor: Hashable, Sendable {
  /// What kind of principal it is.
  public enum Kind: String, Sendable {
    /// A person.
    case user
    /// An application or managed identity.
    case app
    /// The record does not tell.
    case unknown
  }

  /// What kind of principal it is.
  public var kind: Kind
  /// The name shown, by the order of preference of the activity log's claims.
  public var name: String?
  /// The Entra object id, in lower case.
  public var objectID: String?
  /// The application id; for a person the client they used.
  public var appID: String?

  /// An actor as stored.
  public init(kind: Kind, name: String?, objectID: String?, appID: String?) {
    self.kind = kind
    self.name = name
    self.objectID = objectID
    self.appID = appID
  }

  /// The actor that merged claims mean.
  public init(_ claims: Claims) {
    let names = [
      claims.userPrincipalName, claims.nameClaim, claims.emailAddress, claims.displayName,
    ]
    let known = names.lazy.compactMap { $0?.withoutOuterBlanks }.first
    objectID = claims.objectID?.withoutOuterBlanks?.lowercased()
    appID = claims.appID?.withoutOuterBlanks?.lowercased()
    name = known ?? objectID ?? appID
    kind = Actor.kind(of: claims, named: known != nil, hasApp: appID != nil)
  }

  private static func kind(of claims: Claims, named: Bool, hasApp: Bool) -> Kind {
    switch claims.idType?.withoutOuterBlanks?.lowercased() {
    case "user": return .user
    case "app": return .app
    default: break
    }
    if named { return .user }
    let principal = claims.principalType?.withoutOuterBlanks?.lowercased()
    return principal == "serviceprincipal" || hasApp ? .app : .unknown
  }

  /// True when neither a name nor an id is known.
  public var isNobody: Bool { name == nil && objectID == nil }

  /// True when the name has to be looked up among sightings, for no object id comes with it.
  public var needsSighting: Bool { objectID == nil && name != nil }

  /// Object id if known, else the name in lower case, else the empty text.
  public var ownIdentity: String { objectID ?? name?.lowercased() ?? "" }

  /// How the actor is written in keys of findings: its name in lower case, else its object id.
  public var keyText: String { name?.lowercased() ?? objectID ?? "" }

  /// What people read: the name, else the ids, else `unknown`.
  public var shownName: String { name ?? objectID ?? appID ?? "unknown" }
}

extension String {
  /// The text without blanks at both ends, or nil when nothing else is there.
  public var withoutOuterBlanks: String? {
    guard let first, let last else { return nil }
    if !first.isWhitespace, !last.isWhitespace { return self }
    guard let start = firstIndex(where: { !$0.isWhitespace }),
      let end = lastIndex(where: { !$0.isWhitespace })
    else { return nil }
    return String(self[start...end])
  }
}
