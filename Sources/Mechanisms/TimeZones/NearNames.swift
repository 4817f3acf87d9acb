/// Finds the names of zones that somebody may have meant.
enum NearNames {
  /// At most three names, the nearest first.
  static func of(_ text: String, among names: [String]) -> [String] {
    let wanted = text.prefix(64).lowercased()
    let limit = max(1, wanted.count / 4)
    var near: [(name: String, distance: Int, whole: Int)] = []
    for name in names {
      // `Berlin` alone names a city as well as `Europe/Berlin` does.
      let city = name.split(separator: "/").last.map { $0.lowercased() } ?? name
      let whole = distance(wanted, name.lowercased())
      let nearest = min(whole, distance(wanted, city))
      if nearest <= limit { near.append((name, nearest, whole)) }
    }
    near.sort { ($0.distance, $0.whole, $0.name) < ($1.distance, $1.whole, $1.name) }
    return near.prefix(3).map(\.name)
  }

  /// How many letters have to be typed, taken away, replaced or swapped with their neighbour.
  static func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left.utf8), Array(right.utf8))
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in 0..<left.count {
      var current = [row + 1]
      for column in 0..<right.count {
        let same = left[row] == right[column]
        var best = min(last[column + 1] + 1, current[column] + 1, last[column] + (same ? 0 : 1))
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, beforeLast[column - 1] + 1)
        }
        current.append(best)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
