internal import Access
internal import CommandLineTool
internal import Contract
internal import Ledger
internal import Simulation

/// What the demo shows: the busiest VMs' windows to scale, and the alerts as they come.
// The view's thread alone uses it until it has ended; then the main thread does.
final class DemoView: @unchecked Sendable {
  private let reader: LedgerReader
  private let story: Story
  private let console: Console
  private let start = ContinuousClock.now

  init(path: String, story: Story, console: Console) throws {
    reader = try LedgerReader(path: path)
    self.story = story
    self.console = console
  }

  /// Draws the screen anew; without a terminal only the end is shown.
  func refresh(_ records: Int) throws {
    guard console.terminal.isOutputTerminal else { return }
    let lines = try reader.consistently { try screen(records, alerts: 8, vms: 3) }
    // Home, then each line with the rest of it cleared, then the rest of the screen.
    let text = "\u{1B}[H" + lines.map { $0 + "\u{1B}[K\n" }.joined() + "\u{1B}[J"
    try console.output.write(text)
    try console.output.flush()
  }

  /// The last picture: three timelines, and one alert of each detector.
  func finish(_ records: Int, seconds: Int64) throws {
    let lines = try reader.consistently { try closing(records, seconds: seconds) }
    if console.terminal.isOutputTerminal { try console.output.write("\u{1B}[H\u{1B}[J") }
    for line in lines { try console.output.line(line) }
  }

  private func screen(_ records: Int, alerts: Int, vms: Int) throws -> [String] {
    let instant = min(try reader.streamTime() ?? story.options.start, story.newest)
    var lines = [
      "Gatebook demo   \(Quantity.count(Int64(records))) records read   story at \(instant)", "",
    ]
    for vm in try busiest(at: instant, limit: vms) {
      lines += try drawing(of: vm, from: instant - .hours(12), at: instant) + [""]
    }
    lines.append("Alerts")
    var newest: [FeedEntry] = []
    let head = try reader.durableFeedHead()
    try reader.forEachFeedEntry(after: head - Int64(alerts), through: head) {
      newest.append($0)
      return true
    }
    return lines + newest.reversed().map(line)
  }

  private func closing(_ records: Int, seconds: Int64) throws -> [String] {
    let end = story.newest
    var lines: [String] = []
    for vm in try busiest(at: end, limit: 3) {
      lines += try drawing(of: vm, from: end - .hours(30), at: end) + [""]
    }
    var byRule: [String: (count: Int, newest: FeedEntry)] = [:]
    try reader.forEachFinding { entry in
      let count = byRule[entry.finding.rule]?.count ?? 0
      byRule[entry.finding.rule] = (count + 1, entry)
      return true
    }
    lines.append("Alerts, the newest of each rule")
    for (rule, found) in byRule.sorted(by: { $0.key < $1.key }) {
      lines.append("\(found.count) × \(rule)")
      lines.append(line(found.newest))
      lines.append("    " + TerminalText.neutralised(found.newest.finding.explanation))
    }
    let status = try reader.ledgerStatus()
    lines.append("")
    lines.append(
      "\(records) records in \(seconds) s, \(status.chainCount) pieces of evidence in the chain, "
        + "\(status.findings.values.reduce(0, +)) findings. On your own logs: `gatebook import "
        + "FILES`, or `gatebook run --config FILE`.")
    return lines
  }

  /// The VMs with most requests in the last day before an instant.
  private func busiest(at instant: EventTime, limit: Int) throws -> [ResourceID] {
    var counts: [ResourceID: Int] = [:]
    try reader.forEachRequest(in: (instant - .hours(24))...instant, at: instant) { request in
      for vm in Set(request.grants.map(\.vm)) { counts[vm, default: 0] += 1 }
      return true
    }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(limit).map(\.key)
  }

  private func drawing(
    of vm: ResourceID, from: EventTime, at instant: EventTime
  ) throws -> [String] {
    let history = try VMHistory(
      of: vm, in: from...instant, at: instant, gaps: [], reader: reader)
    let terminal = console.terminal
    return history.drawing(isOpenEnded: true).lines(
      TimelineDrawing.Style(
        width: min(terminal.isOutputTerminal ? terminal.width : 100, 140),
        unicode: terminal.usesUnicode, colour: terminal.usesColor))
  }

  private func line(_ entry: FeedEntry) -> String {
    let finding = entry.finding
    let vms = finding.vms.prefix(3).map(\.name).joined(separator: ", ")
    let text =
      "  \(finding.occurredAt)  \(finding.severity.text)  \(finding.rule)  "
      + "\(finding.actor?.shownName ?? "-")  \(vms)"
    return TerminalText.neutralised(text)
  }
}
