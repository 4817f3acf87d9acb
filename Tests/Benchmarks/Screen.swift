import Foundation

/// Results on standard output, talk on standard error.
enum Screen {
  static func line(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
  }

  static func note(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}

/// A small table: a title, a heading, rows.
struct ResultTable {
  private let title: String
  private let heading: [String]
  private var rows: [[String]] = []

  init(_ title: String, _ heading: [String]) {
    self.title = title
    self.heading = heading
  }

  mutating func add(_ cells: [String]) { rows.append(cells) }

  func show() {
    Screen.line("## \(title)")
    Screen.line("")
    let all = [heading] + rows
    let widths = heading.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    Screen.line(ResultTable.text(of: heading, widths))
    Screen.line(
      "|" + widths.map { String(repeating: "-", count: $0 + 2) }.joined(separator: "|") + "|")
    for row in rows { Screen.line(ResultTable.text(of: row, widths)) }
  }

  private static func text(of cells: [String], _ widths: [Int]) -> String {
    let padded = zip(cells, widths).enumerated().map { index, cell in
      let room = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
      return index == 0 ? cell.0 + room : room + cell.0
    }
    return "| " + padded.joined(separator: " | ") + " |"
  }
}

extension Double {
  /// With so many digits behind the point.
  func shown(_ digits: Int) -> String { String(format: "%.\(digits)f", self) }

  /// A ratio.
  var times: String { shown(2) + " ×" }

  /// Thousands, such as records a second.
  var thousands: String { (self / 1000).shown(self < 10_000 ? 1 : 0) + " k" }

  /// Mebibytes.
  var mebibytes: String { (self / 1_048_576).shown(0) + " MB" }
}

extension Array where Element == Double {
  /// The middle value, or the mean of the two in the middle.
  var median: Double {
    guard !isEmpty else { return .nan }
    let sorted = sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
