public import Access

/// Finds actors who are refused again and again.
///
/// - Sees: many refused requests by one actor in a short time, whatever they were for.
/// - Window and key: `within` before each refusal of a UTC day; (actor, day).
/// - Misses: refusals spread over more time or over several names, and what is granted after them.
/// - Costs: one pass over the subject's refusals of a day and of the span before it.
struct RefusedRequests: BurstDetector {
  static let description = RuleDescription(
    id: "refused-requests", summary: "Many refused requests by one actor in a short time",
    severity: .medium, attack: ["T1078.004"])

  let within: TimeSpan
  let subject = BurstSubject.actor
  let count: Int
  private let severity: Severity

  init(_ inForce: SettingsInForce) {
    let settings = inForce.settings.refusedRequests
    within = settings.within
    count = settings.count
    severity = settings.common.severity ?? RefusedRequests.description.severity
  }

  func counts(_ request: AccessRequest) -> Bool { request.isRefused }

  func judge(day: Int, vm: ResourceID?, requests: [AccessRequest]) -> Finding? {
    guard let burst = Burst(in: requests, day: day, count: count, within: within) else {
      return nil
    }
    var finding = burst.finding(
      of: RefusedRequests.description, severity: severity, vm: nil, day: day)
    finding.title = "Repeated refusals"
    finding.explanation =
      "\(burst.reached.actor.shownName) was refused \(burst.timesText),"
      + " \(burst.spanText)\(RefusedRequests.told(burst)). The limit of \(count) within"
      + " \(within.spoken) was reached at"
      + " \(InstantText.universalTime(burst.reached.requestedAt))."
    return finding
  }

  /// The VMs and the error of the refusal that reached the count, as far as they are known.
  private static func told(_ burst: Burst) -> String {
    let vms = VMList.sorted(burst.requests.lazy.flatMap(\.grants).map(\.vm))
    let names = vms.isEmpty ? "" : ", for \(RequestWording.names(vms))"
    return names + (burst.reached.error?.code.map { " (\($0))" } ?? "")
  }

  static func common(of settings: DetectionSettings) -> CommonSettings {
    settings.refusedRequests.common
  }

  static func write(_ settings: DetectionSettings, to json: inout CanonicalJSON) {
    settings.refusedRequests.write(to: &json)
  }
}

/// Settings of `refused-requests`.
public struct RefusedRequestsSettings: RuleSettings, Hashable, Sendable {
  /// The switch and the severity.
  public var common = CommonSettings()
  /// How many refusals are too many, 1 to 1000.
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
