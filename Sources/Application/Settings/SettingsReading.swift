internal import Access
internal import AccessDecoding
internal import Detection
internal import YAML

/// Reads the tables of one file into settings and collects what is wrong with them.
///
/// Every key is asked for whatever the others say, so that a key that is of no use beside another
/// is told apart from one that does not exist.
struct SettingsReading {
  let expanded: YAMLNode
  /// The same before variables were replaced, for messages that must not show their values.
  let written: YAMLNode
  let surroundings: Surroundings
  let problems = ProblemList()
  let top: TableReader

  init(expanded: YAMLNode, written: YAMLNode, surroundings: Surroundings) {
    self.expanded = expanded
    self.written = written
    self.surroundings = surroundings
    top = TableReader(expanded, problems: problems)
  }

  /// Reads everything; the result counts only when there are no problems.
  func read() -> ServiceSettings {
    var settings = ServiceSettings()
    settings.source = source(top)
    settings.ledger = ledger(top.table("ledger"))
    settings.detection = detection(top)
    let windows = top.table("windows")
    settings.windowGrace = span(
      "grace", in: windows, .zero ... .seconds(7 * 86_400), standard: settings.windowGrace)
    let applications = top.value("defender", .list(of: .appID), default: [])
    if !applications.isEmpty { settings.defender = Set(applications.map { $0.lowercased() }) }
    settings.decoding = decoding(top.table("operations"))
    settings.alerts = alerts(top, standard: settings.alerts)
    settings.suppress = top.tables("suppress").map(suppression)
    top.finish()
    validate(settings.detection)
    return settings
  }

  private func ledger(_ table: TableReader) -> LedgerSettings {
    var ledger = LedgerSettings()
    ledger.path = surroundings.path(of: table.value("path", .path, default: ledger.path))
    ledger.mode = table.value("mode", .mode, default: ledger.mode)
    ledger.keepRaw = table.value("keepRaw", .bool, default: ledger.keepRaw)
    let day: Int64 = 86_400
    let retention = table.optional(
      "retention",
      .duration(in: .seconds(day) ... .seconds(36_500 * day)).checked { duration in
        duration.components.seconds % day == 0 ? nil : "expected whole days, such as 400d"
      })
    if let retention { ledger.retentionDays = Int(retention.components.seconds / day) }
    return ledger
  }

  private func decoding(_ table: TableReader) -> DecodingSettings {
    var decoding = DecodingSettings()
    decoding.initiateOperations = table.value("initiate", .list(of: .text), default: [])
    decoding.bypassOperations = table.value("bypass", .list(of: .text), default: [])
    decoding.feedOperations = table.value("feed", .list(of: .text), default: [])
    return decoding
  }

  /// Reads a length of time.
  func span(
    _ key: String, in table: TableReader, _ range: ClosedRange<Duration>, standard: TimeSpan
  ) -> TimeSpan {
    table.optional(key, .duration(in: range)).map { TimeSpan($0) } ?? standard
  }

  /// Reports what is wrong with a key, at the key; the key is then no unknown one.
  func refuse(_ key: String, of table: TableReader, _ message: String, remedy: String? = nil) {
    _ = table.has(key)
    let path = table.path.isEmpty ? key : "\(table.path).\(key)"
    problems.add(
      Problem(
        place: expanded.keyPlace(of: key, in: table.path), path: path, message: message,
        remedy: remedy))
  }

  /// Lets the detectors themselves say what is wrong with their settings, such as time zones.
  private func validate(_ settings: DetectionSettings) {
    do throws(InvalidDetectionSettings) {
      _ = try DetectorSet(settings)
    } catch {
      for problem in error.problems {
        let isShown = written.text(at: problem.path) == expanded.text(at: problem.path)
        problems.add(
          Problem(
            place: expanded.place(of: problem.path), path: problem.path,
            message: isShown ? withoutStop(problem.text) : "the value of the variable is of no use",
            remedy: problem.remedy))
      }
    }
  }
}

/// A sentence as the middle of a message.
func withoutStop(_ sentence: String) -> String {
  sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
}
