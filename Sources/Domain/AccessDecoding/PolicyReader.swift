internal import Access
internal import JSONScan

/// Reads writes of JIT policies.
enum PolicyReader {
  /// Takes what the properties add.
  static func read(
    _ tree: borrowing JSONTree, _ properties: JSONNode, _ draft: inout EvidenceDraft,
    _ bodyTree: inout JSONTree
  ) {
    draft.evidence.askedPolicy = draft.body(
      .request, tree, properties, &bodyTree, as: PolicyBodyReader.read)
    draft.evidence.answeredPolicy = draft.body(
      .response, tree, properties, &bodyTree, as: PolicyBodyReader.read)
  }
}

/// Reads the body of a JIT policy, as a whole or not at all.
enum PolicyBodyReader {
  /// The policy, or what about its shape is wrong.
  static func read(
    _ tree: borrowing JSONTree, _ body: JSONNode
  ) throws(Unreadable) -> PolicyBody? {
    let fields = try tree.fields(of: body)
    guard let machines = tree.member(of: fields, named: "virtualMachines"),
      tree.kind(machines) == .array
    else { throw Unreadable(reason: "it has no list of virtual machines") }
    var policy = PolicyBody(vms: [], ports: [])
    var next = tree.firstChild(machines)
    while let machine = next {
      try readMachine(tree, machine, into: &policy)
      next = tree.next(machine)
    }
    return policy
  }

  private static func readMachine(
    _ tree: borrowing JSONTree, _ machine: JSONNode, into policy: inout PolicyBody
  ) throws(Unreadable) {
    guard let id = tree.trimmedText(of: machine, "id") else {
      throw Unreadable(reason: "a virtual machine has no id")
    }
    guard let list = tree.member(of: machine, named: "ports"), tree.kind(list) == .array else {
      throw Unreadable(reason: "a virtual machine has no list of ports")
    }
    let vm = ResourceID(id)
    policy.vms.append(vm)
    var next = tree.firstChild(list)
    while let port = next {
      policy.ports.append(try readPort(tree, port, of: vm))
      next = tree.next(port)
    }
  }

  private static func readPort(
    _ tree: borrowing JSONTree, _ port: JSONNode, of vm: ResourceID
  ) throws(Unreadable) -> PolicyBody.Port {
    guard let node = tree.member(of: port, named: "number"),
      let number = PortNumber.read(tree, node)
    else {
      throw Unreadable(reason: "a port has no number from 0 to 65535")
    }
    var sources: [String] = []
    for key: StaticString in ["allowedSourceAddressPrefix", "allowedSourceAddressPrefixes"] {
      try TextList.add(tree, tree.member(of: port, named: key), "a source", to: &sources)
    }
    return PolicyBody.Port(
      vm: vm, number: number, protocolName: tree.trimmedText(of: port, "protocol"),
      sources: sources, maximum: try maximum(tree, port))
  }

  private static func maximum(
    _ tree: borrowing JSONTree, _ port: JSONNode
  ) throws(Unreadable) -> TimeSpan? {
    guard let node = tree.value(of: port, "maxRequestAccessDuration") else { return nil }
    // Shells print a length of time as a clock, or as an object with its ticks.
    let ticks = tree.member(of: node, named: "Ticks").flatMap { tree.integer($0) }
    if let ticks, ticks >= 0 { return TimeSpan(ticks: ticks) }
    let text = tree.string(node).map(Blank.trimmed)
    guard let span = text.flatMap({ ISODuration.parse($0) ?? ClockDuration.parse($0) }) else {
      throw Unreadable(reason: "a maxRequestAccessDuration cannot be read")
    }
    return span
  }
}

/// Reads lengths of time as shells print them: `3:00:00`, `1.00:00:00`, `1 day, 0:00:00`.
enum ClockDuration {
  /// The length of time that a text means; nil for any other text.
  static func parse(_ text: String) -> TimeSpan? {
    var clock = Substring(text)
    var days: Int64 = 0
    for separator in [" days, ", " day, ", "."] {
      guard let range = clock.firstRange(of: separator) else { continue }
      guard let number = number(clock[..<range.lowerBound], upTo: 36_500) else { return nil }
      days = number
      clock = clock[range.upperBound...]
      break
    }
    let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, let hours = number(parts[0], upTo: 23),
      let minutes = number(parts[1], upTo: 59), let seconds = number(parts[2], upTo: 59)
    else { return nil }
    return .seconds(((days * 24 + hours) * 60 + minutes) * 60 + seconds)
  }

  private static func number(_ text: Substring, upTo limit: Int64) -> Int64? {
    guard (1...5).contains(text.utf8.count),
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int64(text),
      number <= limit
    else { return nil }
    return number
  }
}
