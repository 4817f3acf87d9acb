import Foundation

/// A command that runs beside the test, to be watched, signalled or killed.
///
/// It is killed when the last reference goes. Its output goes to files, so that it never waits
/// for the test to read.
public final class RunningCommand {
  private let process = Process()
  private let ended = DispatchSemaphore(value: 0)
  private let command: String
  private let folder: TemporaryFolder
  private var result: CommandRun?

  /// Starts a command; without input its standard input is empty.
  public init(
    _ path: String, _ arguments: [String] = [], input: [UInt8]? = nil,
    environment: [String: String] = [:], folder workingFolder: String? = nil
  ) throws {
    command = ([path] + arguments).joined(separator: " ")
    folder = try TemporaryFolder()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.environment = Self.inherited.merging(environment) { $1 }
    if let workingFolder { process.currentDirectoryURL = URL(filePath: workingFolder) }
    process.standardOutput = try Self.newFile(folder.file("stdout"))
    process.standardError = try Self.newFile(folder.file("stderr"))
    let pipe = input.map { _ in Pipe() }
    process.standardInput = pipe ?? FileHandle.nullDevice
    let ended = ended
    process.terminationHandler = { _ in ended.signal() }
    // A command that ends before it has read its input must not take the tests with it.
    signal(SIGPIPE, SIG_IGN)
    try process.run()
    if let pipe, let input { Self.feed(Data(input), to: pipe) }
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
  }

  /// Standard output until now.
  public var output: String { text("stdout") }

  /// Standard error until now.
  public var errorOutput: String { text("stderr") }

  /// The number of the process.
  public var processIdentifier: Int32 { process.processIdentifier }

  /// Sends a signal such as `SIGTERM` or `SIGKILL`.
  public func send(_ signal: Int32) {
    kill(process.processIdentifier, signal)
  }

  /// Waits until a condition holds or the command ends; false when it never held.
  public func wait(
    timeout: Duration = .seconds(30), until condition: (RunningCommand) throws -> Bool
  ) rethrows -> Bool {
    let deadline = ContinuousClock.now + timeout
    while ContinuousClock.now < deadline {
      if try condition(self) { return true }
      guard process.isRunning else { return try condition(self) }
      usleep(5_000)
    }
    return try condition(self)
  }

  /// Waits for the end, and kills a command that does not come to it in time.
  public func finish(timeout: Duration = .seconds(60)) throws -> CommandRun {
    if let result { return result }
    let (seconds, attoseconds) = timeout.components
    let limit = DispatchTime.now() + Double(seconds) + Double(attoseconds) / 1e18
    guard ended.wait(timeout: limit) == .success else {
      send(SIGKILL)
      ended.wait()
      throw CommandRunError.timedOut(command: command, output: output, errorOutput: errorOutput)
    }
    let status = process.terminationStatus
    let run = CommandRun(
      exitCode: process.terminationReason == .exit ? status : -status,
      outputBytes: Array(bytes("stdout")), errorOutput: errorOutput)
    result = run
    return run
  }

  private func bytes(_ name: String) -> Data {
    FileManager.default.contents(atPath: folder.file(name)) ?? Data()
  }

  private func text(_ name: String) -> String { String(decoding: bytes(name), as: UTF8.self) }

  private static func feed(_ input: Data, to pipe: Pipe) {
    let handle = pipe.fileHandleForWriting
    DispatchQueue.global().async {
      try? handle.write(contentsOf: input)
      try? handle.close()
    }
  }

  private static func newFile(_ path: String) throws -> FileHandle {
    try Data().write(to: URL(filePath: path))
    return try FileHandle(forWritingTo: URL(filePath: path))
  }

  private static var inherited: [String: String] {
    let names = ["PATH", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "TSAN_OPTIONS", "LLVM_PROFILE_FILE"]
    return ProcessInfo.processInfo.environment.filter { names.contains($0.key) }
  }
}
