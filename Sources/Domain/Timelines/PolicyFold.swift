public import Access

/// What policies say at an instant (semantics 1 and 2).
public enum PolicyFold {
  /// The version that a call makes, or nil when it changes nothing that is known: it failed, or no
  /// phase of it has a readable body.
  public static func version(of call: Call) -> PolicyVersion? {
    let records = call.records.map(\.evidence)
    if records.contains(where: { $0.phase == .failure }) { return nil }
    let body =
      records.lazy.compactMap(\.answeredPolicy).first
      ?? records.lazy.compactMap(\.askedPolicy).first
    let isDeleted = records[0].kind == .policyDeleted
    if body == nil, !isDeleted { return nil }
    return PolicyVersion(
      policy: call.resource, at: call.occurredAt, body: isDeleted ? nil : body,
      isObserved: records[0].kind == .policyObserved, writer: Actor(call.claims),
      evidence: call.records.map(\.id),
      tie: [records[0].operation, records[0].correlationID, records[0].phase.text])
  }

  /// The version in force at an instant, of versions of one policy by time.
  public static func version(
    of versions: some RandomAccessCollection<PolicyVersion>, at instant: EventTime
  ) -> PolicyVersion? {
    if let newest = versions.last(where: { $0.at <= instant }) { return newest }
    return versions.first.flatMap { $0.isObserved ? $0 : nil }
  }

  /// Fills in what the policy in force says of a request's grants.
  public static func fill(_ request: inout AccessRequest, from version: PolicyVersion?) {
    for index in request.grants.indices {
      let grant = request.grants[index]
      let port = grant.port.flatMap { version?.body?.port($0, of: grant.vm) }
      request.grants[index].protocolName = port?.protocolName
      request.grants[index].maximum = port?.maximum
    }
  }
}

/// All versions of all policies, by policy and time.
public struct PolicyBook: Sendable {
  private var versions: [ResourceID: [PolicyVersion]] = [:]

  /// The versions as they come; order does not matter.
  public init(_ all: some Sequence<PolicyVersion>) {
    for version in all { versions[version.policy, default: []].append(version) }
    for policy in versions.keys { versions[policy]?.sort(by: PolicyVersion.precedes) }
  }

  /// The policies.
  public var policies: [ResourceID] { versions.keys.sorted() }

  /// The versions of a policy by time.
  public func versions(of policy: ResourceID) -> [PolicyVersion] { versions[policy] ?? [] }

  /// The version of a policy in force at an instant; one that is deleted has no body.
  public func version(of policy: ResourceID, at instant: EventTime) -> PolicyVersion? {
    PolicyFold.version(of: versions[policy] ?? [], at: instant)
  }
}
