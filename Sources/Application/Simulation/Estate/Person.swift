internal import Access

/// Somebody who asks for access: a person, or an application.
struct Person: Sendable {
  /// Which of the claims tells the name.
  enum Naming: Sendable {
    /// The schema's UPN claim.
    case principalName
    /// The schema's name claim, with a blank before the name.
    case nameClaim
    /// The schema's e-mail claim, as guests have it.
    case email
    /// The display name only.
    case displayName
    /// No name at all: an application.
    case application
  }

  var naming: Naming
  /// The index of the team; applications count as staff.
  var team: Int
  /// The name that the log's claims mean.
  var name: String
  var displayName: String
  var objectID: GUID
  /// The client that they use most, or the application itself.
  var appID: String
  var role: String
  /// Where they mostly call from.
  var address: String
  /// The network of their office.
  var network: String
  /// The VMs that they mostly ask for.
  var favourites: [Int]
  /// For how long they mostly ask.
  var habit: TimeSpan

  var isApplication: Bool { naming == .application }

  /// The actor as the contract tells it, for a call that names the object id or not.
  func actor(appID: String, namesObjectID: Bool) -> Actor {
    Actor(
      kind: isApplication ? .app : .user, name: name,
      objectID: namesObjectID ? objectID.text : nil, appID: appID)
  }
}

/// A VM.
struct Machine: Sendable {
  /// The resource id in readable case.
  var id: String
  var name: String
  /// The index of the policy that opens it.
  var policy: Int
  /// The port for which it is mostly opened.
  var port: Int
  /// True for members of the critical group.
  var isCritical: Bool
  /// The zone of its group, where it has one.
  var zone: Zone?
  /// False where the name has capital letters, which a lower-case id would lose.
  var hasPlainName: Bool
  /// The private IP address.
  var address: String
  /// The number that all of its JIT rules have in their names.
  var ruleNumber: Int32
  var brand: Brand
  /// The groups that guard it: that of the subnet first.
  var groups: [Int] = []

  /// How Defender for Cloud calls itself in the rules of a VM.
  enum Brand: Sendable {
    case old
    case new

    var prefix: String { self == .old ? "SecurityCenter" : "MicrosoftDefenderForCloud" }
    var short: String { self == .old ? "ASC" : "MDC" }
  }
}

/// A JIT policy: one per resource group.
struct Policy: Sendable {
  /// The resource id in readable case.
  var id: String
  var subscription: Int
  var location: String
  var machines: [Int]
  /// The group of its VMs' subnet.
  var group: Int?
}
