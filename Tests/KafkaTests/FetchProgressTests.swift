import Testing

@testable import Kafka

@Suite struct `The progress of fetching` {
  @Test func `is at its end when every partition is`() {
    var progress = FetchProgress()
    progress.assign([0, 1])
    #expect(!progress.isAtEnd)
    progress.rest(0)
    progress.rest(1)
    #expect(progress.isAtEnd)
    progress.resume(1)
    #expect(!progress.isAtEnd)
  }

  @Test func `wakes one unfinished partition of each leader, by turns`() {
    var progress = FetchProgress()
    for partition in Int32(0)..<4 { progress.leads(partition % 2, partition) }
    progress.assign([0, 1, 2, 3])
    progress.rest(1)
    var woken: Set<Int32> = []
    for _ in 0..<2 {
      let chosen = progress.partitionsToWake()
      #expect(chosen.count == 2)
      #expect(chosen.contains(3))
      woken.formUnion(chosen)
    }
    #expect(woken == [0, 2, 3])
  }

  @Test func `forgets what is assigned no more`() {
    var progress = FetchProgress()
    progress.assign([0])
    progress.assign([Int32]())
    #expect(progress.isAtEnd)
  }
}
