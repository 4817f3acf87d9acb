import Kafka
import Settings
import TestSupport
import Testing

@Suite struct `Secrets` {
  private func password(_ settings: ServiceSettings) -> String? {
    guard case .saslPlain(_, let password, _)? = settings.source?.connection.security else {
      return nil
    }
    return password
  }

  @Test func `come from a file beside the settings, without its line end`() throws {
    let loading = try Loading("source: {connectionStringFile: connection}")
    try loading.write(connectionString + "\r\n", to: "connection")
    #expect(try password(loading.load()) == connectionString)
  }

  @Test func `come from the credentials of systemd first`() throws {
    let credentials = try Loading("")
    try credentials.write(connectionString, to: "connection")
    var loading = try Loading("source: {connectionStringFile: connection}")
    try loading.write("wrong", to: "connection")
    loading.environment["CREDENTIALS_DIRECTORY"] = credentials.folder.path
    #expect(try password(loading.load()) == connectionString)
    let named = try Loading(
      "source: {connectionStringFile: \"${CREDENTIALS_DIRECTORY}/connection\"}",
      environment: loading.environment)
    #expect(try password(named.load()) == connectionString)
  }

  @Test func `come from a file for a password as well`() throws {
    let loading = try Loading(
      """
      source:
        bootstrapServers: a:9092
        auth: {method: plain, username: me, passwordFile: password}
      """)
    try loading.write(" pass word \n", to: "password")
    #expect(try password(loading.load()) == " pass word ")
  }

  @Test func `are in no description`() throws {
    let settings = try settings(
      "source: {connectionString: \"${EVENTHUB}\"}", environment: ["EVENTHUB": connectionString])
    var dumped = ""
    dump(settings, to: &dumped)
    for text in ["\(settings)", String(reflecting: settings), dumped] {
      #expect(text.contains("estate.servicebus") && !text.contains(secretKey))
    }
  }

  /// Each puts the secret where it does not belong.
  @Test(arguments: [
    "connectionString: \"${S};\\nx\"", "connectionString: [\"${S}\"]",
    "connectionString: \"'${S}'\"", "connectionString: \"${S};SharedAccessKey=b\"",
    "connectionString: \"x${S}\"", "connectionStringFile: \"${S}\"",
    "bootstrapServers: \"${S}\"", "bootstrapServers: \"a:1\", topic: \"${S}\"",
    "bootstrapServers: \"a:1\", from: \"${S}\"", "bootstrapServers: \"a:1\", lateness: \"${S}\"",
    "bootstrapServers: \"a:1\", messageLimit: \"${S}\"",
    "bootstrapServers: \"a:1\", retention: \"${S}\"",
    "bootstrapServers: \"a:1\", auth: {method: \"${S}\"}",
    "bootstrapServers: \"a:1\", auth: {method: plain, username: x, passwordFile: \"${S}\"}",
    "connectionStringFile: \"\(connectionString)\"",
  ])
  func `are in no problem`(lines: String) throws {
    let found = try problems("source: {\(lines)}", environment: ["S": connectionString])
    #expect(!found.isEmpty)
    #expect(!found.joined().contains(secretKey), "\(found)")
  }

  @Test func `are in no problem of the detectors either`() throws {
    let found = try problems(
      """
      calendar: {timeZone: "${S}"}
      allowedNetworks: ["${S}"]
      suppress: [{rule: "${S}"}]
      detection: {off-hours: {severity: "${S}"}}
      """, environment: ["S": connectionString])
    #expect(found.count == 4)
    #expect(!found.joined().contains(secretKey), "\(found)")
  }

  @Test func `that are not set are one problem each`() throws {
    let text = """
      source:
        connectionString: ${EVENTHUB_CONNECTION_STRING}
        topic: ${TOPIC}
      """
    let found = try problems(text)
    #expect(
      found == [
        "2:21: source.connectionString: the variable EVENTHUB_CONNECTION_STRING is not set. "
          + "Set it in the environment.",
        "3:10: source.topic: the variable TOPIC is not set. Set it in the environment.",
      ])
  }

  @Test func `are not needed where there is nothing to connect to`() throws {
    let loading = try Loading(
      "source: {connectionString: \"${NONE}\"}\nledger: {path: /g.db}\n")
    let settings = try loading.load(needsSource: false)
    #expect(settings.source == nil && settings.ledger.path == "/g.db")
    #expect(throws: SettingsError.self) { try loading.load() }
  }

  @Test func `of two kinds are one too many`() throws {
    let loading = try Loading(
      "source: {connectionString: \"${S}\", connectionStringFile: connection}",
      environment: ["S": connectionString])
    let found = loading.problems()
    #expect(found.count == 1)
    #expect(found[0].contains("connectionStringFile: is there beside connectionString"))
  }

  @Test func `whose file is missing are told by the name that was written`() throws {
    let found = try problems(
      "source: {connectionStringFile: \"${FOLDER}/x\"}", environment: ["FOLDER": "/nowhere"])
    #expect(
      found == [
        "1:32: source.connectionStringFile: the file ${FOLDER}/x cannot be read: "
          + "no such file or directory."
      ])
  }

  @Test func `that are empty are missing`() throws {
    let loading = try Loading("source: {connectionStringFile: connection}")
    try loading.write("\n", to: "connection")
    #expect(loading.problems().map { $0.hasSuffix("the file is empty.") } == [true])
    let found = try problems("source: {connectionString: \"${S}\"}", environment: ["S": ""])
    #expect(
      found == [
        "1:28: source.connectionString: expected text that is not empty."
      ])
  }
}
