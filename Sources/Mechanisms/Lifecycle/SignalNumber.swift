internal import Glibc

/// The signals that the program knows, kept apart from Dispatch, whose imports clash with these.
enum SignalNumber: Sendable {
  case interrupt
  case terminate
  case hangup
  case broken

  static let caught: [SignalNumber] = [.interrupt, .terminate, .hangup]

  var number: Int32 {
    switch self {
    case .interrupt: SIGINT
    case .terminate: SIGTERM
    case .hangup: SIGHUP
    case .broken: SIGPIPE
    }
  }

  /// Keeps the system from ending the program by this signal.
  func ignoreDefault() { _ = signal(number, SIG_IGN) }
}

/// Ends the program without any clean-up; what is committed is safe.
func exitAtOnce(_ code: Int32) -> Never { _exit(code) }
