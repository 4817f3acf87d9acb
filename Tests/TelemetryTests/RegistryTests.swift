import Telemetry
import Testing

@Suite struct `A registry` {
  static let records = MetricName("records", "Records that were read.")
  static let lag = MetricName("lag", "Records \"behind\".")

  @Test func `shows its numbers as OpenMetrics`() {
    let registry = Registry()
    registry.counter(Self.records, ["source": "hub", "kind": "new"]).increment(by: 41)
    registry.counter(Self.records, ["source": "hub", "kind": "new"]).increment()
    registry.counter(Self.records, ["source": "a\"\\\nb", "kind": "old"]).increment(by: -5)
    registry.gauge(Self.lag).set(2.5)
    #expect(
      registry.openMetrics() == """
        # TYPE lag gauge
        # HELP lag Records \\"behind\\".
        lag 2.5
        # TYPE records counter
        # HELP records Records that were read.
        records_total{source="a\\"\\\\\\nb",kind="old"} 0
        records_total{source="hub",kind="new"} 42
        # EOF

        """)
  }

  @Test func `is valid when it is empty`() {
    #expect(Registry().openMetrics() == "# EOF\n")
  }

  @Test(
    arguments: [
      (3, "3"), (-0.25, "-0.25"), (.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf"),
      (1e300, "1e+300"), (4_000_000_000, "4000000000"),
    ] as [(Double, String)])
  func `shows any number`(value: Double, text: String) {
    let registry = Registry()
    registry.gauge(Self.lag).set(value)
    #expect(registry.openMetrics().contains("\nlag \(text)\n"))
  }

  @Test func `puts labels over its limit together`() {
    let registry = Registry(seriesLimit: 2)
    for number in 0..<10 { registry.counter(Self.records, ["id": "\(number)"]).increment() }
    registry.counter(Self.records, ["id": "1"]).increment()
    let lines = registry.openMetrics().split(separator: "\n").filter { $0.hasPrefix("records_") }
    #expect(
      lines == [
        "records_total{id=\"0\"} 1", "records_total{id=\"1\"} 2", "records_total{id=\"other\"} 8",
      ])
  }
}

@Suite struct `The usage of the process` {
  @Test func `is what the system says`() {
    let usage = ProcessUsage.now
    #expect(usage.cpuSeconds > 0)
    #expect(usage.residentBytes > 1_000_000)
    #expect(usage.peakResidentBytes >= usage.residentBytes)
    let registry = Registry()
    usage.report(to: registry)
    let text = registry.openMetrics()
    #expect(text.contains("\nprocess_resident_memory_bytes \(usage.residentBytes)\n"))
  }
}
