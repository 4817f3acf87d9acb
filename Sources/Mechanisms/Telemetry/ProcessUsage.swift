internal import Glibc

/// What the process has used of the machine.
public struct ProcessUsage: Equatable, Sendable {
  /// Seconds of CPU, of all threads, in the program and in the system for it.
  public var cpuSeconds: Double
  /// Bytes of memory that are resident now.
  public var residentBytes: Int64
  /// The most bytes that ever were resident.
  public var peakResidentBytes: Int64

  /// What the system says now.
  public static var now: ProcessUsage {
    var usage = rusage()
    unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let status = StatusFile()
    return ProcessUsage(
      cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
      residentBytes: status.bytes("VmRSS:"), peakResidentBytes: status.bytes("VmHWM:"))
  }

  /// Sets the gauges that say so.
  public func report(to registry: Registry) {
    registry.gauge(.cpuSeconds).set(cpuSeconds)
    registry.gauge(.residentBytes).set(Double(residentBytes))
    registry.gauge(.peakResidentBytes).set(Double(peakResidentBytes))
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000
  }
}

extension MetricName {
  /// The CPU time of the process.
  public static let cpuSeconds = MetricName(
    "process_cpu_seconds", "Seconds of CPU that the process has used.")
  /// The resident memory of the process.
  public static let residentBytes = MetricName(
    "process_resident_memory_bytes", "Bytes of memory that are resident.")
  /// The largest resident memory of the process.
  public static let peakResidentBytes = MetricName(
    "process_peak_resident_memory_bytes", "The most bytes of memory that were resident.")
}

/// `/proc/self/status`, with sizes in kB; a value that is not there reads as 0.
private struct StatusFile {
  private let lines: [Substring]

  init() {
    let file = unsafe open("/proc/self/status", O_RDONLY | O_CLOEXEC)
    var bytes = [UInt8](repeating: 0, count: 8192)
    let count = file < 0 ? 0 : unsafe read(file, &bytes, bytes.count)
    if file >= 0 { close(file) }
    lines = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(separator: "\n")
  }

  func bytes(_ name: String) -> Int64 {
    guard let line = lines.first(where: { $0.hasPrefix(name) }) else { return 0 }
    let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
    return (words.dropFirst().first.flatMap { Int64($0) } ?? 0) * 1024
  }
}
