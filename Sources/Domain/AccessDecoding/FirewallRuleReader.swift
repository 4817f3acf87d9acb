internal import Access
internal import JSONScan

/// Reads the rules of a classic Azure Firewall that let traffic to addresses and ports.
enum FirewallRuleReader {
  /// The rules of all NAT and network collections; nil where the body names neither.
  static func rules(
    _ tree: borrowing JSONTree, firewall: JSONNode
  ) throws(Unreadable) -> [NetworkRule]? {
    let fields = try tree.fields(of: firewall)
    var rules: [NetworkRule]?
    for key: StaticString in ["natRuleCollections", "networkRuleCollections"] {
      guard let list = tree.value(of: fields, key) else { continue }
      guard tree.kind(list) == .array else {
        throw Unreadable(reason: "its rule collections are no list")
      }
      rules = rules ?? []
      var next = tree.firstChild(list)
      while let collection = next {
        rules?.append(contentsOf: try self.rules(tree, collection: collection) ?? [])
        next = tree.next(collection)
      }
    }
    return rules
  }

  /// The rules of one collection; nil where the body does not say.
  static func rules(
    _ tree: borrowing JSONTree, collection: JSONNode
  ) throws(Unreadable) -> [NetworkRule]? {
    guard tree.kind(collection) == .object else {
      throw Unreadable(reason: "a rule collection is no object")
    }
    let fields = try tree.fields(of: collection)
    guard let list = tree.value(of: fields, "rules") else { return nil }
    guard tree.kind(list) == .array else { throw Unreadable(reason: "its rules are no list") }
    let action = tree.member(of: fields, named: "action").flatMap {
      tree.trimmedText(of: $0, "type")
    }
    let access = action?.lowercased() == "deny" ? "deny" : "allow"
    var rules: [NetworkRule] = []
    var next = tree.firstChild(list)
    while let rule = next {
      rules.append(try read(tree, rule, access: access))
      next = tree.next(rule)
    }
    return rules
  }

  private static func read(
    _ tree: borrowing JSONTree, _ rule: JSONNode, access: String
  ) throws(Unreadable) -> NetworkRule {
    guard let name = tree.trimmedText(of: rule, "name") else {
      throw Unreadable(reason: "a rule has no name")
    }
    var protocols: [String] = []
    try TextList.add(tree, tree.member(of: rule, named: "protocols"), "a protocol", to: &protocols)
    var read = NetworkRule(
      name: name, text: tree.text(of: rule, "description"), access: access, direction: "inbound",
      protocolName: protocols.joined(separator: ","), ports: [], sources: [], destinations: [])
    try TextList.add(
      tree, tree.member(of: rule, named: "destinationPorts"), "a port", numbers: true,
      to: &read.ports)
    for key: StaticString in ["sourceAddresses", "sourceIpGroups"] {
      try TextList.add(tree, tree.member(of: rule, named: key), "a source", to: &read.sources)
    }
    for key: StaticString in ["destinationAddresses", "destinationIpGroups", "destinationFqdns"] {
      try TextList.add(
        tree, tree.member(of: rule, named: key), "a destination", to: &read.destinations)
    }
    return read
  }
}
