import Foundation
import Lifecycle
import Synchronization
import Testing

@Suite struct `A supervisor` {
  struct Broken: Error, Equatable {}

  final class Diary: Sendable {
    private let entries = Mutex<[String]>([])
    func note(_ text: String) { entries.withLock { $0.append(text) } }
    var all: [String] { entries.withLock { $0 } }
  }

  @Test func `stops in the reverse of the order it started in`() {
    let diary = Diary()
    let stop = StopSignal()
    let workers = ["sink", "pipeline", "source"].map { name in
      ClosureWorker(name) { own in
        if name == "source" { stop.request() }
        own.wait()
        diary.note(name)
      }
    }
    let report = Supervisor(workers).run(until: stop)
    #expect(report.isClean)
    #expect(report.endedFirst == nil)
    #expect(diary.all == ["source", "pipeline", "sink"])
  }

  @Test func `stops everybody when one is done`() {
    let waits = ClosureWorker("waits") { $0.wait() }
    let report = Supervisor([waits, ClosureWorker("done") { _ in }]).run(until: StopSignal())
    #expect(report.isClean)
    #expect(report.endedFirst == "done")
  }

  @Test func `reports those who failed, also while they were being stopped`() {
    let fails = ClosureWorker("fails") { _ in throw Broken() }
    let failsLate = ClosureWorker("fails late") { stop in
      stop.wait()
      throw Broken()
    }
    let report = Supervisor([failsLate, fails]).run(until: StopSignal())
    #expect(!report.isClean)
    #expect(report.endedFirst == "fails")
    #expect(report.failures.map(\.worker) == ["fails", "fails late"])
    #expect(report.failures.allSatisfy { $0.error is Broken })
  }

  @Test func `names those who do not end in time and goes on`() {
    let release = StopSignal()
    let isOut = StopSignal()
    let stubborn = ClosureWorker("stubborn") { _ in
      release.wait()
      isOut.request()
    }
    let stop = StopSignal()
    stop.request()
    let polite = ClosureWorker("polite") { $0.wait() }
    let supervisor = Supervisor([polite, stubborn], stopLimit: .milliseconds(5))
    let report = supervisor.run(until: stop)
    #expect(report.late.first == "stubborn")
    release.request()
    #expect(isOut.wait(upTo: .seconds(60)))
  }

  @Test(arguments: [("ingest", "ingest"), ("a-very-long-thread-name", "a-very-long-thr")])
  func `names the threads`(name: String, shown: String) throws {
    let diary = Diary()
    let worker = ClosureWorker(name) { _ in
      let text = try String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)
      diary.note(text.trimmingCharacters(in: .newlines))
    }
    #expect(Supervisor([worker]).run(until: StopSignal()).isClean)
    #expect(diary.all == [shown])
  }

  @Test func `without workers waits for the end only`() {
    let stop = StopSignal()
    stop.request()
    #expect(Supervisor([]).run(until: stop).isClean)
  }
}
