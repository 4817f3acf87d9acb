/// The pieces of OpenMetrics text.
enum MetricText {
  /// `{key="value"}`, or nothing without labels; `value` stands in for every value when given.
  static func labels(_ labels: Labels, value: String? = nil) -> String {
    if labels.isEmpty { return "" }
    let parts = labels.map { label in "\(label.key)=\"\(escaped(value ?? label.value))\"" }
    return "{" + parts.joined(separator: ",") + "}"
  }

  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\"": escaped += "\\\""
      case "\n": escaped += "\\n"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// Whole numbers without a fraction, and the words of OpenMetrics for what is no number.
  static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    return Int64(exactly: value).map { "\($0)" } ?? "\(value)"
  }
}
