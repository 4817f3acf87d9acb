internal import Access

/// Finds requests to open a port for more of the world than one place.
///
/// - Sees: sources that are everything, wider than the limit or outside of the allowed networks.
/// - Window and key: one request, refused or not.
/// - Misses: many narrow sources that are wide together, and service tags where no network is set.
/// - Costs: each source of the request is parsed and compared with each allowed network.
struct WideSource: RequestDetector {
  static let description = RuleDescription(
    id: "wide-source",
    summary: "Request to open for everybody, a wide prefix or a network that is not allowed",
    severity: .high, attack: ["T1133", "T1562.007"])

  private let settings: WideSourceSettings
  private let allowed: [Network]

  init(_ inForce: SettingsInForce) {
    settings = inForce.settings.wideSource
    allowed = inForce.allowedNetworks
  }

  /// What is wrong with a source, the worst first.
  private enum Fault: Int {
    case everywhere, wide, outside
  }

  func judge(_ request: AccessRequest) -> Finding? {
    var faults: [String: Fault] = [:]
    let concerned = request.grants.filter { grant in
      let faulty = grant.sources.compactMap { text in fault(of: text).map { (text, $0) } }
      for (text, fault) in faulty { faults[text] = fault }
      return !faulty.isEmpty
    }
    let ordered = faults.sorted { ($0.value.rawValue, $0.key) < ($1.value.rawValue, $1.key) }
    guard let worst = ordered.first else { return nil }
    let severity = worst.value == .everywhere ? Severity.high : .medium
    var finding = Finding(
      about: request, by: WideSource.description,
      severity: settings.common.severity ?? severity, vms: concerned.lazy.map(\.vm))
    finding.title = WideSource.title(worst.value)
    let sources = ordered.map { "\($0.key) (\(reason($0.value, $0.key)))" }
    let target = RequestWording.targets(of: concerned, policy: request.policy)
    finding.explanation =
      "\(request.actor.shownName) asked to open \(target) to"
      + " \(RequestWording.list(sources, more: "more sources"))."
    return finding
  }

  private func fault(of text: String) -> Fault? {
    switch AccessSource(text) {
    case .everywhere: return .everywhere
    case .network(let network):
      let widest = network.isIPv6 ? settings.widestIPv6 : settings.widestIPv4
      if network.prefixLength < widest { return .wide }
      return allowed.isEmpty || allowed.contains { $0.contains(network) } ? nil : .outside
    case .tag: return allowed.isEmpty ? nil : .outside
    }
  }

  private static func title(_ fault: Fault) -> String {
    switch fault {
    case .everywhere: "Request to open for everybody"
    case .wide: "Request to open for a wide network"
    case .outside: "Request to open for a network that is not allowed"
    }
  }

  private func reason(_ fault: Fault, _ text: String) -> String {
    switch fault {
    case .everywhere: return "any address"
    case .outside: return "outside the allowed networks"
    case .wide:
      let isIPv6 = Network(text)?.isIPv6 ?? text.utf8.contains(UInt8(ascii: ":"))
      return "wider than /\(isIPv6 ? settings.widestIPv6 : settings.widestIPv4)"
    }
  }

  static func common(of settings: DetectionSettings) -> CommonSettings {
    settings.wideSource.common
  }

  static func write(_ settings: DetectionSettings, to json: inout CanonicalJSON) {
    json.openArray()
    settings.wideSource.write(to: &json)
    json.value(settings.allowedNetworks)
    json.closeArray()
  }
}

/// Settings of `wide-source`.
public struct WideSourceSettings: RuleSettings, Hashable, Sendable {
  /// The switch and the severity.
  public var common = CommonSettings()
  /// The shortest IPv4 prefix that is not wide.
  public var widestIPv4 = 24
  /// The shortest IPv6 prefix that is not wide.
  public var widestIPv6 = 64

  /// The defaults: wider than /24, or than /64 for IPv6.
  public init() {}

  func write(to json: inout CanonicalJSON) {
    json.openObject()
    json.key("enabled")
    json.value(common.enabled)
    json.key("severity")
    json.optional(common.severity?.text)
    json.key("widestIPv4")
    json.value(Int64(widestIPv4))
    json.key("widestIPv6")
    json.value(Int64(widestIPv6))
    json.closeObject()
  }

  mutating func read(
    _ key: String, _ reader: inout CanonicalReader
  ) throws(CanonicalReader.Malformed) {
    switch key {
    case "widestIPv4": widestIPv4 = Int(try reader.number())
    case "widestIPv6": widestIPv6 = Int(try reader.number())
    default: throw reader.refusal
    }
  }
}
