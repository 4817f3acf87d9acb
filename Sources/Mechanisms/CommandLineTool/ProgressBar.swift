internal import Synchronization

/// A line on standard error that says how far the work is.
///
/// It is drawn at most ten times a second, and not at all when standard error is no terminal or
/// the user wants quiet; then every call is a no-op. Threads may share it.
public final class ProgressBar: Sendable {
  private struct State {
    var line: ProgressLine
    var drawnAt: Duration?
  }

  private static let interval = Duration.milliseconds(100)
  private let isShown: Bool
  private let terminal: Terminal
  private let state: Mutex<State>
  private let clock: @Sendable () -> Duration
  private let write: @Sendable (String) -> Void

  /// Starts the clock of a piece of work.
  public convenience init(
    label: String, totalBytes: Int64? = nil, terminal: Terminal, isQuiet: Bool = false
  ) {
    let start = ContinuousClock.now
    self.init(
      label: label, totalBytes: totalBytes, terminal: terminal, isQuiet: isQuiet,
      clock: { ContinuousClock.now - start }, write: StandardError.write)
  }

  init(
    label: String, totalBytes: Int64?, terminal: Terminal, isQuiet: Bool,
    clock: @escaping @Sendable () -> Duration, write: @escaping @Sendable (String) -> Void
  ) {
    isShown = terminal.isErrorTerminal && !isQuiet
    self.terminal = terminal
    self.clock = clock
    self.write = write
    state = Mutex(State(line: ProgressLine(label: label, totalBytes: totalBytes)))
  }

  /// Says how much is done since the start, and redraws if it is time.
  public func update(bytes: Int64, records: Int64, label: String? = nil) {
    guard isShown else { return }
    let now = clock()
    let text = state.withLock { state -> String? in
      state.line.bytes = bytes
      state.line.records = records
      state.line.elapsed = now
      if let label { state.line.label = label }
      if let drawnAt = state.drawnAt, now - drawnAt < Self.interval { return nil }
      state.drawnAt = now
      return state.line.text(width: terminal.width, usesUnicode: terminal.usesUnicode)
    }
    if let text { write("\r\(text)\(Self.clearToEnd)") }
  }

  /// Writes a line of its own above the bar.
  public func note(_ text: String) {
    write(isShown ? "\r\(Self.clearToEnd)\(text)\n" : "\(text)\n")
    // The bar comes back with the next update.
    state.withLock { $0.drawnAt = nil }
  }

  /// Clears the line; call it before anything else is written.
  public func finish() {
    guard isShown else { return }
    let wasDrawn = state.withLock { state in
      defer { state.drawnAt = nil }
      return state.drawnAt != nil
    }
    if wasDrawn { write("\r\(Self.clearToEnd)") }
  }

  private static let clearToEnd = "\u{1B}[K"
}
