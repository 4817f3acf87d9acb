internal import Access

/// The tenant: subscriptions, policies, VMs, and who asks for them.
struct Estate: Sendable {
  let tenant: String
  let subscriptions: [String]
  private(set) var policies: [Policy] = []
  private(set) var machines: [Machine] = []
  var groups: [SecurityGroup] = []
  /// The object id of Defender for Cloud's application.
  let defenderID: GUID
  private(set) var people: [Person] = []
  /// Days on which nobody is expected to work.
  let holidays: [Int]
  /// The critical VMs.
  private(set) var critical: [Int] = []
  /// People, without the applications.
  private(set) var users: [Int] = []
  /// People who are expected at any hour.
  private(set) var onCall: [Int] = []

  /// The pattern of critical VMs by name, and the one by resource group.
  static let criticalPatterns = ["dc-*", "*/resourceGroups/rg-vault-*/*"]
  /// The pattern of the VMs that have a zone of their own.
  static let zonePattern = "*-jpe-*"

  init(_ options: SimulationOptions, _ dice: inout Dice) {
    tenant = GUID(&dice).text
    defenderID = GUID(&dice)
    subscriptions = (0..<options.subscriptions).map { _ in GUID(&dice).text }
    holidays = Estate.holidays(of: options)
    for index in 0..<max(1, options.machineCount) { addMachine(index, &dice) }
    for index in groups.indices { groups[index].rules = ownRules(of: index) }
    critical = machines.indices.filter { machines[$0].isCritical }
    for index in 0..<max(8, options.peopleCount) { addPerson(index, &dice) }
    users = people.indices.filter { !people[$0].isApplication }
    onCall = users.filter { people[$0].team == Team.onCall }
  }

  /// What is expected of a person who asks for VMs; nil for applications and people on call.
  func expectation(of person: Person, for targets: some Sequence<Int>) -> (Zone, WorkingWeek)? {
    let team = Team.all[person.team]
    if person.isApplication || team.onCall { return nil }
    let groupZone = targets.lazy.compactMap { machines[$0].zone }.first
    return (team.zone ?? groupZone ?? Team.zone, team.week ?? Team.week)
  }

  /// Whether a request at an instant is outside of a person's hours.
  func isOffHours(_ person: Person, for targets: some Sequence<Int>, at instant: EventTime) -> Bool
  {
    guard let (zone, week) = expectation(of: person, for: targets) else { return false }
    let local = zone.local(at: instant)
    return holidays.contains(local.day) || !week.contains(local)
  }

  /// A Wednesday in the middle, where the span is long enough to have one.
  private static func holidays(of options: SimulationOptions) -> [Int] {
    guard options.days >= 7 else { return [] }
    let middle = options.start.day + options.days / 2
    return [middle - Zone.weekday(middle) + 2]
  }

  private static let locations = [
    ("westeurope", "weu"), ("northeurope", "neu"), ("eastus2", "eu2"), ("japaneast", "jpe"),
  ]

  private mutating func addMachine(_ index: Int, _ dice: inout Dice) {
    let groupSize = 8
    if index % groupSize == 0 { addPolicy(index / groupSize) }
    let policy = policies.count - 1
    let region = Estate.region(of: policy)
    let isWindows = dice.chance(0.4)
    // The second VM of every fifth group is a domain controller; the third group keeps vaults.
    let isController = index % (groupSize * 5) == 1
    let isVault = policy % 12 == 2
    let kinds = isWindows ? ["SQL", "Term", "file", "app"] : ["web", "api", "build", "jump"]
    let kind = isController ? "dc" : dice.pick(kinds)
    let name = "\(kind)-\(region.code)-\(index + 1)"
    let group = Estate.group(of: policy)
    let subscription = subscriptions[policies[policy].subscription]
    machines.append(
      Machine(
        id: "/subscriptions/\(subscription)/resourceGroups/\(group)"
          + "/providers/Microsoft.Compute/virtualMachines/\(name)",
        name: name, policy: policy, port: isWindows || isController ? 3389 : 22,
        isCritical: isController || isVault, zone: region.code == "jpe" ? .tokyo : nil,
        hasPlainName: name == name.lowercased(),
        address: "10.\(policy / 200 % 250).\(policy % 200).\(4 + index % groupSize)",
        ruleNumber: Int32(truncatingIfNeeded: GUID(seed: UInt64(index)).low),
        brand: index % 4 == 0 ? .old : .new))
    policies[policy].machines.append(index)
    protect(index, by: policy)
  }

  /// The subnet's group guards every VM; one in eight has a second one on its interface.
  private mutating func protect(_ index: Int, by policy: Int) {
    if policies[policy].group == nil {
      policies[policy].group = groups.count
      addGroup(of: policy)
    }
    var own = [policies[policy].group ?? 0]
    if index % 8 == 3 {
      own.append(groups.count)
      addGroup(of: policy, onInterfaceOf: index)
    }
    for group in own { groups[group].machines.append(index) }
    machines[index].groups = own
  }

