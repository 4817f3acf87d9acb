public import Access

/// Finds actors who ask for one VM again and again.
///
/// - Sees: many requests by one actor for one VM in a short time, whatever their outcome.
/// - Window and key: `within` before each request of a UTC day; (actor, VM, day).
/// - Misses: requests spread over several VMs, or over more time than the span.
/// - Costs: one pass over the subject's requests of a day and of the span before it.
struct RepeatedRequests: BurstDetector {
  static let description = RuleDescription(
    id: "repeated-requests", summary: "Many requests by one actor for one VM in a short time",
    severity: .medium, attack: ["T1133"])

  let within: TimeSpan
  let subject = BurstSubject.actorAndVM
  let count: Int
  private let severity: Severity

  init(_ inForce: SettingsInForce) {
    let settings = inForce.settings.repeatedRequests
    within = settings.within
    count = settings.count
    severity = settings.common.severity ?? RepeatedRequests.description.severity
  }

  func counts(_ request: AccessRequest) -> Bool { !request.grants.isEmpty }

  func judge(day: Int, vm: ResourceID?, requests: [AccessRequest]) -> Finding? {
    guard let burst = Burst(in: requests, day: day, count: count, within: within) else {
      return nil
    }
    var finding = burst.finding(
      of: RepeatedRequests.description, severity: severity, vm: vm, day: day)
    finding.title = "Repeated requests for one VM"
    // Named as the requests of the burst show it: the subject's own case depends on who asked.
    let name = finding.vms.first { $0 == vm }?.name ?? "a VM"
    finding.explanation =
      "\(burst.reached.actor.shownName) asked for \(name) \(burst.timesText),"
      + " \(burst.spanText). The limit of \(count) within \(within.spoken) was reached at"
      + " \(InstantText.universalTime(burst.reached.requestedAt))."
    return finding
  }

  static func common(of settings: DetectionSettings) -> CommonSettings {
    settings.repeatedRequests.common
  }

  static func write(_ settings: DetectionSettings, to json: inout CanonicalJSON) {
    settings.repeatedRequests.write(to: &json)
  }
}

/// Settings of `repeated-requests`.
public struct RepeatedRequestsSettings: RuleSettings, Hashable, Sendable {
  /// The switch and the severity.
  public var common = CommonSettings()
  /// How many requests are too many, 1 to 1000.
  public var count = 3
  /// The span in which they are counted.
  public var within = TimeSpan.hours(1)

  /// The defaults: 3 within an hour.
  public init() {}

  func write(to json: inout CanonicalJSON) {
    json.openObject()
    json.key("count")
    json.value(Int64(count))
    json.key("enabled")
    json.value(common.enabled)
    json.key("severity")
    json.optional(common.severity?.text)
    json.key("within")
    json.value(within)
    json.closeObject()
  }

  mutating func read(
    _ key: String, _ reader: inout CanonicalReader
  ) throws(CanonicalReader.Malformed) {
    switch key {
    case "count": count = Int(try reader.number())
    case "within": within = try reader.span()
    default: throw reader.refusal
    }
  }
}
