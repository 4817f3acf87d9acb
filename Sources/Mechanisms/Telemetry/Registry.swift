internal import Synchronization

/// The counters and gauges of a program, by name and labels.
///
/// A name holds at most `seriesLimit` combinations of labels. Those that come later share one whose
/// labels all read `other`, so that what a feed sends cannot fill the memory.
public final class Registry: Sendable {
  private struct Family {
    var help: String
    var counters: [String: Counter] = [:]
    var gauges: [String: Gauge] = [:]
  }

  private let seriesLimit: Int
  private let families = Mutex<[String: Family]>([:])

  /// Makes an empty registry.
  public init(seriesLimit: Int = 1000) { self.seriesLimit = seriesLimit }

  /// The counter of this name and these labels, always the same; keep it where it is often used.
  public func counter(_ name: MetricName, _ labels: Labels = [:]) -> Counter {
    find(name, labels, \.counters, Counter.init)
  }

  /// The gauge of this name and these labels, always the same; keep it where it is often used.
  public func gauge(_ name: MetricName, _ labels: Labels = [:]) -> Gauge {
    find(name, labels, \.gauges, Gauge.init)
  }

  /// All numbers as OpenMetrics text, which Prometheus reads, ordered by name and labels.
  public func openMetrics() -> String {
    let families = families.withLock { $0 }
    var text = ""
    for (name, family) in families.sorted(by: { $0.key < $1.key }) {
      if !family.counters.isEmpty { head(name, "counter", family.help, &text) }
      for (labels, counter) in family.counters.sorted(by: { $0.key < $1.key }) {
        text += "\(name)_total\(labels) \(counter.value)\n"
      }
      if !family.gauges.isEmpty { head(name, "gauge", family.help, &text) }
      for (labels, gauge) in family.gauges.sorted(by: { $0.key < $1.key }) {
        text += "\(name)\(labels) \(MetricText.number(gauge.value))\n"
      }
    }
    return text + "# EOF\n"
  }

  private func find<Metric: Sendable>(
    _ name: MetricName, _ labels: Labels,
    _ series: WritableKeyPath<Family, [String: Metric]>, _ make: () -> Metric
  ) -> Metric {
    let exact = MetricText.labels(labels)
    return families.withLock { families in
      var family = families[name.name] ?? Family(help: name.help)
      let hasRoom = family[keyPath: series].count < seriesLimit
      let key =
        family[keyPath: series][exact] != nil || hasRoom
        ? exact : MetricText.labels(labels, value: "other")
      if let known = family[keyPath: series][key] { return known }
      let made = make()
      family[keyPath: series][key] = made
      let isOneKind = family.counters.isEmpty || family.gauges.isEmpty
      precondition(isOneKind, "a metric is a counter or a gauge, not both")
      families[name.name] = family
      return made
    }
  }

  private func head(_ name: String, _ type: String, _ help: String, _ text: inout String) {
    text += "# TYPE \(name) \(type)\n# HELP \(name) \(MetricText.escaped(help))\n"
  }
}
