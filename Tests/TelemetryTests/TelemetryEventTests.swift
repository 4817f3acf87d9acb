import Telemetry
import Testing

private struct RecordsRejected: TelemetryEvent {
  static let level = LogLevel.warning
  static let sentence: StaticString = "Records were rejected."
  static let counter: MetricName? = MetricName("rejected", "Records that were rejected.")
  var reason: String
  var amount: Int
  var values: Log.Values { ["reason": reason, "count": amount] }
  var labels: Labels { ["reason": reason] }
}

private struct Started: TelemetryEvent {
  static let level = LogLevel.info
  static let sentence: StaticString = "Started."
  static let counter: MetricName? = nil
}

@Suite struct `An event` {
  @Test func `is logged and counted together`() {
    let kept = KeptLog()
    let reporter = Reporter(log: kept.log())
    reporter.report(RecordsRejected(reason: "depth", amount: 3))
    reporter.count(RecordsRejected(reason: "depth", amount: 2))
    reporter.report(Started())
    #expect(
      kept.lines == [
        "2026-11-25T02:00:00Z WARN Records were rejected. reason=depth count=3\n",
        "2026-11-25T02:00:00Z INFO Started.\n",
      ])
    let text = reporter.registry.openMetrics()
    #expect(text.contains("rejected_total{reason=\"depth\"} 5\n"))
    #expect(!text.contains("started"))
  }

  @Test func `is counted also when its line is left out`() {
    let kept = KeptLog()
    let reporter = Reporter(log: kept.log(.error))
    reporter.report(RecordsRejected(reason: "depth", amount: 1))
    #expect(kept.lines.isEmpty)
    #expect(reporter.registry.openMetrics().contains("rejected_total{reason=\"depth\"} 1\n"))
  }
}
