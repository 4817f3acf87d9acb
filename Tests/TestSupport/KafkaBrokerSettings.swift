/// The files that a broker reads at its start.
struct KafkaBrokerSettings {
  let folder: String
  let ports: [UInt16]
  let connectionString: String
  let more: [String: String]

  func write(to folder: TemporaryFolder) throws {
    try folder.makeFolder("data")
    // What formatting a node writes; doing it here saves a start of Java.
    try folder.write(
      "version=1\ncluster.id=gatebook-tests-0000001\nnode.id=1\n", to: "data/meta.properties")
    var lines = server
    for (key, value) in more.sorted(by: { $0.key < $1.key }) { lines.append("\(key)=\(value)") }
    try folder.write(lines.joined(separator: "\n") + "\n", to: "server.properties")
    try folder.write(logging, to: "log4j2.properties")
  }

  private var server: [String] {
    let (plain, secure, open, control) = (ports[0], ports[1], ports[2], ports[3])
    let login =
      "org.apache.kafka.common.security.plain.PlainLoginModule required "
      + "user_$ConnectionString=\"\(connectionString)\";"
    return [
      "process.roles=broker,controller",
      "node.id=1",
      "controller.quorum.voters=1@127.0.0.1:\(control)",
      "controller.listener.names=CONTROLLER",
      "inter.broker.listener.name=PLAINTEXT",
      "listeners=PLAINTEXT://127.0.0.1:\(plain),SASL_SSL://127.0.0.1:\(secure),"
        + "SASL_PLAINTEXT://127.0.0.1:\(open),CONTROLLER://127.0.0.1:\(control)",
      "advertised.listeners=PLAINTEXT://127.0.0.1:\(plain),SASL_SSL://localhost:\(secure),"
        + "SASL_PLAINTEXT://127.0.0.1:\(open)",
      "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL,"
        + "SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
      "sasl.enabled.mechanisms=PLAIN",
      "listener.name.sasl_ssl.plain.sasl.jaas.config=\(login)",
      "listener.name.sasl_plaintext.plain.sasl.jaas.config=\(login)",
      "ssl.keystore.type=PEM",
      "ssl.keystore.location=\(folder)/server.pem",
      "log.dirs=\(folder)/data",
      "auto.create.topics.enable=false",
      "default.replication.factor=1",
      "offsets.topic.replication.factor=1",
      "offsets.topic.num.partitions=4",
      "transaction.state.log.replication.factor=1",
      "transaction.state.log.min.isr=1",
      "transaction.state.log.num.partitions=1",
      "group.initial.rebalance.delay.ms=0",
      // As on Event Hubs, a record's time is the time at which the broker took it.
      "log.message.timestamp.type=LogAppendTime",
    ]
  }

  private let logging = """
    appender.out.type = Console
    appender.out.name = out
    appender.out.layout.type = PatternLayout
    appender.out.layout.pattern = %d{HH:mm:ss.SSS} %p %c{1} %m%n
    rootLogger.level = warn
    rootLogger.appenderRef.out.ref = out
    logger.ready.name = kafka.server.KafkaRaftServer
    logger.ready.level = info

    """
}
