/// How to reach a cluster and how much memory to spend on it.
public struct KafkaConfiguration: Sendable {
  /// How a client proves who it is, and whether the wire is encrypted.
  public enum Security: Sendable, Equatable {
    /// Neither encryption nor credentials.
    case plaintext
    /// SASL PLAIN, over TLS unless `tls` is false.
    case saslPlain(user: String, password: String, tls: Bool)
  }

  /// `host:port` of one or more brokers, separated by commas.
  public var bootstrapServers: String
  /// Credentials and encryption.
  public var security: Security
  /// A PEM file with authorities to trust besides the system's.
  public var caFile: String?
  /// The group under which courtesy commits are stored; no member ever joins it.
  public var groupID: String
  /// The name under which the broker sees this client; unique per instance.
  public var clientID: String
  /// Upper bound of fetched records that wait to be read, in kilobytes.
  public var queueKilobytes: Int
  /// How many records per partition the library tries to keep waiting.
  public var queueMessages: Int
  /// How often a `statistics` event comes; never when nil.
  public var statisticsInterval: Duration?
  /// Properties of librdkafka that win over everything here.
  public var overrides: [String: String]

  /// A configuration with the defaults of this module.
  public init(
    bootstrapServers: String, security: Security = .plaintext, caFile: String? = nil,
    groupID: String = "gatebook", clientID: String = "gatebook", queueKilobytes: Int = 32_768,
    queueMessages: Int = 100_000, statisticsInterval: Duration? = nil,
    overrides: [String: String] = [:]
  ) {
    self.bootstrapServers = bootstrapServers
    self.security = security
    self.caFile = caFile
    self.groupID = groupID
    self.clientID = clientID
    self.queueKilobytes = queueKilobytes
    self.queueMessages = queueMessages
    self.statisticsInterval = statisticsInterval
    self.overrides = overrides
  }

  /// The configuration that a connection string means, with the defaults of this module.
  ///
  /// `bootstrapServers` says where to connect instead, as for a tunnel.
  public init(_ connection: EventHubsConnectionString, bootstrapServers: String? = nil) {
    self.init(
      bootstrapServers: bootstrapServers ?? connection.bootstrapServers,
      security: .saslPlain(
        user: connection.user, password: connection.password, tls: !connection.usesEmulator))
  }
}

extension KafkaConfiguration.Security: CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// The method without its secrets.
  public var description: String {
    switch self {
    case .plaintext: "plaintext"
    case .saslPlain(let user, _, let tls): "SASL PLAIN as \(user), \(tls ? "TLS" : "no TLS")"
    }
  }

  /// The same: a debugger's log is a log.
  public var debugDescription: String { description }

  /// A mirror without the password.
  public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}

extension KafkaConfiguration: CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// Where and how, with the names of overridden properties and without their values.
  public var description: String {
    let names = overrides.keys.sorted().joined(separator: ", ")
    return "\(bootstrapServers), \(security), group \(groupID), client \(clientID)"
      + (names.isEmpty ? "" : ", overriding \(names)")
  }

  /// The same: a debugger's log is a log.
  public var debugDescription: String { description }

  /// A mirror without secrets.
  public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}
