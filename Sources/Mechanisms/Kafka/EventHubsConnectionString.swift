/// A checked Event Hubs connection string, and what a Kafka client makes of it.
public struct EventHubsConnectionString: Sendable, Equatable {
  /// The host of the namespace.
  public let host: String
  /// The hub that the string is limited to, if it is.
  public let topic: String?
  /// The name of the shared key.
  public let keyName: String
  /// Whether the local emulator is meant, which speaks without TLS on another port.
  public let usesEmulator: Bool
  /// What Event Hubs takes as the password: the string itself.
  public let password: String

  /// The user name that Event Hubs expects, to the letter.
  public var user: String { "$ConnectionString" }
  /// Where the Kafka endpoint of the namespace listens.
  public var bootstrapServers: String { "\(host):\(usesEmulator ? 9092 : 9093)" }

  /// Parses and checks `text`; blanks and line ends around it, as files have them, do not count.
  public init(_ text: String) throws(ConnectionStringProblem) {
    let trimmed = text.trimmingBlanks()
    try Self.checkShape(trimmed)
    let parts = try Self.parts(of: trimmed)
    if parts["sharedaccesssignature"] != nil { throw .sharedAccessSignature }

    guard let endpoint = parts["endpoint"], !endpoint.isEmpty else { throw .missing("Endpoint") }
    host = try Self.host(of: endpoint)
    guard let keyName = parts["sharedaccesskeyname"], !keyName.isEmpty else {
      throw .missing("SharedAccessKeyName")
    }
    guard let key = parts["sharedaccesskey"], !key.isEmpty else {
      throw .missing("SharedAccessKey")
    }
    self.keyName = keyName
    topic = parts["entitypath"].flatMap { $0.isEmpty ? nil : $0 }
    usesEmulator = parts["usedevelopmentemulator"]?.lowercased() == "true"
    password = trimmed
  }

  private static func checkShape(_ text: String) throws(ConnectionStringProblem) {
    guard let first = text.first, let last = text.last else { throw .empty }
    if "\"'“‘`".contains(first) || "\"'”’`".contains(last) { throw .quoted }
    if text.contains(where: \.isNewline) { throw .severalLines }
    if let variable = text.unexpandedVariable { throw .unexpandedVariable(variable) }
  }

  private static func parts(of text: String) throws(ConnectionStringProblem) -> [String: String] {
    var parts: [String: String] = [:]
    for (place, part) in text.split(separator: ";", omittingEmptySubsequences: true).enumerated() {
      guard let equals = part.firstIndex(of: "=") else { throw .malformedPart(place + 1) }
      let key = String(part[..<equals]).trimmingBlanks()
      let value = String(part[part.index(after: equals)...]).trimmingBlanks()
      guard parts.updateValue(value, forKey: key.lowercased()) == nil else { throw .repeated(key) }
    }
    return parts
  }

  /// The host alone: a port in the endpoint is the one of AMQP.
  private static func host(of endpoint: String) throws(ConnectionStringProblem) -> String {
    let scheme = "sb://"
    guard endpoint.lowercased().hasPrefix(scheme) else { throw .malformedEndpoint }
    let rest = endpoint.dropFirst(scheme.count).prefix { $0 != "/" && $0 != ":" }
    let isHost = rest.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0))
    }
    guard isHost, !rest.isEmpty else { throw .malformedEndpoint }
    return String(rest)
  }
}

extension EventHubsConnectionString: CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// The string with the key left out.
  public var description: String {
    let entity = topic.map { ";EntityPath=\($0)" } ?? ""
    return "Endpoint=sb://\(host)/;SharedAccessKeyName=\(keyName);SharedAccessKey=…\(entity)"
  }

  /// The same: a debugger's log is a log.
  public var debugDescription: String { description }

  /// A mirror without the password.
  public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}

extension String {
  fileprivate func trimmingBlanks() -> String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }

  /// `${NAME}` somewhere in the text, or the whole text as `$NAME`.
  fileprivate var unexpandedVariable: String? {
    if first == "$", !contains("=") { return self }
    var rest = self[...]
    while let dollar = rest.firstIndex(of: "$") {
      let tail = rest[dollar...]
      if tail.hasPrefix("${") {
        let end = tail.firstIndex(of: "}").map(tail.index(after:)) ?? tail.endIndex
        return String(tail[..<end])
      }
      rest = rest[rest.index(after: dollar)...]
    }
    return nil
  }
}
