internal import Access
internal import Alerting
internal import Detection
internal import YAML

extension SettingsReading {
  private enum SinkWord {
    case stdout
    case file
  }

  /// Reads where findings go; each place may be named once, because it has one cursor.
  func alerts(_ top: TableReader, standard: [SinkSettings]) -> [SinkSettings] {
    guard top.has("alerts") else { return standard }
    var known: Set<SinkSettings.Destination> = []
    return top.tables("alerts").compactMap { table in
      guard let sink = sink(table) else { return nil }
      if !known.insert(sink.destination).inserted {
        table.report("this sink is there already", remedy: "Name each place once.")
      }
      return sink
    }
  }

  private func sink(_ table: TableReader) -> SinkSettings? {
    let word: SinkWord? = table.required(
      "sink",
      .choice(
        [("stdout", .stdout), ("file", .file)],
        notYet: ["webhook", "alertmanager", "kafka", "syslog"], remedy: "Use stdout or file."))
    let minimumSeverity = table.value("minimumSeverity", .severity, default: .low)
    let maximumAge = table.optional("maximumAge", .duration()).map { TimeSpan($0) }
    guard let word else {
      table.acceptRest()
      return nil
    }
    let path = word == .file ? table.required("path", .path) : table.optional("path", .path)
    switch word {
    case .stdout:
      if table.has("path") {
        refuse("path", of: table, "is of no use for stdout", remedy: "Use the sink 'file'.")
      }
      return SinkSettings(
        .standardOutput, minimumSeverity: minimumSeverity, maximumAge: maximumAge)
    case .file:
      guard let path else { return nil }
      return SinkSettings(
        .file(path: surroundings.path(of: path)), minimumSeverity: minimumSeverity,
        maximumAge: maximumAge)
    }
  }

  /// Reads one wish not to be told about findings.
  func suppression(_ table: TableReader) -> Suppression {
    let patterns = ["rule", "vm", "actor"].map { table.value($0, .text, default: "*") }
    let until = table.optional("until", .instant)
    if until == nil, patterns.allSatisfy({ $0 == "*" }), !table.has("until") {
      table.report(
        "this would hold back everything for ever", remedy: "Add rule, vm, actor or until.")
    }
    refuseUnknownRule(patterns[0], of: table)
    return Suppression(
      rule: Glob(patterns[0]), vm: Glob(patterns[1]), actor: Glob(patterns[2]), until: until,
      reason: table.value("reason", .anyText, default: ""))
  }

  private func refuseUnknownRule(_ pattern: String, of table: TableReader) {
    let known = DetectorSet.catalogue.map(\.id)
    if known.contains(where: Glob(pattern).matches(_:)) { return }
    table.report(
      "rule", "there is no such detector in this version",
      remedy: DidYouMean.question(for: pattern, among: known)
        ?? "There are \(known.joined(separator: ", ")).")
  }
}
