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
  private var console: Console

  init(path: String, story: Story, console: Console) throws {
    reader = try LedgerReader(path: path)
    self.story = story
    self.console = console
  }

  /// Draws the screen anew, within the size that it has now; without a terminal only the end is
  /// shown.
  func refresh(_ records: Int) throws {
    console = console.resized
    guard console.terminal.isOutputTerminal else { return }
    let lines = try reader.consistently { try screen(records) }
    // Home, then each line with the rest of it cleared, then the rest of the screen. No newline
    // follows on the last line, which may be that of the terminal.
    let text = "\u{1B}[H" + lines.map { $0 + "\u{1B}[K" }.joined(separator: "\n") + "\u{1B}[J"
    try console.output.write(text)
    try console.output.flush()
  }

  /// The last picture: three timelines, and the newest alert of each detector.
  func finish(_ records: Int, seconds: Int64) throws {
    console = console.resized
    let lines = try reader.consistently { try closing(records, seconds: seconds) }
    if console.terminal.isOutputTerminal { try console.output.write("\u{1B}[H\u{1B}[J") }
    for line in lines { try console.output.line(line) }
  }

  /// As many timelines as leave room for a few alerts, then as many alerts as there is room for.
  private func screen(_ records: Int) throws -> [String] {
    let instant = min(try reader.streamTime() ?? story.options.start, story.newest)
    let title =
      "Demo: \(Quantity.count(Int64(records))) of "
      + "\(Quantity.count(Int64(story.options.records))) records, log at "
      + "\(EventTime(seconds: instant.seconds)), Ctrl-C ends it"
    let height = console.terminal.height
    var lines = [String(title.prefix(console.terminal.width)), ""]
    for vm in try busiest(at: instant, limit: 6) {
      let drawn = try drawing(of: vm, from: instant - .hours(12), at: instant) + [""]
      guard lines.count + drawn.count + height / 3 <= height else { continue }
      lines += drawn
    }
    return lines + (try newestAlerts(room: height - lines.count))
  }

  /// The newest alerts as a table of at most so many lines.
  private func newestAlerts(room: Int) throws -> [String] {
    let head = try reader.durableFeedHead()
    var newest: [FeedEntry] = []
    try reader.forEachFeedEntry(after: max(0, head - 12), through: head) {
      newest.append($0)
      return true
    }
    while !newest.isEmpty {
      let table = try self.table(of: newest.reversed())
      if table.count <= room { return table }
      newest.removeFirst()
    }
    return []
  }

  private func table(of entries: [FeedEntry]) throws -> [String] {
    var text = ""
    var writer = RowWriter(.table, of: .alerts, style: console.tableStyle) {
      text += String(decoding: $0, as: UTF8.self)
    }
    for entry in entries { try writer.write(.alert(entry)) }
    try writer.finish()
    return text.split(separator: "\n").map { String($0) }
  }

  private func closing(_ records: Int, seconds: Int64) throws -> [String] {
    let end = story.newest
    var lines: [String] = []
    for vm in try busiest(at: end, limit: 3) {
      lines += try drawing(of: vm, from: end - .hours(30), at: end) + [""]
    }
    var byRule: [String: (count: Int, newest: FeedEntry)] = [:]
    try reader.forEachFinding { entry in
      byRule[entry.finding.rule] = ((byRule[entry.finding.rule]?.count ?? 0) + 1, entry)
      return true
    }
    let rules = byRule.sorted { $0.key < $1.key }.map(\.value)
    let counts = rules.map { "\($0.count) \($0.newest.finding.rule)" }
    let status = try reader.ledgerStatus()
    lines += try table(of: rules.map(\.newest)) + [""]
    lines.append(
      "\(records) records in \(seconds) s, \(status.chainCount) pieces of evidence, "
        + "\(rules.reduce(0) { $0 + $1.count }) alerts; the newest:")
    lines += stride(from: 0, to: counts.count, by: 3).map {
      "  " + counts[$0..<min($0 + 3, counts.count)].joined(separator: ", ")
    }
    lines.append("On your own logs: `gatebook import FILES`, or `gatebook run --config FILE`.")
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
}
