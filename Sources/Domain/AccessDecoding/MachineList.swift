internal import Access
internal import JSONScan

/// The VMs and ports that the body of a policy and that of an initiate call list in one way.
struct MachineList {
  /// A VM with its ports, in the order of the body.
  struct Machine {
    var vm: ResourceID
    var ports: [Port]
  }

  /// What every port says; `node` holds the rest.
  struct Port {
    var number: Int
    var sources: [String]
    var node: JSONNode
  }

  /// The VMs of a body, as a whole or not at all.
  static func read(
    _ tree: borrowing JSONTree, _ fields: JSONNode
  ) throws(Unreadable) -> [Machine] {
    guard let list = tree.member(of: fields, named: "virtualMachines"), tree.kind(list) == .array
    else { throw Unreadable(reason: "it has no list of virtual machines") }
    var machines: [Machine] = []
    var next = tree.firstChild(list)
    while let node = next {
      machines.append(try machine(tree, node))
      next = tree.next(node)
    }
    return machines
  }

  private static func machine(
    _ tree: borrowing JSONTree, _ node: JSONNode
  ) throws(Unreadable) -> Machine {
    guard let id = tree.trimmedText(of: node, "id") else {
      throw Unreadable(reason: "a virtual machine has no id")
    }
    guard let list = tree.member(of: node, named: "ports"), tree.kind(list) == .array else {
      throw Unreadable(reason: "a virtual machine has no list of ports")
    }
    var machine = Machine(vm: ResourceID(id), ports: [])
    var next = tree.firstChild(list)
    while let node = next {
      machine.ports.append(try port(tree, node))
      next = tree.next(node)
    }
    return machine
  }

  private static func port(_ tree: borrowing JSONTree, _ node: JSONNode) throws(Unreadable) -> Port
  {
    guard let text = tree.member(of: node, named: "number"),
      let number = PortNumber.read(tree, text)
    else {
      throw Unreadable(reason: "a port has no number from 0 to 65535")
    }
    var sources: [String] = []
    for key: StaticString in ["allowedSourceAddressPrefix", "allowedSourceAddressPrefixes"] {
      try TextList.add(tree, tree.member(of: node, named: key), "a source", to: &sources)
    }
    return Port(number: number, sources: sources, node: node)
  }
}
