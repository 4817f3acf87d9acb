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
    var policy = PolicyBody(vms: [], ports: [])
    for machine in try MachineList.read(tree, fields) {
      policy.vms.append(machine.vm)
      for port in machine.ports {
        policy.ports.append(
          PolicyBody.Port(
            vm: machine.vm, number: port.number,
            protocolName: tree.trimmedText(of: port.node, "protocol"), sources: port.sources,
            maximum: try maximum(tree, port.node)))
      }
    }
    return policy
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
