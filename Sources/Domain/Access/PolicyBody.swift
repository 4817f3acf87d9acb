/// What a JIT policy says: which ports of which VMs may be asked for, from where and for how long.
public struct PolicyBody: Hashable, Sendable {
  /// One VM × port of a policy.
  public struct Port: Hashable, Sendable {
    /// The VM.
    public var vm: ResourceID
    /// The port, 0 to 65535.
    public var number: Int
    /// `TCP`, `UDP` or `*`, as it was written.
    public var protocolName: String?
    /// The sources that may be asked for, split at commas; empty where the policy names none.
    public var sources: [String]
    /// The longest time that may be asked for.
    public var maximum: TimeSpan?

    /// One VM × port.
    public init(
      vm: ResourceID, number: Int, protocolName: String?, sources: [String], maximum: TimeSpan?
    ) {
      self.vm = vm
      self.number = number
      self.protocolName = protocolName
      self.sources = sources
      self.maximum = maximum
    }
  }

  /// The VMs that the policy lists, also those without a port, in its order.
  public var vms: [ResourceID]
  /// The VM × ports, in its order.
  public var ports: [Port]

  /// A policy with these VMs and ports.
  public init(vms: [ResourceID], ports: [Port]) {
    self.vms = vms
    self.ports = ports
  }

  /// What the policy says of a VM × port.
  public func port(_ number: Int, of vm: ResourceID) -> Port? {
    ports.first { $0.number == number && $0.vm == vm }
  }
}
