internal import Access

/// The bodies of one side of a call, asked or answered, as one body.
///
/// What the earliest body says of a VM × port holds, later ones fill what it leaves open. The same
/// VM × port twice in a body, or in bodies of one instant, is one: all sources, the later end.
struct BodyFold {
  private(set) var ports: [Key: Port] = [:]
  private(set) var startsAt: EventTime?
  private(set) var justification: String?
  /// True when there was a body that could be read.
  private(set) var isPresent = false

  /// A VM × port.
  struct Key: Hashable, Comparable {
    let vm: String
    let number: Int

    static func < (left: Key, right: Key) -> Bool {
      left.vm != right.vm ? left.vm < right.vm : left.number < right.number
    }
  }

  /// What bodies say of one VM × port.
  struct Port {
    var vm: ResourceID
    var sources: Set<String> = []
    private var sourcesFrom: EventTime?
    private var lengths: [Length] = []
    private var lengthsFrom: EventTime?

    private struct Length {
      let endsAt: EventTime?
      let duration: TimeSpan?
    }

    fileprivate init(vm: ResourceID) { self.vm = vm }

    /// True when an end is stated, not only a duration.
    var hasEnd: Bool { lengths.contains { $0.endsAt != nil } }

    /// The latest end, where a duration counts from the opening.
    func end(from opensAt: EventTime) -> EventTime? {
      lengths.compactMap { $0.endsAt ?? $0.duration.map { opensAt + $0 } }.max()
    }

    /// The longest time that was asked for at an instant.
    func length(from requestedAt: EventTime) -> TimeSpan? {
      lengths.compactMap { $0.duration ?? $0.endsAt.map { $0 - requestedAt } }.max()
    }

    fileprivate mutating func fill(from port: AccessBody.Port, at instant: EventTime) {
      vm = vm.merging(port.vm)
      if !port.sources.isEmpty, sourcesFrom ?? instant == instant {
        sources.formUnion(port.sources)
        sourcesFrom = instant
      }
      let isOpen = port.endsAt == nil && port.duration == nil
      if !isOpen, lengthsFrom ?? instant == instant {
        lengths.append(Length(endsAt: port.endsAt, duration: port.duration))
        lengthsFrom = instant
      }
    }
  }

  /// Folds the bodies that the records of a call have on one side, in the order of ties.
  init(_ call: Call, _ side: (Evidence) -> AccessBody?) {
    for record in call.records {
      guard let body = side(record.evidence) else { continue }
      isPresent = true
      startsAt = startsAt ?? body.startsAt
      justification = BodyFold.said(justification, else: body.justification)
      for port in body.ports {
        let key = Key(vm: port.vm.canonical, number: port.number)
        ports[key, default: Port(vm: port.vm)]
          .fill(from: port, at: record.evidence.occurredAt)
      }
    }
  }

  /// The first text unless it is missing or blank and the other one is not.
  static func said(_ first: String?, else other: String?) -> String? {
    first?.withoutOuterBlanks == nil ? other ?? first : first
  }
}
