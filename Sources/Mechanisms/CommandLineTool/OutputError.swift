internal import Glibc

/// Why nothing more can be written to an output.
public enum OutputError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The reader is gone, as in `… | head`: no failure, the program ends without a word.
  case readerGone
  /// The system refused, with its error number: disk full, input/output error.
  case failed(Int32)

  /// The exit code for a program that ends because of this.
  public var exitCode: Int32 {
    switch self {
    case .readerGone: 0
    case .failed: 1
    }
  }

  /// One sentence for stderr; callers keep silent about `readerGone`.
  public var description: String {
    switch self {
    case .readerGone: "The reader of the output is gone."
    case .failed(let number):
      "The output cannot be written: \(unsafe String(cString: strerror(number)))."
    }
  }
}
