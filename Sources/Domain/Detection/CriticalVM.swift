internal import Access

/// Finds access to VMs that are listed as critical.
///
/// - Sees: requests for VMs of a critical group that were not refused.
/// - Window and key: one request.
/// - Misses: VMs that no critical group names, and ways to a VM other than a request.
/// - Costs: the patterns of the critical groups against the name and the id of each VM.
struct CriticalVM: RequestDetector {
  static let description = RuleDescription(
    id: "critical-vm", summary: "Access to a VM that is listed as critical", severity: .medium,
    attack: ["T1021"])

  private let groups: VMGroups
  private let severity: Severity

  init(_ inForce: SettingsInForce) {
    groups = inForce.groups
    severity = inForce.settings.criticalVM.common.severity ?? CriticalVM.description.severity
  }

  func judge(_ request: AccessRequest) -> Finding? {
    if request.isRefused { return nil }
    var names: [String] = []
    let critical = request.grants.filter { grant in
      guard let name = groups.criticalGroup(of: grant.vm) else { return false }
      if !names.contains(name) { names.append(name) }
      return true
    }
    if critical.isEmpty { return nil }
    var finding = Finding(
      about: request, by: CriticalVM.description, severity: severity,
      vms: critical.lazy.map(\.vm))
    let target = RequestWording.targets(of: critical, policy: request.policy)
    let groupText = RequestWording.list(names, more: "more")
    finding.title = "Access to a critical VM"
    finding.explanation =
      "\(request.actor.shownName) asked for \(target);"
      + " critical by the \(names.count == 1 ? "group" : "groups") \(groupText)."
    return finding
  }

  static func common(of settings: DetectionSettings) -> CommonSettings {
    settings.criticalVM.common
  }

  static func write(_ settings: DetectionSettings, to json: inout CanonicalJSON) {
    json.openArray()
    settings.criticalVM.write(to: &json)
    json.list(settings.groups.filter(\.critical)) { group, json in
      json.openArray()
      json.value(group.name)
      json.value(group.vms)
      json.closeArray()
    }
    json.closeArray()
  }
}

/// Settings of `critical-vm`; which VMs are critical is said by the groups.
public struct CriticalVMSettings: RuleSettings, Hashable, Sendable {
  /// The switch and the severity.
  public var common = CommonSettings()

  /// The defaults.
  public init() {}
}
