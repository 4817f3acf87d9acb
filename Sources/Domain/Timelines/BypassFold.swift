public import Access

/// Ways around the door: calls that reach into a VM without asking (semantics 1 and 6).
public enum BypassFold {
  /// What types or names of VM extensions begin with that let somebody in.
  private static let extensions = ["vmaccess", "enablevmaccess", "customscript"]

  /// The uses that calls make of ways around, by time; a call with a Failure has no effect.
  public static func uses(of records: [IdentifiedEvidence]) -> [BypassUse] {
    calls(of: records).filter { !$0.isFailed }.compactMap(use)
      .sorted { ($0.at, $0.vm, $0.operation) < ($1.at, $1.vm, $1.operation) }
  }

  /// Those calls that failed, as lines of a timeline.
  static func failed(_ records: [IdentifiedEvidence]) -> [TimelineEntry] {
    calls(of: records).filter(\.isFailed).compactMap { call in
      use(call).map { use in
        TimelineEntry(
          at: use.at, kind: .failed, vm: use.vm, actor: use.actor, port: nil,
          text: TimelineText.failed(TimelineText.attempt(use), call), evidence: use.evidence)
      }
    }
  }

  /// The lines of a timeline.
  public static func lines(of records: [IdentifiedEvidence]) -> [TimelineEntry] {
    uses(of: records).map { use in
      TimelineEntry(
        at: use.at, kind: .bypass, vm: use.vm, actor: use.actor, port: nil,
        text: "\(TimelineText.way(use)).", evidence: use.evidence)
    } + failed(records)
  }

  private static func calls(of records: [IdentifiedEvidence]) -> [Call] {
    Dictionary(grouping: records.filter { $0.evidence.kind == .bypassUsed }) {
      CallKey($0.evidence)
    }.values.flatMap(CallStitcher.calls)
  }

  /// What a call is, or nil for an extension of another kind.
  private static func use(_ call: Call) -> BypassUse? {
    let operation = call.records[0].evidence.operation
    guard let vm = call.resource.virtualMachine else { return nil }
    let actor = Actor(call.claims)
    var use = BypassUse(
      vm: vm, at: call.occurredAt, operation: operation, actor: actor.isNobody ? nil : actor,
      evidence: call.records.map(\.id))
    if operation.hasSuffix("/virtualmachines/extensions/write") {
      // Where phases differ, what the answer says holds.
      let type = call.records.lazy.reversed().compactMap(\.evidence.extensionType).first
      let name = type ?? call.resource.name
      guard extensions.contains(where: name.lowercased().hasPrefix) else { return nil }
      use.extensionName = name
    }
    return use
  }
}

extension Call {
  /// True when a phase of it is a Failure.
  var isFailed: Bool { records.contains { $0.evidence.phase == .failure } }
}
