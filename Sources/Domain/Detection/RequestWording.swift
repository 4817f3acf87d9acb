internal import Access

/// How requests are spoken of in explanations.
///
/// Names go in as they are: whoever shows the text escapes it for the place where it is shown.
enum RequestWording {
  /// What was asked for, for example `vm1 port 3389` or `vm1, vm2, vm3 and 4 more VMs`.
  static func targets(of grants: [AccessGrant], policy: ResourceID) -> String {
    let vms = VMList.sorted(grants.lazy.map(\.vm))
    guard let only = vms.first else { return "access by policy \(policy.name)" }
    guard vms.count == 1 else { return names(vms) }
    let ports = Set(grants.compactMap(\.port)).sorted()
    switch ports.count {
    case 0: return only.name
    case 1: return "\(only.name) port \(ports[0])"
    default: return "\(only.name) ports \(list(ports.map(String.init), more: "more"))"
    }
  }

  /// Names of VMs, at most three of them.
  static func names(_ vms: [ResourceID]) -> String { list(vms.map(\.name), more: "more VMs") }

  /// Texts with commas and a last `and`; at most three, and how many more there are.
  static func list(_ texts: [String], more: String) -> String {
    guard texts.count > 1, let last = texts.last else { return texts.first ?? "" }
    if texts.count > 3 {
      return texts.prefix(3).joined(separator: ", ") + " and \(texts.count - 3) \(more)"
    }
    return texts.dropLast().joined(separator: ", ") + " and " + last
  }
}

/// Instants as people read them, to the minute.
enum InstantText {
  /// `2026-08-12 22:41 UTC`.
  static func universal(_ instant: EventTime) -> String {
    "\(instant.dateText) \(universalTime(instant))"
  }

  /// `22:41 UTC`.
  static func universalTime(_ instant: EventTime) -> String {
    let minute = (instant - EventTime.start(ofDay: instant.day)).wholeSeconds / 60
    return clock(minute: Int(minute)) + " UTC"
  }

  /// `22:41`.
  static func clock(minute: Int) -> String {
    let (hour, rest) = (minute / 60, minute % 60)
    return (hour < 10 ? "0" : "") + "\(hour)" + (rest < 10 ? ":0" : ":") + "\(rest)"
  }
}

extension Finding {
  /// A finding about one request, without its words.
  init(
    about request: AccessRequest, by description: RuleDescription, severity: Severity,
    vms: some Sequence<ResourceID>
  ) {
    self.init(
      rule: description.id, key: [request.id], slice: RequestSlice.text(of: request.id),
      severity: severity, occurredAt: request.requestedAt)
    self.vms = VMList.sorted(vms)
    actor = request.actor.isNobody ? nil : request.actor
    evidence = EvidenceSelection.of(request.evidence, reachedBy: [])
    attack = description.attack
  }
}
