internal import Access
internal import JSONScan

/// Reads the body of an initiate call, as a whole or not at all.
enum AccessBodyReader {
  /// The body, or what about its shape is wrong.
  static func read(
    _ tree: borrowing JSONTree, _ body: JSONNode
  ) throws(Unreadable) -> AccessBody {
    var result = AccessBody(ports: [])
    for machine in try MachineList.read(tree, body) {
      for port in machine.ports {
        result.ports.append(
          AccessBody.Port(
            vm: machine.vm, number: port.number, sources: port.sources,
            endsAt: try time(tree, port.node, "endTimeUtc"),
            duration: try duration(tree, port.node)))
      }
    }
    result.startsAt = try time(tree, body, "startTimeUtc")
    result.justification = try justification(tree, body)
    return result
  }

  private static func duration(
    _ tree: borrowing JSONTree, _ port: JSONNode
  ) throws(Unreadable) -> TimeSpan? {
    guard let node = tree.value(of: port, "duration") else { return nil }
    guard let span = tree.string(node).flatMap(ISODuration.parse) else {
      throw Unreadable(reason: "a duration cannot be read")
    }
    return span
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
