internal import CommandLineTool
internal import Contract
internal import Kafka
internal import Settings

/// Whether broker, credentials and topic are what they should be.
enum SourceCheck {
  static func steps(of source: SourceSettings, timeout: Duration) -> [CheckStep] {
    let place = source.connection.bootstrapServers
    do throws(KafkaError) {
      let consumer = try KafkaConsumer(configuration: source.connection, topic: source.topic)
      defer { consumer.close() }
      let partitions = try consumer.partitions(timeout: timeout)
      return [connected(to: source), try held(partitions, consumer, source.topic, timeout)]
    } catch {
      let trouble = Trouble(error, source: source, place: place, timeout: timeout)
      return trouble.isOfTopic ? [connected(to: source), trouble.step] : [trouble.step]
    }
  }

  /// What an error means and what to do about it, as `run` says it.
  static func sentence(for error: KafkaError, of source: SourceSettings) -> String {
    let step = Trouble(
      error, source: source, place: source.connection.bootstrapServers, timeout: .seconds(60)
    ).step
    return [step.text, step.remedy].compactMap { $0 }.joined(separator: " ")
  }

  private static func connected(to source: SourceSettings) -> CheckStep {
    CheckStep(
      step: "connection", result: .ok,
      text: "\(source.connection.bootstrapServers) answers, \(source.connection.security).")
  }

  private static func held(
    _ partitions: [Int32], _ consumer: KafkaConsumer, _ topic: String, _ timeout: Duration
  ) throws(KafkaError) -> CheckStep {
    var count: Int64 = 0
    for partition in partitions {
      let marks = try consumer.watermarks(partition: partition, timeout: timeout)
      count += max(0, marks.high - marks.low)
    }
    let text =
      "Topic \(topic) has \(partitions.count) partition\(partitions.count == 1 ? "" : "s") and holds "
      + "\(count) message\(count == 1 ? "" : "s")."
    guard count == 0 else { return CheckStep(step: "topic", result: .ok, text: text) }
    return CheckStep(
      step: "topic", result: .warning, text: text,
      remedy: "Check that a diagnostic setting streams the activity log to this hub.")
  }
}

/// What an error of the broker's means for people, and what they can do about it.
private struct Trouble {
  let step: CheckStep
  /// True where the connection is good and the topic is not.
  let isOfTopic: Bool

  init(_ error: KafkaError, source: SourceSettings, place: String, timeout: Duration) {
    let topic = source.topic
    switch error.code {
    case .unknownTopic:
      isOfTopic = true
      step = Trouble.failed(
        "topic", "There is no topic \(topic) at \(place).",
        "Correct source.topic (or EntityPath in the connection string), or make the hub.")
    case .authorization:
      isOfTopic = true
      step = Trouble.failed(
        "topic", "These credentials may not read topic \(topic): \(error.message)", error.advice)
    case .authentication:
      isOfTopic = false
      step = Trouble.failed(
        "connection", "\(place) refuses these credentials: \(error.message)", error.advice)
    case .tls:
      isOfTopic = false
      step = Trouble.failed(
        "connection", "No TLS connection to \(place): \(error.message)",
        "Name the certificate of the broker's authority in source.caFile, or install the system's "
          + "authorities (package ca-certificates). A broker without TLS gives this too.")
    case .transport, .timedOut:
      isOfTopic = false
      step = Trouble.failed(
        "connection",
        "No broker answers at \(place) within \(DurationText.brief(timeout)): \(error.message)",
        Trouble.unreachable(place))
    case .configuration:
      isOfTopic = false
      step = Trouble.failed(
        "connection", "The client refuses a setting: \(error.message)",
        "Correct what is set under source.")
    default:
      isOfTopic = false
      step = Trouble.failed("connection", "\(place): \(error)", error.advice)
    }
  }

  private static func failed(_ name: String, _ text: String, _ remedy: String?) -> CheckStep {
    CheckStep(step: name, result: .failed, text: text, remedy: remedy)
  }

  private static func unreachable(_ place: String) -> String {
    let remedy =
      "Check the name and port, that the broker runs, and that a firewall lets the connection "
      + "through."
    guard place.contains(".servicebus.") else { return remedy }
    return remedy + " On Event Hubs that is TCP 9093; the Basic tier has no Kafka endpoint."
  }
}
