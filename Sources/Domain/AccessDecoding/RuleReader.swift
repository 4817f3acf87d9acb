internal import Access
internal import JSONScan

/// Reads writes of network security groups, their rules, and classic Azure Firewalls.
enum RuleReader {
  /// Takes what the properties add.
  static func read(
    _ tree: borrowing JSONTree, _ properties: JSONNode, _ draft: inout EvidenceDraft,
    _ bodyTree: inout JSONTree
  ) {
    let (family, resource) = (draft.operation.family, draft.evidence.resource)
    func rules(
      _ tree: borrowing JSONTree, _ body: JSONNode
    ) throws(Unreadable) -> [NetworkRule]? {
      guard tree.kind(body) == .object else { throw Unreadable(reason: "it is no object") }
      switch family {
      case .rule: return [try NetworkRuleReader.read(tree, body, of: resource)]
      case .firewall: return try FirewallRuleReader.rules(tree, firewall: body)
      case .ruleCollection: return try FirewallRuleReader.rules(tree, collection: body)
      default: return try ruleSet(tree, body)
      }
    }
    draft.evidence.askedRules = draft.body(.request, tree, properties, &bodyTree, as: rules)
    draft.evidence.answeredRules = draft.body(.response, tree, properties, &bodyTree, as: rules)
  }

  /// All rules of a group; nil where the body does not say, which is not an empty list.
  private static func ruleSet(
    _ tree: borrowing JSONTree, _ body: JSONNode
  ) throws(Unreadable) -> [NetworkRule]? {
    let fields = try tree.fields(of: body)
    guard
      let list = tree.value(of: fields, "securityRules") ?? tree.value(of: body, "securityRules")
    else { return nil }
    guard tree.kind(list) == .array else { throw Unreadable(reason: "its rules are no list") }
    var rules: [NetworkRule] = []
    var next = tree.firstChild(list)
    while let rule = next {
      rules.append(try NetworkRuleReader.read(tree, rule, of: nil))
      next = tree.next(rule)
    }
    return rules
  }
}

extension JSONTree {
  /// Where a resource has its fields: in `properties`, or beside its name.
  func fields(of node: JSONNode) throws(Unreadable) -> JSONNode {
    guard let properties = member(of: node, named: "properties"), kind(properties) != .null else {
      return node
    }
    guard kind(properties) == .object else {
      throw Unreadable(reason: "its properties are no object")
    }
    return properties
  }
}

/// Reads one rule of a network security group.
enum NetworkRuleReader {
  /// The rule, named by the body, else by the resource that the call was made on.
  static func read(
    _ tree: borrowing JSONTree, _ rule: JSONNode, of resource: ResourceID?
  ) throws(Unreadable) -> NetworkRule {
    guard tree.kind(rule) == .object else { throw Unreadable(reason: "a rule is no object") }
    guard let name = tree.trimmedText(of: rule, "name") ?? resource?.name else {
      throw Unreadable(reason: "a rule has no name")
    }
    let fields = try tree.fields(of: rule)
    var read = NetworkRule(
      name: name, access: try word(tree, fields, "access", ["allow", "deny"]),
      direction: try word(tree, fields, "direction", ["inbound", "outbound"]),
      protocolName: try protocolName(tree, fields), ports: [], sources: [], destinations: [])
    read.text = tree.text(of: fields, "description")
    for key: StaticString in ["destinationPortRange", "destinationPortRanges"] {
      try TextList.add(
        tree, tree.member(of: fields, named: key), "a port", numbers: true, to: &read.ports)
    }
    for key: StaticString in ["sourceAddressPrefix", "sourceAddressPrefixes"] {
      try TextList.add(tree, tree.member(of: fields, named: key), "a source", to: &read.sources)
    }
    for key: StaticString in ["destinationAddressPrefix", "destinationAddressPrefixes"] {
      try TextList.add(
        tree, tree.member(of: fields, named: key), "a destination", to: &read.destinations)
    }
    let group = "an application security group"
    try TextList.addIDs(
      tree, tree.member(of: fields, named: "sourceApplicationSecurityGroups"), group,
      to: &read.sources)
    try TextList.addIDs(
      tree, tree.member(of: fields, named: "destinationApplicationSecurityGroups"), group,
      to: &read.destinations)
    return read
  }

  private static func word(
    _ tree: borrowing JSONTree, _ fields: JSONNode, _ key: StaticString, _ known: [String]
  ) throws(Unreadable) -> String {
    guard let word = tree.trimmedText(of: fields, key)?.lowercased(), known.contains(word) else {
      throw Unreadable(reason: "a rule's \(key) is none of \(known.joined(separator: ", "))")
    }
    return word
  }

  /// A word, or the number of a protocol.
  private static func protocolName(
    _ tree: borrowing JSONTree, _ fields: JSONNode
  ) throws(Unreadable) -> String {
    guard let node = tree.value(of: fields, "protocol"),
      let name = tree.numberText(node) ?? tree.string(node).map(Blank.trimmed)
    else { throw Unreadable(reason: "a rule has no protocol") }
    return name
  }
}
