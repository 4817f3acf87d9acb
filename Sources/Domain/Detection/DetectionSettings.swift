internal import Access

/// Everything that decides what detectors find, as plain values.
public struct DetectionSettings: Hashable, Sendable {
  /// When people are expected to work.
  public var calendar = CalendarSettings()
  /// Groups of VMs; the order matters.
  public var groups: [GroupSettings] = []
  /// What is known about people; the first entry that fits a person holds.
  public var people: [PersonSettings] = []
  /// Addresses and prefixes from which access is expected; empty where any may be asked for.
  public var allowedNetworks: [String] = []
  /// App ids whose requests are expected.
  public var automation: [String] = []
  /// `off-hours`.
  public var offHours = OffHoursSettings()
  /// `repeated-requests`.
  public var repeatedRequests = RepeatedRequestsSettings()
  /// `refused-requests`.
  public var refusedRequests = RefusedRequestsSettings()
  /// `long-duration`.
  public var longDuration = LongDurationSettings()
  /// `wide-source`.
  public var wideSource = WideSourceSettings()
  /// `critical-vm`.
  public var criticalVM = CriticalVMSettings()

  /// The defaults.
  public init() {}

  /// What decides the findings of one rule, as text: its own settings and those of the others
  /// that it reads.
  ///
  /// Findings have to be judged again where this text has changed, and only there.
  ///
  /// A rule that is switched off has the same text whatever else is set; an unknown rule has the
  /// empty text.
  public func fingerprint(of rule: String) -> String {
    guard let detector = DetectorSet.detector(of: rule) else { return "" }
    let common = detector.common(of: self)
    var json = CanonicalJSON()
    json.openArray()
    json.value(rule)
    json.value(common.enabled)
    if common.enabled { detector.write(self, to: &json) }
    json.closeArray()
    return String(decoding: json.bytes, as: UTF8.self)
  }
}
