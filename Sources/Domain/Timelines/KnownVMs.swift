public import Access

/// Which VMs have been named, by subscription and name, and since when.
public struct KnownVMs: Sendable {
  /// A subscription and a VM's name, both in lower case: all that a rule's text tells.
  public struct Name: Hashable, Comparable, Sendable {
    /// The subscription.
    public let subscription: String
    /// The name of the VM.
    public let name: String

    /// A name in a subscription.
    public init(subscription: String, name: String) {
      self.subscription = subscription
      self.name = name
    }

    /// The name that a VM has.
    public init(_ vm: ResourceID) {
      self.init(subscription: vm.subscription ?? "", name: vm.name.lowercased())
    }

    /// By subscription, then by name.
    public static func < (left: Name, right: Name) -> Bool {
      left.subscription != right.subscription
        ? left.subscription < right.subscription : left.name < right.name
    }
  }

  private var since: [Name: [ResourceID: EventTime]] = [:]

  /// Nothing known.
  public init() {}

  /// Notes that a VM was named at an instant.
  public mutating func note(_ vm: ResourceID, at instant: EventTime) {
    let known = since[Name(vm)]?[vm]
    since[Name(vm), default: [:]][vm] = min(known ?? instant, instant)
  }

  /// The VMs of a name that were known at an instant, by id.
  public func vms(named name: Name, at instant: EventTime) -> [ResourceID] {
    (since[name] ?? [:]).filter { $0.value <= instant }.map(\.key).sorted()
  }

  /// Notes what a request's bodies name.
  public mutating func note(_ request: AccessRequest) {
    for grant in request.grants where !grant.inferred { note(grant.vm, at: request.requestedAt) }
  }

  /// Notes what a version of a policy lists.
  public mutating func note(_ version: PolicyVersion) {
    for vm in version.body?.vms ?? [] {
      note(vm, at: version.isObserved ? .distantPast : version.at)
    }
  }
}
