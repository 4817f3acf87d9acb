public import Access

/// Policies on a VM's timeline: versions by records, on each VM that this version or the one before
/// lists (semantics 8).
public enum PolicyLines {
  /// The lines that the calls of one policy make on a VM's timeline.
  ///
  /// `calls` are those of the policy by time, from the version before the first line on.
  public static func lines(of calls: [Call], on vm: ResourceID) -> [TimelineEntry] {
    var before: PolicyVersion?
    var found: [TimelineEntry] = []
    for call in calls.sorted(by: {
      IdentifiedEvidence.precedes($0.records[0], $1.records[0])
    }) {
      if call.isFailed {
        let asked = call.records.lazy.compactMap(\.evidence.askedPolicy).first
        if lists(asked, vm) || lists(before?.body, vm) { found.append(failed(call, on: vm)) }
        continue
      }
      guard let version = PolicyFold.version(of: call) else { continue }
      if !version.isObserved, lists(version.body, vm) || lists(before?.body, vm) {
        found.append(line(version, after: before, on: vm))
      }
      before = version
    }
    return found
  }

  private static func lists(_ body: PolicyBody?, _ vm: ResourceID) -> Bool {
    body?.vms.contains(vm) ?? false
  }

  private static func line(
    _ version: PolicyVersion, after before: PolicyVersion?, on vm: ResourceID
  ) -> TimelineEntry {
    let name = version.policy.name
    let ports = (version.body?.ports ?? []).filter { $0.vm == vm }
    let text =
      version.body == nil
      ? "Policy \(name) deleted; nobody can ask for access by it."
      : lists(version.body, vm)
        ? "Policy \(name) written: \(TimelineText.ports(ports))."
        : "Policy \(name) written: this VM is no longer in it."
    return TimelineEntry(
      at: version.at, kind: version.body == nil ? .policyDeleted : .policyWritten, vm: vm,
      actor: version.writer?.isNobody == true ? nil : version.writer, port: nil, text: text,
      evidence: version.evidence)
  }

  private static func failed(_ call: Call, on vm: ResourceID) -> TimelineEntry {
    let actor = Actor(call.claims)
    let verb = call.records[0].evidence.kind == .policyDeleted ? "Deleting" : "Writing"
    return TimelineEntry(
      at: call.occurredAt, kind: .failed, vm: vm, actor: actor.isNobody ? nil : actor, port: nil,
      text: TimelineText.failed("\(verb) policy \(call.resource.name)", call),
      evidence: call.records.map(\.id))
  }
}
