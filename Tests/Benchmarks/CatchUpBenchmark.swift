import BareConsumer
import Foundation
import Kafka
import TestSupport

/// `gatebook run --until-end` over a topic of Apache Kafka, beside a consumer that counts bytes.
struct CatchUpBenchmark {
  private let options: BenchmarkOptions
  private let folder: WorkFolder

  init(_ options: BenchmarkOptions, _ folder: WorkFolder) {
    self.options = options
    self.folder = folder
  }

  func run() throws {
    if let obstacle = KafkaBroker.obstacle {
      return Screen.line("Catch-up from Apache Kafka is left out: \(obstacle).")
    }
    let broker = try KafkaBroker(javaOptions: ["-XX:TieredStopAtLevel=4", "-Xmx1g"])
    var table = ResultTable(
      "Catch-up from Apache Kafka, 4 partitions, whole processes, interleaved",
      [
        "log", "wire", "ours rec/s", "MB/s", "bare rec/s", "speed", "ours CPU s/M", "bare CPU s/M",
        "CPU", "peak memory",
      ])
    for share in options.shares {
      let log = try SimulatedLog(share: share, options, folder)
      let topic = "log-\(log.name)"
      try fill(topic, from: log, broker)
      for wire in options.isSecure ? [Wire.plaintext, .saslSSL] : [.plaintext] {
        let runs = try measure(log, CatchUpSource(broker: broker, topic: topic, wire: wire))
        table.add(row(log, wire, runs))
      }
    }
    broker.stop()
    table.show()
    Screen.line("")
    Screen.line(
      "Goals at 0.1 % JIT: speed ≥ 0.95 ×, CPU ≤ 1.6 ×; at 100 %: ≥ 50 k records/s; ≤ 150 MB.")
  }

  private struct Runs {
    var ours: [ChildProcess] = []
    var bare: [ChildProcess] = []
  }

  private func measure(_ log: SimulatedLog, _ source: CatchUpSource) throws -> Runs {
    var runs = Runs()
    let config = folder.file("catch-up.yaml")
    let ledger = folder.file("catch-up.db")
    let alerts = folder.file("catch-up-alerts.ndjson")
    try (source.settings(ledger: ledger, alerts: alerts) + log.settings)
      .write(toFile: config, atomically: true, encoding: .utf8)
    for round in 0...options.repetitions {
      let bare = try ChildProcess.task(.consume, source.consumerWords)
      folder.removeLedger("catch-up.db")
      unlink(alerts)
      let ours = try ChildProcess.succeed(
        options.program, ["run", "--config", config, "--until-end"])
      try check(ours, log)
      // The first round brings the topic into memory and warms up the broker.
      guard round > 0 else { continue }
      runs.bare.append(bare)
      runs.ours.append(ours)
    }
    folder.removeLedger("catch-up.db")
    return runs
  }

  /// A run that did not read everything would be fast for the wrong reason.
  private func check(_ run: ChildProcess, _ log: SimulatedLog) throws {
    guard run.errorOutput.contains("\(log.records) records (") else {
      throw BenchmarkFailure("The run did not read the whole log:\n\(run.errorOutput)")
    }
  }

  private func row(_ log: SimulatedLog, _ wire: Wire, _ runs: Runs) -> [String] {
    let records = Double(log.records)
    let (ours, bare) = (runs.ours.map(\.wall).median, runs.bare.map(\.wall).median)
    let (oursCPU, bareCPU) = (runs.ours.map(\.cpu).median, runs.bare.map(\.cpu).median)
    return [
      log.title, wire.rawValue, (records / ours).thousands, (log.bytes / ours / 1e6).shown(0),
      (records / bare).thousands, (bare / ours).times, (oursCPU / records * 1e6).shown(2),
      (bareCPU / records * 1e6).shown(2), (oursCPU / bareCPU).times,
      (runs.ours.map(\.peak).max() ?? 0).mebibytes,
    ]
  }

  private func fill(_ topic: String, from log: SimulatedLog, _ broker: KafkaBroker) throws {
    Screen.note("Filling the topic \(topic).")
    let configuration = KafkaConfiguration(bootstrapServers: broker.plaintext)
    let partitions = 4
    try KafkaAdmin(configuration: configuration).createTopic(topic, partitions: partitions)
    let producer = try KafkaProducer(configuration: configuration)
    var next = 0
    try log.forEachMessage { message in
      try producer.send(
        topic: topic, partition: Int32(next % partitions), payload: RawSpan(_unsafeBytes: message))
      next += 1
      return true
    }
    try producer.flush(timeout: .seconds(120))
  }
}

/// How a reader is connected.
enum Wire: String {
  case plaintext = "PLAINTEXT"
  case saslSSL = "SASL_SSL"
}

/// A topic and the way to it, as both readers are told.
struct CatchUpSource {
  let broker: KafkaBroker
  let topic: String
  let wire: Wire

  /// The settings of `gatebook run`, up to what decides verdicts.
  func settings(ledger: String, alerts: String) -> String {
    let source =
      switch wire {
      case .plaintext: "  bootstrapServers: \(broker.plaintext)\n"
      case .saslSSL:
        """
          bootstrapServers: \(broker.saslSSL)
          connectionString: \(broker.connectionString)
          caFile: \(broker.caFile)

        """
      }
    return """
      source:
      \(source)  topic: \(topic)
      ledger: {path: "\(ledger)"}
      alerts:
        - {sink: file, path: "\(alerts)", minimumSeverity: info}

      """
  }

  /// The same for the consumer in C: the topic, then names and values of librdkafka.
  var consumerWords: [String] {
    let connection: [String] =
      switch wire {
      case .plaintext: ["bootstrap.servers", broker.plaintext]
      case .saslSSL:
        [
          "bootstrap.servers", broker.saslSSL, "security.protocol", "sasl_ssl",
          "sasl.mechanism", "PLAIN", "sasl.username", "$ConnectionString",
          "sasl.password", broker.connectionString, "ssl.ca.location", broker.caFile,
        ]
      }
    return [topic] + connection + [
      "group.id", "bare", "enable.auto.commit", "false", "enable.auto.offset.store", "false",
      "check.crcs", "true", "socket.nagle.disable", "true",
      "queued.max.messages.kbytes", "32768", "queued.min.messages", "100000",
      "fetch.wait.max.ms", "500", "fetch.error.backoff.ms", "100", "fetch.queue.backoff.ms", "1",
    ]
  }
}

/// The consumer in C, as a process of its own.
enum BareConsumption {
  static func run(_ words: [String]) throws {
    guard let topic = words.first else { throw BenchmarkFailure("There is no topic.") }
    let settings = words.dropFirst().map { strdup($0) }
    defer { for setting in settings { free(setting) } }
    var result = bare_consumption()
    let pointers = settings.map { UnsafePointer($0) }
    guard bare_consume(topic, pointers, pointers.count, &result) else {
      let problem = withUnsafeBytes(of: result.problem) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      throw BenchmarkFailure("The bare consumer failed: \(problem)")
    }
    Screen.line("\(result.messages) messages, \(result.bytes) bytes")
  }
}
