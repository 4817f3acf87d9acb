import Access
import Kafka
import Settings
import Testing

@Suite struct `The source` {
  static let environment = ["EVENTHUB": connectionString]

  private func source(_ lines: String, environment: [String: String] = environment) throws
    -> SourceSettings
  {
    try #require(try settings("source: {\(lines)}", environment: environment).source)
  }

  @Test func `comes from a connection string with the defaults of this trade`() throws {
    let source = try source("connectionString: \"${EVENTHUB}\"")
    #expect(source.connection.bootstrapServers == "estate.servicebus.windows.net:9093")
    #expect(
      source.connection.security
        == .saslPlain(user: "$ConnectionString", password: connectionString, tls: true))
    #expect(source.topic == "insights-activity-logs")
    #expect(source.group == "gatebook-insights-activity-logs")
    #expect(source.from == .earliest)
    #expect(source.messageLimit == 16 << 20 && source.lateness == .minutes(10))
    #expect(source.retention == .days(1))
  }

  @Test func `takes its topic from the connection string`() throws {
    let environment = ["EVENTHUB": connectionString + ";EntityPath=activity"]
    let source = try source("connectionString: \"${EVENTHUB}\"", environment: environment)
    #expect(source.topic == "activity" && source.group == "gatebook-activity")
  }

  @Test func `has one topic`() throws {
    let text = """
      source:
        connectionString: ${EVENTHUB}
        topic: audit
      """
    let environment = ["EVENTHUB": connectionString + ";EntityPath=activity"]
    let found = try problems(text, environment: environment)
    #expect(
      found == [
        "3:10: source.topic: is 'audit', but the connection string is for 'activity'. "
          + "Remove source.topic, or use a connection string of the namespace."
      ])
    #expect(try settings(text, environment: Self.environment).source?.topic == "audit")
    let same = ["EVENTHUB": connectionString + ";EntityPath=audit"]
    #expect(try settings(text, environment: same).source?.topic == "audit")
  }

  @Test func `connects elsewhere when told to`() throws {
    let source = try source(
      "connectionString: \"${EVENTHUB}\", bootstrapServers: \"localhost:19093\", group: mine")
    #expect(source.connection.bootstrapServers == "localhost:19093")
    #expect(source.group == "mine")
    let password = KafkaConfiguration.Security.saslPlain(
      user: "$ConnectionString", password: connectionString, tls: true)
    #expect(source.connection.security == password)
  }

  @Test func `speaks to the emulator without TLS`() throws {
    let text = connectionString + ";UseDevelopmentEmulator=true;"
    let source = try source("connectionString: \"${EVENTHUB}\"", environment: ["EVENTHUB": text])
    #expect(source.connection.bootstrapServers == "estate.servicebus.windows.net:9092")
    guard case .saslPlain(_, _, tls: false) = source.connection.security else {
      Issue.record("\(source.connection.security)")
      return
    }
  }

  @Test func `can be any Kafka`() throws {
    let open = try source("bootstrapServers: \"a:9092, [::1]:9093\", auth: {method: none}")
    #expect(open.connection.bootstrapServers == "a:9092,[::1]:9093")
    #expect(open.connection.security == .plaintext)
    let plain = try source(
      "bootstrapServers: \"a:9092\", auth: {method: plain, username: me, password: \"${P}\"}",
      environment: ["P": "pa$${word"])
    #expect(
      plain.connection.security == .saslPlain(user: "me", password: "pa$${word", tls: true))
    #expect(try source("bootstrapServers: \"a:9092\"").connection.security == .plaintext)
  }

  @Test(arguments: [
    ("earliest", StartPoint.earliest), ("latest", .latest), ("2h", .ago(.hours(2))),
    ("7d", .ago(.days(7))), ("90s", .ago(.seconds(90))),
    ("2026-12-31T00:00:00Z", .at(EventTime(rfc3339: "2026-12-31T00:00:00Z")!)),
    ("2026-12-31T01:00:00+01:00", .at(EventTime(rfc3339: "2026-12-31T00:00:00Z")!)),
  ])
  func `begins where it is told to`(text: String, start: StartPoint) throws {
    #expect(try source("bootstrapServers: \"a:1\", from: \"\(text)\"").from == start)
  }

  @Test(arguments: [("1h", TimeSpan.hours(1)), ("7d", .days(7)), ("90d", .days(90))])
  func `says how long its records are kept`(text: String, span: TimeSpan) throws {
    #expect(try source("bootstrapServers: \"a:1\", retention: \(text)").retention == span)
  }

  @Test(arguments: ["Earliest", "2 h", "h", "yesterday", "2026-12-31", "-2h", "99999999999d"])
  func `refuses another beginning`(text: String) throws {
    let found = try problems("source: {bootstrapServers: \"a:1\", from: \"\(text)\"}")
    #expect(found.count == 1 && found[0].contains("source.from: expected earliest, latest"))
  }

  @Test(arguments: [
    ("{topic: a}", "source: there is nothing to connect to"),
    ("{bootstrapServers: \"a\"}", "source.bootstrapServers: expected addresses"),
    ("{bootstrapServers: \"kafka://a:9092\"}", "source.bootstrapServers: expected addresses"),
    ("{bootstrapServers: \"a:1,\"}", "source.bootstrapServers: expected addresses"),
    ("{bootstrapServers: \"a:70000\"}", "source.bootstrapServers: expected addresses"),
    ("{bootstrapServers: \"a:1\", auth: {}}", "source.auth.method: is required"),
    (
      "{bootstrapServers: \"a:1\", auth: {method: plain, password: x}}",
      "source.auth.username: is required"
    ),
    (
      "{bootstrapServers: \"a:1\", auth: {method: plain, username: x}}",
      "source.auth.password: is required"
    ),
    (
      "{bootstrapServers: \"a:1\", auth: {method: none, username: x}}",
      "source.auth.username: is of no use with the method 'none'"
    ),
    (
      "{bootstrapServers: \"a:1\", auth: {method: plian}}",
      "source.auth.method: expected plain or none, found 'plian'. Did you mean 'plain'?"
    ),
    ("{bootstrapServers: \"a:1\", topic: \"a/b\"}", "source.topic: expected the name of a topic"),
    ("{bootstrapServers: \"a:1\", messageLimit: 16MB}", "source.messageLimit: expected a size"),
    ("{bootstrapServers: \"a:1\", retention: 59m}", "source.retention: expected a duration"),
    ("{bootstrapServers: \"a:1\", caFile: none.pem}", "source.caFile: is of no use without TLS"),
    ("5", "source: expected a table, found a single value"),
  ])
  func `says what is wrong with it`(text: String, problem: String) throws {
    let found = try problems("source: \(text)")
    #expect(found.contains { $0.contains(problem) }, "\(found)")
    #expect(found.count == (text.contains("none.pem") ? 2 : 1), "\(found)")
  }

  @Test(arguments: ["managed-identity", "workload-identity", "client-secret"])
  func `knows what it does not know yet`(method: String) throws {
    let text = """
      source:
        bootstrapServers: estate.servicebus.windows.net:9093
        auth: {method: \(method), clientId: x}
      """
    let found = try problems(text)
    #expect(
      found == [
        "3:18: source.auth.method: '\(method)' is not built yet in this version. "
          + "Use plain or a connection string."
      ])
    let without = try problems("source: {auth: {method: \(method)}}")
    #expect(without.count == 1)
  }

  @Test func `needs no second way to sign in`() throws {
    let found = try problems(
      "source: {connectionString: \"${EVENTHUB}\", auth: {method: none}}",
      environment: Self.environment)
    #expect(found.count == 1 && found[0].contains("is of no use beside a connection string"))
  }
}
