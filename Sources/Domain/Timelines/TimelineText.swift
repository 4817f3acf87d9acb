internal import Access

/// What the lines of a timeline say.
enum TimelineText {
  static func requested(_ grant: AccessGrant, in request: AccessRequest) -> String {
    var text = grant.port.map { "Asked for port \($0)" } ?? "Asked for access"
    if !grant.sources.isEmpty { text += " from \(grant.sources.joined(separator: ", "))" }
    if let endsAt = grant.endsAt { text += " until \(toTheSecond(endsAt))" }
    if let reason = request.justification, !reason.isEmpty { text += ": \(reason)" }
    return text
  }

  /// People who read a sentence have no use for seven digits of a second.
  static func toTheSecond(_ instant: EventTime) -> EventTime { EventTime(seconds: instant.seconds) }

  static let accepted = "The request was accepted."

  static func refused(_ error: ErrorDetail?) -> String {
    let reasons = [error?.code, error?.message].compactMap { $0 }.filter { !$0.isEmpty }
    return reasons.isEmpty
      ? "The request was refused." : "The request was refused: \(reasons.joined(separator: ": "))"
  }

  static func noted(_ justification: String?) -> String {
    let text = "Defender for Cloud noted a request for this VM"
    return justification.map { "\(text): \($0)" } ?? "\(text)."
  }

  static func opened(_ window: AccessWindow, at instant: EventTime) -> String {
    let end = window.endsAt.map { "until \(toTheSecond($0))" } ?? "without a stated end"
    let seen = window.openings.filter { $0.isSeen(at: instant) }
    let groups = Set(seen.map(\.nsg.name)).sorted().joined(separator: ", ")
    return seen.isEmpty
      ? "Meant to be open \(end); no opening rule was seen."
      : "Open \(end); its rule was seen in \(groups)."
  }

  static func overdue(_ window: AccessWindow) -> String {
    let end = window.endsAt.map { "ended at \(toTheSecond($0))" } ?? "has been open too long"
    return "The window \(end), and its opening rule was still there."
  }

  /// A port that is shut ends no session: established connections survive it.
  static func closed(
    _ state: AccessWindow.State, _ by: AccessWindow.ClosedBy?
  ) -> String {
    let survives = "connections made before may go on."
    return switch state {
    case .superseded: "A newer request of the same actor took over; \(survives)"
    case .revoked: "The opening rule was removed early; \(survives)"
    case .closed where by == .presumed:
      "The opening rule was probably removed: Defender for Cloud wrote its group; \(survives)"
    case .closed: "The opening rule was removed; \(survives)"
    default: "The end passed; \(survives)"
    }
  }
}

/// What lines tell of rules, policies, sessions and ways around.
extension TimelineText {
  static func rule(_ rule: NetworkRule) -> String {
    let ports = list(rule.ports, nothing: "no port")
    return "\(rule.access) \(rule.direction) \(rule.protocolName) \(ports) "
      + "from \(list(rule.sources, nothing: "nowhere")) "
      + "to \(list(rule.destinations, nothing: "nowhere"))"
  }

  static func ports(_ ports: [PolicyBody.Port]) -> String {
    let texts = ports.map { port in
      var text = "port \(port.number)"
      if !port.sources.isEmpty { text += " from \(list(port.sources, nothing: ""))" }
      if let maximum = port.maximum { text += " for at most \(maximum.spoken)" }
      return text
    }
    return texts.isEmpty ? "no port of this VM" : texts.joined(separator: "; ")
  }

  /// So many parts are told; a rule may have thousands.
  private static let listLimit = 8

  private static func list(_ texts: [String], nothing: String) -> String {
    if texts.isEmpty { return nothing }
    let rest = texts.count - listLimit
    return texts.prefix(listLimit).joined(separator: ",") + (rest > 0 ? " and \(rest) more" : "")
  }

  static func ruleCall(_ call: Call) -> String {
    let name = call.resource.name
    return switch call.records[0].evidence.kind {
    case .ruleSetObserved: "Writing the rules of \(name)"
    case .ruleSetDeleted: "Deleting \(name) with its rules"
    case .ruleWritten: "Writing rule \(name) in \(call.resource.parent.name)"
    default: "Deleting rule \(name) in \(call.resource.parent.name)"
    }
  }

  static func way(_ use: BypassUse) -> String {
    if let name = use.extensionName { return "VM extension \(name) written" }
    if use.operation.contains("serialconsole") { return "Serial console connected" }
    if use.operation.contains("/runcommand") { return "Run command used" }
    return "Reached around the door by \(use.operation)"
  }

  static func attempt(_ use: BypassUse) -> String {
    if let name = use.extensionName { return "Writing VM extension \(name)" }
    if use.operation.contains("serialconsole") { return "Connecting to the serial console" }
    return use.operation.contains("/runcommand") ? "Using a run command" : use.operation
  }

  static func failed(_ what: String, _ call: Call) -> String {
    let errors = call.records.lazy.compactMap(\.evidence.error)
    let reasons = [
      errors.compactMap(\.code).first, errors.compactMap(\.message).first,
    ].compactMap { $0 }.filter { !$0.isEmpty }
    return "\(what) failed" + (reasons.isEmpty ? "." : ": \(reasons.joined(separator: ": "))")
  }

  static func session(_ evidence: Evidence, _ detail: SessionDetail) -> String {
    let what = [detail.protocolName, "session"].compactMap { $0 }.joined(separator: " ")
    let login = detail.login.map { " as \($0)" } ?? ""
    let address = evidence.callerAddress.map { " from \($0)" } ?? ""
    return switch evidence.kind {
    case .sessionOpened: "Bastion \(what)\(login)\(address) began."
    case .sessionClosed: "Bastion \(what)\(login)\(address) ended."
    default: "Bastion \(what)\(login)\(address) was refused."
    }
  }
}
