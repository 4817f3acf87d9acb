internal import Access
internal import Detection
internal import YAML

extension SettingsReading {
  /// Reads what decides findings.
  func detection(_ top: TableReader) -> DetectionSettings {
    var settings = DetectionSettings()
    settings.calendar = calendar(top.table("calendar"))
    settings.groups = groups(top)
    settings.people = top.tables("people").map(person)
    settings.allowedNetworks = top.value("allowedNetworks", .list(of: .network), default: [])
    settings.automation = top.value("automation", .list(of: .appID), default: [])
    let table = top.table("detection")
    rules(table, into: &settings)
    refuseUnknownRules(of: table)
    return settings
  }

  private func groups(_ top: TableReader) -> [GroupSettings] {
    var names: Set<String> = []
    return top.tables("groups").map { table in
      let name = table.required("name", .text) ?? ""
      if !name.isEmpty, !names.insert(name).inserted {
        table.report("name", "there is a group '\(name)' before this one")
      }
      return GroupSettings(
        name: name, vms: table.required("vms", .list(of: .text, count: 1...10_000)) ?? [],
        critical: table.value("critical", .bool, default: false),
        timeZone: table.optional("timeZone", .text))
    }
  }

  private func rules(_ table: TableReader, into settings: inout DetectionSettings) {
    settings.offHours.common = rule("off-hours", in: table)
    settings.criticalVM.common = rule("critical-vm", in: table)
    settings.repeatedRequests.common = rule("repeated-requests", in: table) { rule in
      let numbers = settings.repeatedRequests
      settings.repeatedRequests.count = rule.value("count", .burst, default: numbers.count)
      settings.repeatedRequests.within = burstSpan(rule, standard: numbers.within)
    }
    settings.refusedRequests.common = rule("refused-requests", in: table) { rule in
      let numbers = settings.refusedRequests
      settings.refusedRequests.count = rule.value("count", .burst, default: numbers.count)
      settings.refusedRequests.within = burstSpan(rule, standard: numbers.within)
    }
    settings.longDuration.common = rule("long-duration", in: table) { rule in
      let numbers = settings.longDuration
      settings.longDuration.limit = span(
        "limit", in: rule, .seconds(1) ... .seconds(366 * 86_400), standard: numbers.limit)
      settings.longDuration.flagMaximum = rule.value(
        "flagMaximum", .bool, default: numbers.flagMaximum)
    }
    settings.wideSource.common = rule("wide-source", in: table) { rule in
      let numbers = settings.wideSource
      settings.wideSource.widestIPv4 = rule.value(
        "ipv4Prefix", .int(in: 0...32), default: numbers.widestIPv4)
      settings.wideSource.widestIPv6 = rule.value(
        "ipv6Prefix", .int(in: 0...128), default: numbers.widestIPv6)
    }
  }

  private func burstSpan(_ rule: TableReader, standard: TimeSpan) -> TimeSpan {
    span("within", in: rule, .seconds(1) ... .seconds(31 * 86_400), standard: standard)
  }

  /// Reads what all rules have, and by a function what only this one has; `false` switches it off.
  private func rule(
    _ id: String, in table: TableReader, numbers: (TableReader) -> Void = { _ in }
  ) -> CommonSettings {
    if case .scalar(let scalar)? = expanded.node(at: "\(table.path).\(id)")?.content,
      ["true", "false"].contains(scalar.text)
    {
      return CommonSettings(enabled: table.value(id, .bool, default: true))
    }
    let rule = table.table(id)
    numbers(rule)
    return CommonSettings(
      enabled: rule.value("enabled", .bool, default: true),
      severity: rule.optional("severity", .severity))
  }

  private func refuseUnknownRules(of table: TableReader) {
    let known = DetectorSet.catalogue.map(\.id)
    for key in table.keys where !known.contains(key) {
      refuse(
        key, of: table, "there is no such detector in this version",
        remedy: DidYouMean.question(for: key, among: known)
          ?? "There are \(known.joined(separator: ", ")).")
    }
  }
}

extension ValueKind where Value == Int {
  /// How many are too many.
  fileprivate static var burst: ValueKind { .int(in: 1...1000) }
}
