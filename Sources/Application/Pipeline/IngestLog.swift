internal import Access
internal import Kafka
internal import Ledger
internal import Telemetry

/// What reading a topic tells people: each trouble once, and once when it is over.
final class IngestLog {
  private let reporter: Reporter
  private var isWaiting = false
  private var lasting: Set<LastingGap> = []

  init(_ reporter: Reporter) { self.reporter = reporter }

  func noteAssigned(topic: String, partitions: Int) {
    reporter.log.info(
      "Reading the topic.", ["topic": topic, "partitions": String(partitions)])
    isWaiting = false
  }

  /// The broker cannot be reached; said once until records come again.
  func noteWaiting(_ error: KafkaError) {
    if isWaiting { return }
    isWaiting = true
    reporter.log.warning(
      "The broker cannot be reached; trying again until it can. Nothing is lost meanwhile.",
      ["error": error.description])
  }

  /// Records come, or the broker answers.
  func noteProgress() {
    guard isWaiting else { return }
    isWaiting = false
    reporter.log.info("The broker is back; reading goes on.")
  }

  func noteGap(partition: Int32, from: Int64, to: Int64) {
    reporter.log.error(
      "Records are gone before they were read; the gap is on every timeline.",
      ["partition": String(partition), "from": String(from), "to": String(to)])
  }

  /// Gaps that go on, each said once when it begins.
  func note(_ changes: [GapChange]) {
    for change in changes {
      switch change {
      case .stands(let kind, let gap):
        if lasting.insert(kind).inserted {
          reporter.log.error(
            "The feed has a gap, which is on every timeline.",
            ["since": gap.from.description, "reason": gap.reason])
        }
      case .ended(let kind, _), .removed(let kind): lasting.remove(kind)
      }
    }
  }

  func noteNothingLost() {
    reporter.log.info("Nothing was lost while the broker could not be reached.")
  }

  func note(_ events: [ClientEvent]) {
    for event in events {
      switch event {
      case .error(let error):
        if error.isRetriable {
          noteWaiting(error)
        } else {
          reporter.log.warning("The broker refuses.", ["error": error.description])
        }
      case .log(_, _, let message):
        reporter.log.debug("Kafka client.", ["message": message])
      case .throttled(let broker, let duration):
        reporter.log.info(
          "The broker throttles.", ["broker": broker, "seconds": String(duration.inSeconds)])
      case .commitFailed(let error):
        reporter.log.debug("The courtesy commit failed.", ["error": error.description])
      case .statistics, .deliveryFailed: break
      }
    }
  }
}
