public import Access

/// Finds requests that ask for more time than people normally need.
///
/// - Sees: requests for more time than the limit, or for the policy's maximum, refused or not.
/// - Window and key: one request.
/// - Misses: access that is made long by asking again, and requests whose bodies cannot be read.
/// - Costs: one comparison for each VM and port that was asked for.
struct LongDuration: RequestDetector {
  static let description = RuleDescription(
    id: "long-duration", summary: "Request for more time than the limit, or for the maximum",
    severity: .low, attack: ["T1133"])
  /// How much less than the maximum still counts as the maximum.
  private static let tolerance = TimeSpan.seconds(5)

  private let settings: LongDurationSettings
  private let severity: Severity

  init(_ inForce: SettingsInForce) {
    settings = inForce.settings.longDuration
    severity = settings.common.severity ?? LongDuration.description.severity
  }

  func judge(_ request: AccessRequest) -> Finding? {
    let long = request.grants.filter { $0.askedFor.map { $0 > settings.limit } ?? false }
    if let longest = long.compactMap(\.askedFor).max() {
      return finding(
        about: request, long, "Request for a long time",
        "for \(longest.spoken); the limit is \(settings.limit.spoken).")
    }
    guard settings.flagMaximum else { return nil }
    let full = request.grants.filter { grant in
      guard let askedFor = grant.askedFor, let most = grant.maximum else { return false }
      return askedFor.ticks >= most.ticks - LongDuration.tolerance.ticks
    }
    guard let longest = full.compactMap(\.askedFor).max() else { return nil }
    return finding(
      about: request, full, "Request for the longest time allowed",
      "for \(longest.spoken), which is the maximum that the policy allows.")
  }

  private func finding(
    about request: AccessRequest, _ grants: [AccessGrant], _ title: String, _ reason: String
  ) -> Finding {
    var finding = Finding(
      about: request, by: LongDuration.description, severity: severity,
      vms: grants.lazy.map(\.vm))
    let target = RequestWording.targets(of: grants, policy: request.policy)
    finding.title = title
    finding.explanation = "\(request.actor.shownName) asked for \(target) \(reason)"
    return finding
  }

  static func common(of settings: DetectionSettings) -> CommonSettings {
    settings.longDuration.common
  }

  static func write(_ settings: DetectionSettings, to json: inout CanonicalJSON) {
    settings.longDuration.write(to: &json)
  }
}

/// Settings of `long-duration`.
public struct LongDurationSettings: RuleSettings, Hashable, Sendable {
  /// The switch and the severity.
  public var common = CommonSettings()
  /// The longest span that is not worth a finding.
  public var limit = TimeSpan.hours(8)
  /// True where asking for all that the policy allows is worth one, too.
  public var flagMaximum = false

  /// The defaults: more than 8 hours.
  public init() {}

  func write(to json: inout CanonicalJSON) {
    json.openObject()
    json.key("enabled")
    json.value(common.enabled)
    json.key("flagMaximum")
    json.value(flagMaximum)
    json.key("limit")
    json.value(limit)
    json.key("severity")
    json.optional(common.severity?.text)
    json.closeObject()
  }

  mutating func read(
    _ key: String, _ reader: inout CanonicalReader
  ) throws(CanonicalReader.Malformed) {
    switch key {
    case "flagMaximum": flagMaximum = try reader.flag()
    case "limit": limit = try reader.span()
    default: throw reader.refusal
    }
  }
}
