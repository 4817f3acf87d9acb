import Glibc

/// What a piece of work in this process took.
struct Spent {
  var wall = 0.0
  var cpu = 0.0

  init() {}

  /// Runs the work and measures it.
  init(_ work: () throws -> Void) rethrows {
    let start = ContinuousClock.now
    let cpuStart = Spent.processorTime
    try work()
    cpu = Spent.processorTime - cpuStart
    wall = (ContinuousClock.now - start).inSeconds
  }

  /// Processor time of this process until now, in seconds.
  static var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
