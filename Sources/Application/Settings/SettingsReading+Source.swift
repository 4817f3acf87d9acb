internal import Access
internal import Kafka
internal import YAML

extension SettingsReading {
  /// Reads where records come from; nil where the file does not say, or says it wrong.
  func source(_ top: TableReader) -> SourceSettings? {
    guard let table = top.optionalTable("source") else { return nil }
    let connection = connection(table)
    let topic = table.optional("topic", .topic) ?? connection?.entity
    let standard = SourceSettings(connection: KafkaConfiguration(bootstrapServers: ""))
    let group = table.optional("group", .group)
    let from = table.value("from", .startPoint, default: standard.from)
    let messageLimit = table.value(
      "messageLimit", .bytes(in: 1024...(1 << 30)), default: standard.messageLimit)
    let lateness = span(
      "lateness", in: table, .zero ... .seconds(7 * 86_400), standard: standard.lateness)
    let retention = span(
      "retention", in: table, .seconds(3600) ... .seconds(3650 * 86_400),
      standard: standard.retention)
    if let topic, let entity = connection?.entity, topic != entity {
      table.report(
        "topic", "is '\(topic)', but the connection string is for '\(entity)'",
        remedy: "Remove source.topic, or use a connection string of the namespace.")
    }
    guard var configuration = connection?.configuration else { return nil }
    let name = topic ?? SourceSettings.defaultTopic
    configuration.groupID = group ?? SourceSettings.defaultGroup(of: name)
    return SourceSettings(
      connection: configuration, topic: name, from: from, messageLimit: messageLimit,
      lateness: lateness, retention: retention)
  }

  /// How to connect, and the hub to which a connection string limits it.
  private struct Connection {
    var configuration: KafkaConfiguration
    var entity: String?
  }

  private func connection(_ table: TableReader) -> Connection? {
    let servers = table.optional("bootstrapServers", .bootstrapServers)
    let text = secret("connectionString", in: table)
    let security = security(table)
    let caFile = caFile(table)
    if text.isGiven {
      if table.has("auth") {
        refuse("auth", of: table, "is of no use beside a connection string", remedy: "Remove it.")
      }
      guard let text = text.value, let string = connectionString(text, of: table) else {
        return nil
      }
      var configuration = KafkaConfiguration(string, bootstrapServers: servers)
      configuration.caFile = caFile
      return Connection(configuration: configuration, entity: string.topic)
    }
    guard table.has("bootstrapServers") else {
      // Whoever wrote no table, or named a method that is not there, was told about it.
      if security != nil, case .mapping? = expanded.node(at: table.path)?.content {
        table.report(
          "there is nothing to connect to",
          remedy: "Set connectionString, connectionStringFile or bootstrapServers.")
      }
      return nil
    }
    if table.has("caFile"), security == .plaintext {
      refuse(
        "caFile", of: table, "is of no use without TLS",
        remedy: "Use auth.method plain, or remove it.")
    }
    guard let servers, let security else { return nil }
    return Connection(
      configuration: KafkaConfiguration(
        bootstrapServers: servers, security: security, caFile: caFile))
  }

  private func connectionString(
    _ text: String, of table: TableReader
  ) -> EventHubsConnectionString? {
    do throws(ConnectionStringProblem) {
      return try EventHubsConnectionString(text)
    } catch {
      let key = table.has("connectionString") ? "connectionString" : "connectionStringFile"
      table.report(key, withoutStop(error.description))
      return nil
    }
  }

  private enum Method {
    case none
    case plain
  }

  /// Reads how to sign in where there is no connection string; nil where it says so wrong.
  private func security(_ table: TableReader) -> KafkaConfiguration.Security? {
    guard let auth = table.optionalTable("auth") else { return .plaintext }
    let method: Method? = auth.required(
      "method",
      .choice(
        [("plain", .plain), ("none", .none)],
        notYet: ["managed-identity", "workload-identity", "client-secret"],
        remedy: "Use plain or a connection string."))
    let username = auth.optional("username", .text)
    let password = secret("password", in: auth)
    switch method {
    case nil:
      auth.acceptRest()
      return nil
    case .some(.none):
      for key in ["username", "password", "passwordFile"] where auth.has(key) {
        refuse(key, of: auth, "is of no use with the method 'none'", remedy: "Use 'plain'.")
      }
      return .plaintext
    case .plain:
      if !auth.has("username") { auth.report("username", "is required") }
      if !password.isGiven {
        auth.report("password", "is required", remedy: "Set password or passwordFile.")
      }
      guard let username, let value = password.value else { return nil }
      return .saslPlain(user: username, password: value, tls: true)
    }
  }

  /// Reads a further authority, and looks whether there is one in the file.
  private func caFile(_ table: TableReader) -> String? {
    guard let name = table.optional("caFile", .path) else { return nil }
    let path = surroundings.path(of: name)
    guard let bytes = contents(of: path, "caFile", in: table, limit: 8 << 20) else { return nil }
    if !String(decoding: bytes, as: UTF8.self).contains("-----BEGIN CERTIFICATE-----") {
      table.report("caFile", "there is no PEM certificate in the file")
    }
    return path
  }
}
