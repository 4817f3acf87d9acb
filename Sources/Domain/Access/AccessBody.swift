/// The body of an initiate call, of the request or of the response.
public struct AccessBody: Hashable, Sendable {
  /// One VM × port of the body, in the body's order.
  public struct Port: Hashable, Sendable {
    /// The VM that the port belongs to.
    public var vm: ResourceID
    /// The port, 0 to 65535.
    public var number: Int
    /// The sources, split at commas; empty where the body names none.
    public var sources: [String]
    /// The stated end.
    public var endsAt: EventTime?
    /// The stated duration, where the body has one instead of an end.
    public var duration: TimeSpan?

    /// One VM × port.
    public init(
      vm: ResourceID, number: Int, sources: [String], endsAt: EventTime?, duration: TimeSpan?
    ) {
      self.vm = vm
      self.number = number
      self.sources = sources
      self.endsAt = endsAt
      self.duration = duration
    }
  }

  /// The VM × ports of the body.
  public var ports: [Port]
  /// When access starts, in a response.
  public var startsAt: EventTime?
  /// Why access is asked for.
  public var justification: String?

  /// A body with these ports.
  public init(ports: [Port], startsAt: EventTime? = nil, justification: String? = nil) {
    self.ports = ports
    self.startsAt = startsAt
    self.justification = justification
  }

  /// The VM × ports as a set of texts, by which bodies of one key are told apart.
  public var portSet: Set<String> { Set(ports.map { "\($0.vm.canonical)|\($0.number)" }) }
}
