internal import Telemetry

extension MetricName {
  static let alertsDelivered = MetricName(
    "gatebook_alerts_delivered", "Rows of the alert feed delivered, by sink.")
  static let alertsSkipped = MetricName(
    "gatebook_alerts_skipped", "Rows of the alert feed that a sink was not told, by reason.")
  static let alertFailures = MetricName(
    "gatebook_alert_delivery_failures", "Failed attempts to deliver alerts, by sink.")
  static let alertsWaiting = MetricName(
    "gatebook_alerts_waiting", "Rows of the alert feed that a sink has yet to see.")
}

/// Rows were delivered.
struct AlertsDelivered: TelemetryEvent {
  static let level = LogLevel.debug
  static let sentence: StaticString = "Alerts were delivered."
  static let counter: MetricName? = .alertsDelivered
  let sink: String
  let amount: Int
  var labels: Labels { ["sink": sink] }
  var values: Log.Values { ["sink": sink, "count": amount] }
}

/// Rows were not told, by what the settings say.
struct AlertsSkipped: TelemetryEvent {
  static let level = LogLevel.debug
  static let sentence: StaticString = "Alerts were left out as the settings say."
  static let counter: MetricName? = .alertsSkipped
  let sink: String
  let reason: String
  /// What a person gave as the reason of a suppression.
  var detail = ""
  let amount: Int
  var labels: Labels { ["sink": sink, "reason": reason] }
  var values: Log.Values {
    ["sink": sink, "reason": reason, "detail": detail, "count": amount]
  }
}

/// An attempt failed; nothing is lost, the rows stay in the feed.
struct AlertDeliveryFailed: TelemetryEvent {
  static let level = LogLevel.warning
  static let sentence: StaticString = "Alerts could not be delivered and will be tried again."
  static let counter: MetricName? = .alertFailures
  let sink: String
  let error: String
  let retryIn: Duration
  var labels: Labels { ["sink": sink] }
  var values: Log.Values { ["sink": sink, "error": error, "retryIn": "\(retryIn)"] }
}

/// A sink works again.
struct AlertDeliveryRecovered: TelemetryEvent {
  static let level = LogLevel.info
  static let sentence: StaticString = "Alerts are delivered again."
  static let counter: MetricName? = nil
  let sink: String
  var values: Log.Values { ["sink": sink] }
}

/// The end came before everything was delivered.
struct AlertsLeft: TelemetryEvent {
  static let level = LogLevel.warning
  static let sentence: StaticString = "Alerts are left for the next start."
  static let counter: MetricName? = nil
  let sink: String
  let count: Int64
  var values: Log.Values { ["sink": sink, "count": count] }
}

/// What a receiver holds ends with rows that this ledger has never told.
struct AlertTailDiffers: TelemetryEvent {
  static let level = LogLevel.warning
  static let sentence: StaticString = "The newest alerts of a sink are not those of this ledger."
  static let counter: MetricName? = nil
  let sink: String
  let rows: Int
  let after: Int64
  var values: Log.Values { ["sink": sink, "foreignRows": rows, "continuesAfter": after] }
}

/// A line that had been begun when a process was killed was removed.
struct AlertLineCut: TelemetryEvent {
  static let level = LogLevel.info
  static let sentence: StaticString = "A torn last line was cut; its alert is delivered again."
  static let counter: MetricName? = nil
  let sink: String
  let bytes: Int
  var values: Log.Values { ["sink": sink, "bytes": bytes] }
}
