import Kafka
import Testing

@Suite struct `An Event Hubs connection string` {
  static let good =
    "Endpoint=sb://contoso.servicebus.windows.net/;SharedAccessKeyName=listen;"
    + "SharedAccessKey=c2VjcmV0+/=;EntityPath=insights-activity-logs"

  @Test func `names host, port, topic, user and password`() throws {
    let parsed = try EventHubsConnectionString(Self.good)
    #expect(parsed.bootstrapServers == "contoso.servicebus.windows.net:9093")
    #expect(parsed.topic == "insights-activity-logs")
    #expect(parsed.user == "$ConnectionString")
    #expect(parsed.password == Self.good)
    #expect(parsed.keyName == "listen")
  }

  @Test func `may end with a semicolon, a line end, or without a topic`() throws {
    let text = "Endpoint=sb://a.b;SharedAccessKeyName=n;SharedAccessKey=k;"
    let parsed = try EventHubsConnectionString(text + "\n")
    #expect(parsed.topic == nil)
    #expect(parsed.password == text)
  }

  @Test func `of the emulator means no TLS and port 9092`() throws {
    let parsed = try EventHubsConnectionString(
      "Endpoint=sb://localhost:5672;SharedAccessKeyName=Root;SharedAccessKey=k;"
        + "UseDevelopmentEmulator=true;")
    #expect(parsed.bootstrapServers == "localhost:9092")
    let configuration = KafkaConfiguration(parsed)
    #expect(
      configuration.security
        == .saslPlain(user: "$ConnectionString", password: parsed.password, tls: false))
  }

  @Test(arguments: [
    (" \n", ConnectionStringProblem.empty),
    ("\"\(good)\"", .quoted),
    ("'\(good)'", .quoted),
    ("${EVENTHUB}", .unexpandedVariable("${EVENTHUB}")),
    ("$EVENTHUB", .unexpandedVariable("$EVENTHUB")),
    (
      "Endpoint=sb://a;SharedAccessKeyName=n;SharedAccessKey=${KEY}",
      .unexpandedVariable("${KEY}")
    ),
    ("Endpoint=sb://a;\nSharedAccessKeyName=n", .severalLines),
    ("Endpoint=sb://a;listen", .malformedPart(2)),
    ("Endpoint=sb://a;Endpoint=sb://b", .repeated("Endpoint")),
    ("SharedAccessKeyName=n;SharedAccessKey=k", .missing("Endpoint")),
    ("Endpoint=sb://a;SharedAccessKey=k", .missing("SharedAccessKeyName")),
    ("Endpoint=sb://a;SharedAccessKeyName=n", .missing("SharedAccessKey")),
    ("Endpoint=sb://a;SharedAccessKeyName=n;SharedAccessKey=", .missing("SharedAccessKey")),
    ("Endpoint=https://a;SharedAccessKeyName=n;SharedAccessKey=k", .malformedEndpoint),
    ("Endpoint=sb:///;SharedAccessKeyName=n;SharedAccessKey=k", .malformedEndpoint),
    ("Endpoint=sb://a/;SharedAccessSignature=s", .sharedAccessSignature),
  ])
  func `that is not one is refused for its reason`(
    text: String, problem: ConnectionStringProblem
  ) {
    #expect(throws: problem) { try EventHubsConnectionString(text) }
  }

  @Test func `never shows its key`() throws {
    let parsed = try EventHubsConnectionString(Self.good)
    var dumped = ""
    dump(parsed, to: &dumped)
    dump(KafkaConfiguration(parsed), to: &dumped)
    let shown = "\(parsed) \(String(reflecting: parsed)) \(KafkaConfiguration(parsed))" + dumped
    #expect(!shown.contains("c2VjcmV0"))
    #expect(shown.contains("contoso"))
  }
}