  private mutating func addPolicy(_ index: Int) {
    let subscription = index % subscriptions.count
    let location = Estate.region(of: index).location
    policies.append(
      Policy(
        id:
          "/subscriptions/\(subscriptions[subscription])/resourceGroups/\(Estate.group(of: index))"
          + "/providers/Microsoft.Security/locations/\(location)/jitNetworkAccessPolicies/default",
        subscription: subscription, location: location, machines: []))
  }

  private static func region(of policy: Int) -> (location: String, code: String) {
    let (location, code) = locations[policy % locations.count]
    return (location, code)
  }

  private static func group(of policy: Int) -> String {
    policy % 12 == 2 ? "rg-vault-\(policy)" : "RG-App\(policy)"
  }
}

extension Estate {
  private static let givenNames = [
    "Anna", "Ben", "Chiara", "David", "Elif", "Farid", "Greta", "Hiro", "Ines", "Jonas", "Kavya",
    "Liam", "Mei", "Nora", "Omar", "Priya", "Quentin", "Rosa", "Sven", "Tara", "Uma", "Viktor",
  ]
  private static let familyNames = [
    "Schmidt", "Garcia", "Tanaka", "Patel", "Miller", "Rossi", "Nowak", "Jensen", "Silva", "Khan",
    "Weber", "Johnson", "Okafor", "Dubois", "Novak", "Lindqvist", "O'Brien", "Yılmaz",
  ]
  private static let roles = [
    "JIT VM Access User", "Virtual Machine Contributor", "Contributor", "Owner", "VM Operator (L2)",
  ]
  static let portal = "c44b4083-3bb0-49c1-b47d-974e53cbdf3c"
  static let commandLine = "04b07795-8ddb-461a-bbee-02f9e1bf7b46"
  static let shell = "1950a258-227b-4e31-a9cf-717495945fc2"

  private mutating func addPerson(_ index: Int, _ dice: inout Dice) {
    let isApplication = index % 16 == 15
    // The first people make sure that every team has somebody.
    let team =
      isApplication
      ? Team.staff
      : index < Team.all.count ? index : dice.index(weights: Team.all.map(\.weight))
    let given = dice.pick(Estate.givenNames)
    let family = dice.pick(Estate.familyNames)
    let objectID = GUID(&dice)
    let naming = isApplication ? .application : Estate.naming(of: team, index, &dice)
    let ascii = family.filter { $0.isASCII && $0.isLetter }
    let account = "\(given).\(ascii)\(index)@\(Team.all[team].domain)"
    let display = "\(given) \(family) \(index)"
    let names: [String] = [account, account.lowercased()]
    let name = naming == .displayName ? display : dice.pick(names)
    people.append(
      Person(
        naming: naming, team: team, name: isApplication ? objectID.text : name,
        displayName: display, objectID: objectID,
        appID: isApplication
          ? GUID(&dice).text
          : dice.pick([Estate.portal, Estate.portal, Estate.commandLine, Estate.shell]),
        role: dice.pick(Estate.roles), address: Estate.address(index, &dice),
        network: "198.51.\(index % 250).0/24", favourites: favourites(index, &dice),
        habit: .minutes(Int64(dice.pick([30, 60, 60, 90, 120, 180, 180, 240, 480])))))
  }

  private static func naming(of team: Int, _ index: Int, _ dice: inout Dice) -> Person.Naming {
    if team == Team.guests { return .email }
    if team != Team.staff || index < Team.all.count { return .principalName }
    return dice.pick([.principalName, .principalName, .principalName, .nameClaim, .displayName])
  }

  private static func address(_ index: Int, _ dice: inout Dice) -> String {
    dice.chance(0.12)
      ? "2001:db8:\(String(index % 0xFFFF + 1, radix: 16))::\(String(dice.within(1...0xFFFE), radix: 16))"
      : "203.0.\(index % 250).\(dice.within(1...254))"
  }

  /// A few VMs of one or two policies; critical ones are nobody's habit.
  private func favourites(_ index: Int, _ dice: inout Dice) -> [Int] {
    var chosen: [Int] = []
    for _ in 0..<dice.within(1...2) {
      let ordinary = policies[dice.below(policies.count)].machines.filter {
        !machines[$0].isCritical
      }
      chosen += ordinary.prefix(dice.within(2...4))
    }
    if chosen.isEmpty {
      chosen = Array(machines.indices.filter { !machines[$0].isCritical }.prefix(4))
    }
    return chosen.isEmpty ? [0] : Array(Set(chosen)).sorted()
  }
}
