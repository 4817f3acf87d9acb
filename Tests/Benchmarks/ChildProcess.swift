import Foundation

/// A process that ran to its end, and what it took.
struct ChildProcess {
  let exitCode: Int32
  /// Seconds on the clock.
  let wall: Double
  /// Seconds of processor time, the system's share included.
  let cpu: Double
  /// The most memory that was resident, in bytes.
  let peak: Double
  let output: String
  let errorOutput: String

  /// Runs a program; one without a slash is looked up in PATH.
  static func run(_ program: String, _ arguments: [String]) throws -> ChildProcess {
    let folder = FileManager.default.temporaryDirectory
    let names = ["out", "err"].map { folder.appending(path: "bench-\(getpid()).\($0)").path }
    defer { for name in names { unlink(name) } }
    let start = ContinuousClock.now
    let child = try spawn([program] + arguments, output: names[0], errors: names[1])
    let watch = PeakWatch(child)
    var usage = rusage()
    var status: Int32 = 0
    while wait4(child, &status, 0, &usage) < 0, errno == EINTR {}
    let spent = ContinuousClock.now - start
    let text = names.map { (try? String(contentsOfFile: $0, encoding: .utf8)) ?? "" }
    let signal = status & 0x7F
    return ChildProcess(
      exitCode: signal == 0 ? (status >> 8) & 0xFF : -signal, wall: spent.inSeconds,
      cpu: usage.ru_utime.inSeconds + usage.ru_stime.inSeconds, peak: watch.finish(),
      output: text[0], errorOutput: text[1])
  }

  /// The same, and a failure unless the program ends well.
  static func succeed(_ program: String, _ arguments: [String]) throws -> ChildProcess {
    let run = try run(program, arguments)
    guard run.exitCode == 0 else {
      throw BenchmarkFailure(
        "\(program) \(arguments.joined(separator: " ")) ended with \(run.exitCode):\n"
          + String(run.errorOutput.suffix(2000)))
    }
    return run
  }

  /// Runs this program with one of its own tasks.
  static func task(_ task: ChildTask, _ arguments: [String]) throws -> ChildProcess {
    let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return try succeed(own, [task.rawValue] + arguments)
  }

  private static func spawn(
    _ words: [String], output: String, errors: String
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var child: pid_t = 0
    let code = posix_spawnp(&child, words[0], &actions, nil, &arguments, environ)
    guard code == 0 else {
      throw BenchmarkFailure("Cannot run \(words[0]): \(String(cString: strerror(code))).")
    }
    return child
  }
}

/// Looks now and then how much memory a process has had at most.
///
/// The figure of `wait4` would not do: it also counts the process that started the child.
private struct PeakWatch {
  private let box = PeakBox()

  init(_ child: pid_t) {
    let box = box
    Thread.detachNewThread {
      while !box.isOver {
        if let peak = PeakWatch.peak(of: child) { box.note(peak) }
        usleep(5_000)
      }
      box.ended.signal()
    }
  }

  func finish() -> Double {
    box.end()
    box.ended.wait()
    return box.peak
  }

  private static func peak(of process: pid_t) -> Double? {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kilobytes = line.split(whereSeparator: { " \t".contains($0) }).dropFirst().first
    else { return nil }
    return Double(kilobytes).map { $0 * 1024 }
  }
}

/// What the watching thread and the waiting one share.
// The lock protects both values.
private final class PeakBox: @unchecked Sendable {
  let ended = DispatchSemaphore(value: 0)
  private let lock = NSLock()
  private var value = 0.0
  private var over = false

  var isOver: Bool { lock.withLock { over } }
  var peak: Double { lock.withLock { value } }
  func note(_ peak: Double) { lock.withLock { value = max(value, peak) } }
  func end() { lock.withLock { over = true } }
}

extension Duration {
  /// Seconds with their fraction.
  var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}

extension timeval {
  fileprivate var inSeconds: Double { Double(tv_sec) + Double(tv_usec) / 1e6 }
}
