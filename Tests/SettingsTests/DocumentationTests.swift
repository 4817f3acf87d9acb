import Access
import Detection
import Foundation
import TestSupport
import Testing
import YAML

@testable import Settings

@Suite struct `The documented settings` {
  static let documented = "Config/gatebook.yaml"

  private static func text(_ file: String) throws -> String {
    try String(contentsOfFile: "\(project)/\(file)", encoding: .utf8)
  }

  /// All settings files of the project.
  static let files: [String] = {
    let examples =
      (try? FileManager.default.contentsOfDirectory(atPath: "\(project)/Config/examples")) ?? []
    return [documented, "Config/emulator/gatebook.yaml"]
      + examples.sorted().map { "Config/examples/\($0)" }
  }()

  @Test func `have examples`() { #expect(Self.files.count >= 4) }

  @Test(arguments: files)
  func `have no problems`(file: String) throws {
    let credentials = try TemporaryFolder()
    try Data(connectionString.utf8).write(
      to: URL(filePath: credentials.file("eventhub-connection-string")))
    let settings = try SettingsFile.load(
      path: "\(project)/\(file)",
      environment: [
        "EVENTHUB_CONNECTION_STRING": connectionString, "CREDENTIALS_DIRECTORY": credentials.path,
      ])
    #expect(settings.source?.topic == "insights-activity-logs")
    #expect(throws: Never.self) { try DetectorSet(settings.detection) }
  }

  @Test func `state the defaults`() throws {
    let path = "\(project)/\(Self.documented)"
    let settings = try SettingsFile.load(
      path: path, environment: ["EVENTHUB_CONNECTION_STRING": connectionString])
    let standard = SettingsFile.defaults
    var ledger = settings.ledger
    #expect(ledger.path == "\(project)/Config/gatebook.db")
    ledger.path = standard.ledger.path
    #expect(ledger == standard.ledger)
    let source = try #require(settings.source)
    let bare = SourceSettings(connection: source.connection)
    #expect(source.topic == bare.topic && source.from == bare.from)
    #expect(source.messageLimit == bare.messageLimit && source.lateness == bare.lateness)
    #expect(source.retention == bare.retention)
    #expect(settings.windowGrace == standard.windowGrace)
    #expect(settings.alerts == standard.alerts && settings.suppress.isEmpty)
    var detection = settings.detection
    detection.calendar = standard.detection.calendar
    detection.offHours.common.severity = nil
    detection.repeatedRequests.common.severity = nil
    detection.refusedRequests.common.severity = nil
    detection.longDuration.common.severity = nil
    detection.criticalVM.common.severity = nil
    #expect(detection == standard.detection)
    // What is stated has to be the detectors' own; that of `wide-source` depends on the source.
    let stated = [
      "off-hours": settings.detection.offHours.common,
      "repeated-requests": settings.detection.repeatedRequests.common,
      "refused-requests": settings.detection.refusedRequests.common,
      "long-duration": settings.detection.longDuration.common,
      "critical-vm": settings.detection.criticalVM.common,
    ]
    for rule in DetectorSet.catalogue where rule.id != "wide-source" {
      #expect(stated[rule.id]?.severity == rule.severity, "\(rule.id)")
    }
  }

  /// The file with the settings that are commented out there put in force, except for prose.
  static func uncommented() throws -> String {
    try text(documented).split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard let match = line.wholeMatch(of: #/(\ *)\#\ (\ *(?:-\ )?[a-z][A-Za-z]*:(?:\ .*)?)/#)
      else { return String(line) }
      return String(match.1 + match.2)
    }.joined(separator: "\n")
  }

  /// A reading of that text.
  private func reading() throws -> (reading: SettingsReading, node: YAMLNode) {
    let node = try YAMLReader.read(Self.uncommented())
    let reading = SettingsReading(
      expanded: node, written: node, surroundings: Surroundings(ofFile: "", environment: [:]))
    _ = reading.read()
    return (reading, node)
  }

  @Test func `are all known, also those that are commented out`() throws {
    let unknown = try reading().reading.problems.problems.filter { $0.message == "unknown key" }
    #expect(unknown.isEmpty, "\(unknown)")
  }

  @Test func `are all that the reader knows`() throws {
    let (reading, node) = try reading()
    let known = reading.top.askedPaths
    #expect(known.count > 60)
    let missing = known.subtracting(Self.paths(of: node))
    #expect(missing.isEmpty, "\(missing.sorted())")
  }

  /// Every key of a text with those that lead to it.
  private static func paths(of node: YAMLNode, under path: String = "") -> Set<String> {
    switch node.content {
    case .scalar: []
    case .sequence(let nodes):
      nodes.reduce(into: []) { $0.formUnion(paths(of: $1, under: path + "[]")) }
    case .mapping(let entries):
      entries.reduce(into: []) { all, entry in
        let own = path.isEmpty ? entry.key : "\(path).\(entry.key)"
        all.insert(own)
        all.formUnion(paths(of: entry.value, under: own))
      }
    }
  }
}
