internal import Access
internal import JSONScan

/// Reads the body of an initiate call, as a whole or not at all.
enum AccessBodyReader {
  /// The body, or what about its shape is wrong.
  static func read(
    _ tree: borrowing JSONTree, _ body: JSONNode
  ) throws(Unreadable) -> AccessBody {
    guard let machines = tree.member(of: body, named: "virtualMachines"),
      tree.kind(machines) == .array
    else { throw Unreadable(reason: "it has no list of virtual machines") }
    var result = AccessBody(ports: [])
    var next = tree.firstChild(machines)
    while let machine = next {
      try readMachine(tree, machine, into: &result.ports)
      next = tree.next(machine)
    }
    result.startsAt = try time(tree, body, "startTimeUtc")
    result.justification = try justification(tree, body)
    return result
  }

  private static func readMachine(
    _ tree: borrowing JSONTree, _ machine: JSONNode, into ports: inout [AccessBody.Port]
  ) throws(Unreadable) {
    guard let id = tree.trimmedText(of: machine, "id") else {
      throw Unreadable(reason: "a virtual machine has no id")
    }
    guard let list = tree.member(of: machine, named: "ports"), tree.kind(list) == .array else {
      throw Unreadable(reason: "a virtual machine has no list of ports")
    }
    let vm = ResourceID(id)
    var next = tree.firstChild(list)
    while let port = next {
      ports.append(try readPort(tree, port, of: vm))
      next = tree.next(port)
    }
  }

  private static func readPort(
    _ tree: borrowing JSONTree, _ port: JSONNode, of vm: ResourceID
  ) throws(Unreadable) -> AccessBody.Port {
    guard let node = tree.member(of: port, named: "number"),
      let number = PortNumber.read(tree, node)
    else {
      throw Unreadable(reason: "a port has no number from 0 to 65535")
    }
    var sources: [String] = []
    for key: StaticString in ["allowedSourceAddressPrefix", "allowedSourceAddressPrefixes"] {
      try TextList.add(tree, tree.member(of: port, named: key), "a source", to: &sources)
    }
    var duration: TimeSpan?
    if let node = tree.value(of: port, "duration") {
      duration = tree.string(node).flatMap(ISODuration.parse)
      if duration == nil { throw Unreadable(reason: "a duration cannot be read") }
    }
    return AccessBody.Port(
      vm: vm, number: number, sources: sources,
      endsAt: try time(tree, port, "endTimeUtc"), duration: duration)
  }

  private static func time(
    _ tree: borrowing JSONTree, _ node: JSONNode, _ name: StaticString
  ) throws(Unreadable) -> EventTime? {
    guard let value = tree.value(of: node, name) else { return nil }
    guard let time = tree.time(value) else { throw Unreadable(reason: "\(name) cannot be read") }
    return time
  }

  private static func justification(
    _ tree: borrowing JSONTree, _ body: JSONNode
  ) throws(Unreadable) -> String? {
    guard let node = tree.member(of: body, named: "justification"), tree.kind(node) != .null else {
      return nil
    }
    guard let text = tree.string(node) ?? tree.numberText(node) else {
      throw Unreadable(reason: "its justification is no text")
    }
    return text.isEmpty ? nil : text
  }
}
