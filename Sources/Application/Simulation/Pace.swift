internal import Glibc

/// Keeps to a rate of records.
struct Pace {
  private let rate: Double?
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant

  init(rate: Double?) {
    self.rate = rate.flatMap { $0 > 0 ? $0 : nil }
    start = clock.now
  }

  /// Waits until this many records may have been written; false when it was stopped meanwhile.
  func wait(for records: Int, isStopped: () -> Bool) -> Bool {
    guard let rate else { return true }
    let due = start + .seconds(Double(records) / rate)
    while true {
      if isStopped() { return false }
      let rest = due - clock.now
      guard rest > .zero else { return true }
      // In short naps, so that stopping never takes long.
      usleep(useconds_t(min(rest / .microseconds(1), 50_000)))
    }
  }
}
