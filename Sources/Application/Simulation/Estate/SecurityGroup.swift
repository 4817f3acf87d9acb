internal import Access

/// A network security group: one for the subnet of each policy's VMs, and one on the network
/// interface of one VM in eight.
struct SecurityGroup: Sendable {
  /// The resource id in readable case.
  var id: String
  var policy: Int
  var location: String
  /// The VMs that it guards.
  var machines: [Int]
  /// Rules that somebody made by hand before the log begins.
  var rules: [Rule] = []
}

/// One rule of a network security group as it is written.
struct Rule: Hashable, Sendable {
  var name: String
  var text: String?
  var isAllow = true
  var isInbound = true
  var protocolName = "TCP"
  var ports: [String]
  var sources: [String]
  var destination = "*"
  var priority: Int

  /// The one port that it is about, where it is about one.
  var port: Int? { ports.count == 1 ? Int(ports[0]) : nil }

  /// SSH, RDP and WinRM, which a list of people with access has to tell.
  static let managementPorts = [22, 3389, 5985, 5986]

  /// Whether it lets somebody in to a management port.
  var opensManagement: Bool {
    guard isAllow, isInbound else { return false }
    return ports.contains { text in
      if text == "*" { return true }
      let ends = text.split(separator: "-").compactMap { Int($0) }
      guard let first = ends.first, let last = ends.last else { return false }
      return Rule.managementPorts.contains { first <= $0 && $0 <= last }
    }
  }
}

/// What a policy says of one port of a VM.
struct PortTerms: Hashable, Sendable {
  var number: Int
  var protocolName: String
  var source: String
  var maximum: TimeSpan
}

extension Estate {
  /// The app id of Defender for Cloud, which opens and shuts the doors.
  static let defenderApp = "8edd93e1-2103-40b4-bd70-6e34e586362d"

  /// Who Defender for Cloud is in this tenant.
  var defender: Actor {
    Actor(
      kind: .app, name: defenderID.text, objectID: defenderID.text, appID: Estate.defenderApp)
  }

  /// What a VM's policy says of it when nobody changes it.
  func terms(of machine: Int) -> [PortTerms] {
    let numbers = [machines[machine].port, 5986] + (machine % 3 == 0 ? [8443] : [])
    return numbers.map { number in
      PortTerms(
        number: number, protocolName: machine % 2 == 0 ? "*" : "TCP", source: "*",
        maximum: .hours([8, 12, 24][machine % 3]))
    }
  }

  /// The rule that keeps a port of a VM shut.
  func denial(of machine: Int, port: Int) -> Rule {
    let vm = machines[machine]
    let seed = UInt64(machine) &* 131 &+ UInt64(port)
    return Rule(
      name: "\(vm.brand.prefix)-JITRule_\(vm.ruleNumber)_\(GUID(seed: seed).plain.uppercased())",
      text: "\(vm.brand.short) JIT Network Access rule for policy 'default' of VM '\(vm.name)'.",
      isAllow: false, protocolName: "*", ports: ["\(port)"], sources: ["*"],
      destination: vm.address, priority: port == 5986 ? 4095 : 4096)
  }

  /// The rule that opens a port of a VM for a request.
  func grant(of machine: Int, terms: PortTerms, from sources: [String], _ dice: inout Dice) -> Rule
  {
    let vm = machines[machine]
    // Defender once wrote grants with the other separator as well.
    let dash = dice.chance(0.06) ? "_" : "-"
    let number = "\(dash)\(vm.ruleNumber)\(dash)"
    return Rule(
      name: "\(vm.brand.prefix)-JITRule\(number)\(GUID(&dice).plain.uppercased())",
      text: "\(vm.brand.short) JIT Network Access rule created by an initiation request for policy"
        + " 'default' of VM '\(vm.name)'.",
      protocolName: terms.protocolName, ports: ["\(terms.number)"], sources: sources,
      destination: vm.address, priority: 100 + dice.below(11))
  }

  mutating func addGroup(of policy: Int, onInterfaceOf machine: Int? = nil) {
    let subscription = subscriptions[policies[policy].subscription]
    let name = machine.map { "\(machines[$0].name)-nsg" } ?? "nsg-app\(policy)"
    let group = SecurityGroup(
      id: "/subscriptions/\(subscription)/resourceGroups/RG-Net\(policy % 5)/providers"
        + "/Microsoft.Network/networkSecurityGroups/\(name)",
      policy: policy, location: policies[policy].location, machines: [])
    groups.append(group)
  }

  /// Rules for other things than the doors, some of them on management ports.
  func ownRules(of group: Int) -> [Rule] {
    let network = "10.\(group % 200).0.0/16"
    var rules = [
      Rule(name: "allow-https-in", ports: ["443"], sources: ["Internet"], priority: 200),
      Rule(
        name: "Deny-SMB-Out", text: "no file shares outside", isAllow: false, isInbound: false,
        protocolName: "*", ports: ["445"], sources: ["*"], destination: "Internet", priority: 210),
    ]
    if group % 2 == 0 {
      rules.append(
        Rule(
          name: "AllowBastion", ports: ["22", "3389"], sources: ["10.20.0.0/26"],
          destination: "VirtualNetwork", priority: 220))
    }
    if group % 3 == 0, let machine = groups[group].machines.first {
      rules.append(
        Rule(
          name: "monitoring", protocolName: "*", ports: ["5000-6000"], sources: [network],
          destination: machines[machine].address, priority: 230))
    }
    return rules
  }
}
