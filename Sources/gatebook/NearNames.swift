internal import Access

/// Which VMs a mistyped name may have meant.
enum NearNames {
  private static let limit = 5

  /// At most a few, the nearest first.
  static func nearest(to word: String, among vms: [ResourceID]) -> [ResourceID] {
    let word = Array(word.lowercased().utf8)
    guard !word.isEmpty else { return [] }
    let tolerance = max(1, word.count / 3)
    var scored: [(score: Int, vm: ResourceID)] = []
    for vm in vms {
      let name = Array(vm.name.lowercased().utf8)
      if contains(name, word) || (name.count > 2 && contains(word, name)) {
        scored.append((tolerance, vm))
      } else if abs(name.count - word.count) <= tolerance {
        let distance = distance(name, word)
        if distance <= tolerance { scored.append((distance, vm)) }
      }
    }
    return scored.sorted { ($0.score, $0.vm) < ($1.score, $1.vm) }.prefix(limit).map(\.vm)
  }

  private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    guard text.count >= part.count else { return false }
    return (0...(text.count - part.count)).contains { text[$0...].starts(with: part) }
  }

  /// Insertions, deletions, substitutions and swapped neighbours count one each.
  private static func distance(_ first: [UInt8], _ second: [UInt8]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...second.count)
    for row in first.indices {
      var current = [row + 1]
      for column in second.indices {
        let cost = first[row] == second[column] ? 0 : 1
        var best = min(last[column + 1] + 1, current[column] + 1, last[column] + cost)
        if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
          best = min(best, beforeLast[column - 1] + 1)
        }
        current.append(best)
      }
      beforeLast = last
      last = current
    }
    return last[second.count]
  }
}
