/// What went wrong between us and a broker, told apart by `code`; the prose is for people.
public struct KafkaError: Error, Sendable {
  /// What a caller can branch on.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    private enum Name: String {
      case transport, authentication, authorization, tls, unknownTopic, unknownPartition
      case offsetOutOfRange, timedOut, queueFull, messageTooLarge, topicExists
      case unsupported, configuration, fenced, closed, other
    }

    private let name: Name

    private init(_ name: Name) { self.name = name }

    /// No broker can be reached, or the connection broke.
    public static let transport = Code(.transport)
    /// The broker refused the credentials.
    public static let authentication = Code(.authentication)
    /// The credentials are good and do not cover this topic, group or cluster.
    public static let authorization = Code(.authorization)
    /// The TLS handshake failed, as with a certificate that no authority vouches for.
    public static let tls = Code(.tls)
    /// The topic does not exist.
    public static let unknownTopic = Code(.unknownTopic)
    /// The topic has no such partition.
    public static let unknownPartition = Code(.unknownPartition)
    /// The broker does not hold the offset: aged out, or beyond the end.
    public static let offsetOutOfRange = Code(.offsetOutOfRange)
    /// No answer came in time.
    public static let timedOut = Code(.timedOut)
    /// The send queue stayed full for as long as the caller was ready to wait.
    public static let queueFull = Code(.queueFull)
    /// The message is larger than the broker or the client allows.
    public static let messageTooLarge = Code(.messageTooLarge)
    /// A topic of that name exists.
    public static let topicExists = Code(.topicExists)
    /// The broker or this build of the library cannot do it.
    public static let unsupported = Code(.unsupported)
    /// A setting was refused, or a file that it names cannot be read.
    public static let configuration = Code(.configuration)
    /// A broker took this client for an old incarnation of itself.
    public static let fenced = Code(.fenced)
    /// The client was closed before.
    public static let closed = Code(.closed)
    /// Anything else: see `libraryName`.
    public static let other = Code(.other)

    /// The name of the code.
    public var description: String { name.rawValue }
  }

  /// What to branch on.
  public let code: Code
  /// The number that librdkafka gives it, 0 when the error is ours.
  public let libraryCode: Int32
  /// The name that librdkafka gives it, empty when the error is ours.
  public let libraryName: String
  /// One sentence for people.
  public let message: String
  /// Whether the same call may succeed later.
  public let isRetriable: Bool
  /// Whether this client is of no use any more and has to be made anew.
  public let isFatal: Bool

  init(
    _ code: Code, _ message: String, libraryCode: Int32 = 0, libraryName: String = "",
    isRetriable: Bool = false, isFatal: Bool = false
  ) {
    self.code = code
    self.libraryCode = libraryCode
    self.libraryName = libraryName
    self.message = message
    self.isRetriable = isRetriable
    self.isFatal = isFatal
  }

  /// What an operator should look at first, where experience knows it.
  public var advice: String? {
    switch code {
    case .authorization:
      "On Event Hubs: the Basic tier has no Kafka endpoint, and the same answer comes for a "
        + "connection string of another hub or one without the right to listen."
    case .authentication:
      "On Event Hubs: the user is literally $ConnectionString and the password is the whole "
        + "connection string; a regenerated key makes the old string useless."
    case .tls:
      "Name the certificate of the broker's authority, or install the system's authorities "
        + "(package ca-certificates)."
    default: nil
    }
  }

  static var closed: KafkaError { KafkaError(.closed, "The client is closed.") }
}

extension KafkaError: Equatable {
  /// Errors are equal when their codes are; prose does not count.
  public static func == (left: KafkaError, right: KafkaError) -> Bool { left.code == right.code }
}

extension KafkaError: CustomStringConvertible {
  /// The sentence, with librdkafka's name when there is one.
  public var description: String {
    libraryName.isEmpty ? message : "\(message) (\(libraryName))"
  }
}
