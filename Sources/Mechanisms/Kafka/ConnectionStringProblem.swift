/// Why a text is not a connection string that opens Event Hubs' Kafka endpoint; never holds the key.
public enum ConnectionStringProblem: Error, Sendable, Equatable {
  /// Nothing but blanks.
  case empty
  /// Quotation marks became part of the value.
  case quoted
  /// A placeholder such as `${NAME}` was handed on as it stands.
  case unexpandedVariable(String)
  /// More than one line.
  case severalLines
  /// The part at this place, counted from 1, has no `=`.
  case malformedPart(Int)
  /// A key stands there twice.
  case repeated(String)
  /// A key that must be there is not, or has no value.
  case missing(String)
  /// The endpoint is not of the form `sb://HOST/`.
  case malformedEndpoint
  /// A generated token instead of the key, which the Kafka endpoint does not take.
  case sharedAccessSignature
}

extension ConnectionStringProblem: CustomStringConvertible {
  /// One sentence that says what to change.
  public var description: String {
    switch self {
    case .empty: "The connection string is empty."
    case .quoted: "The connection string has quotation marks around it; remove them."
    case .unexpandedVariable(let name):
      "The connection string still contains the variable \(name); "
        + "nothing has put its value in place."
    case .severalLines: "The connection string has several lines; it must be one."
    case .malformedPart(let place):
      "Part \(place) of the connection string has no '='; parts are KEY=VALUE, separated by ';'."
    case .repeated(let key): "The connection string names \(key) more than once."
    case .missing(let key): "The connection string has no \(key)."
    case .malformedEndpoint:
      "The Endpoint of the connection string is not of the form sb://NAMESPACE.servicebus"
        + ".windows.net/."
    case .sharedAccessSignature:
      "The connection string holds a SharedAccessSignature, which the Kafka endpoint does not "
        + "take; use one with SharedAccessKeyName and SharedAccessKey."
    }
  }
}
