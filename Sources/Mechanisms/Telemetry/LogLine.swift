/// One line of a log before it is written.
struct LogLine {
  var time: WallTime
  var level: LogLevel
  var sentence: String
  var values: Log.Values

  func bytes(_ style: Log.Style) -> [UInt8] {
    var line = ""
    switch style {
    case .text: text(into: &line)
    case .json: json(into: &line)
    }
    line += "\n"
    return Array(line.utf8)
  }

  private func text(into line: inout String) {
    line += "\(time) \(level.label) \(sentence)"
    for (key, value) in values {
      line += " \(key)="
      Escaping.appendValue("\(value)", to: &line)
    }
  }

  private func json(into line: inout String) {
    line += "{\"time\":\"\(time)\",\"level\":\"\(level.label.lowercased())\",\"message\":"
    Escaping.appendJSON(sentence, to: &line)
    for (key, value) in values {
      line += ","
      Escaping.appendJSON(key, to: &line)
      line += ":"
      Escaping.appendJSON("\(value)", to: &line)
    }
    line += "}"
  }
}
