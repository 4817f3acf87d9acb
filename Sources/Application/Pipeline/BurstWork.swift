internal import Access
internal import Detection

/// Which subjects of burst detectors are dirty, and at which instants.
struct BurstWork {
  /// An instant at which a subject's request changed, with the VMs it is about (nil = the actor).
  struct Instant {
    let at: EventTime
    let vms: [ResourceID?]
  }

  /// One UTC day of a subject.
  struct DaySlice: Hashable, Comparable {
    let day: Int
    let vm: ResourceID?

    static func < (left: DaySlice, right: DaySlice) -> Bool {
      (left.day, left.vm?.canonical ?? "") < (right.day, right.vm?.canonical ?? "")
    }
  }

  private var byRule: [String: [String: [Instant]]] = [:]

  /// The subjects, in an order that does not depend on hashing.
  var subjects: [String] { Set(byRule.values.flatMap(\.keys)).sorted() }

  mutating func add(_ request: AccessRequest, _ detectors: [any BurstDetector]) {
    for detector in detectors where detector.counts(request) {
      let vms: [ResourceID?] =
        detector.subject == .actor ? [nil] : Array(Set(request.grants.map(\.vm)))
      byRule[detector.rule, default: [:]][request.actorIdentity, default: []]
        .append(Instant(at: request.requestedAt, vms: vms))
    }
  }

  func dirty(_ detector: any BurstDetector, of subject: String) -> [Instant] {
    byRule[detector.rule]?[subject] ?? []
  }
}
