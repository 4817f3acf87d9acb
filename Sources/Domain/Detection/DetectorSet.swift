public import Access

/// The detectors that settings switch on, made ready once and then asked for each change.
public struct DetectorSet: Sendable {
  /// The settings that the set was made of.
  public let settings: DetectionSettings
  /// Those that judge a request by itself.
  public let requestDetectors: [any RequestDetector]
  /// Those that count requests of one subject.
  public let burstDetectors: [any BurstDetector]

  /// Makes the detectors, or says everything that is wrong with the settings.
  public init(_ settings: DetectionSettings) throws(InvalidDetectionSettings) {
    let inForce = try SettingsInForce(settings)
    let requests: [any RequestDetector] = [
      OffHours(inForce), WideSource(inForce), CriticalVM(inForce), LongDuration(inForce),
    ]
    let bursts: [any BurstDetector] = [RepeatedRequests(inForce), RefusedRequests(inForce)]
    self.settings = settings
    requestDetectors = requests.filter { type(of: $0).common(of: settings).enabled }
    burstDetectors = bursts.filter { type(of: $0).common(of: settings).enabled }
  }

  /// The ids of the rules that are switched on, in the order of ``catalogue``.
  public var rules: [String] {
    let on = Set(requestDetectors.map(\.rule) + burstDetectors.map(\.rule))
    return DetectorSet.catalogue.map(\.id).filter(on.contains)
  }

  /// The findings about one request, by itself.
  public func judge(_ request: AccessRequest) -> [Finding] {
    requestDetectors.compactMap { $0.judge(request) }
  }

  /// All rules there are, switched on or not, as help and documentation list them.
  public static let catalogue: [RuleDescription] = detectors.map { $0.description }

  static let detectors: [any Detector.Type] = [
    OffHours.self, RepeatedRequests.self, RefusedRequests.self, LongDuration.self,
    WideSource.self, CriticalVM.self,
  ]

  static func detector(of rule: String) -> (any Detector.Type)? {
    detectors.first { $0.description.id == rule }
  }
}
