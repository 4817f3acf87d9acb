internal import Access
internal import Ledger
internal import Timelines

/// Which VM names' doors are dirty, and from when on.
struct DoorWork {
  private(set) var names: [KnownVMs.Name: EventTime] = [:]

  /// The doors of a name are dirty from an instant on.
  mutating func add(_ name: KnownVMs.Name, from instant: EventTime) {
    names[name] = min(names[name] ?? instant, instant)
  }

  /// The next name, in order, with the instant from which on it is dirty.
  mutating func takeNext() -> (name: KnownVMs.Name, from: EventTime)? {
    guard let name = names.keys.min(), let from = names.removeValue(forKey: name) else {
      return nil
    }
    return (name, from)
  }

  /// A request changes the doors of the VMs that it names, or may be given.
  mutating func add(_ request: AccessRequest, _ ledger: LedgerWriter) throws(LedgerError) {
    let from = request.requestedAt - DoorMatcher.slack
    for grant in request.grants { add(KnownVMs.Name(grant.vm), from: from) }
    guard !request.hasBody, request.refusedAt == nil else { return }
    let names = try ledger.names(grantedBy: request.policy, near: request.requestedAt)
    for name in names { add(name, from: from) }
  }
}
