/// Which assigned partitions still have records to fetch, and who leads them.
struct FetchProgress {
  private var unfinished: Set<Int32> = []
  private var finished: Set<Int32> = []
  private var leaders: [Int32: Int32] = [:]
  private var turn = 0

  /// Whether nothing is known to wait at the broker.
  var isAtEnd: Bool { unfinished.isEmpty }

  mutating func assign(_ partitions: some Sequence<Int32>) {
    unfinished = []
    finished = []
    add(partitions)
  }

  mutating func add(_ partitions: some Sequence<Int32>) {
    for partition in partitions { resume(partition) }
  }

  mutating func leads(_ leader: Int32, _ partition: Int32) { leaders[partition] = leader }

  /// A record came, so there may be more.
  mutating func resume(_ partition: Int32) {
    finished.remove(partition)
    unfinished.insert(partition)
  }

  /// Its end is reached, or nothing can be fetched from it for now.
  mutating func rest(_ partition: Int32) {
    if unfinished.remove(partition) != nil { finished.insert(partition) }
  }

  /// One unfinished partition of each leader, another one at each call.
  mutating func partitionsToWake() -> [Int32] {
    turn += 1
    let byLeader = Dictionary(grouping: unfinished) { leaders[$0] ?? -1 }
    return byLeader.values.map { $0.sorted() }.map { $0[turn % $0.count] }
  }
}
