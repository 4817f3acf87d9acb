import Lifecycle
import Testing

@Suite struct `A stop signal` {
  @Test func `is not given until somebody asks`() {
    let stop = StopSignal()
    #expect(!stop.isRequested)
    #expect(!stop.wait(upTo: .milliseconds(1)))
    stop.request()
    #expect(stop.isRequested)
    #expect(stop.wait(upTo: .zero))
    stop.wait()
  }

  @Test func `wakes those who wait`() {
    let stop = StopSignal()
    let supervisor = Supervisor([ClosureWorker("asks") { _ in stop.request() }])
    #expect(stop.wait(upTo: .zero) == false)
    #expect(supervisor.run(until: StopSignal()).isClean)
    #expect(stop.wait(upTo: .seconds(60)))
  }

  @Test func `rings the boxes of those who wait elsewhere, also when they come late`() {
    let stop = StopSignal()
    let early = WakeUp()
    stop.alsoRings(early)
    #expect(!early.wait(upTo: .zero))
    stop.request()
    let late = WakeUp()
    stop.alsoRings(late)
    #expect(early.wait(upTo: .zero))
    #expect(late.wait(upTo: .zero))
  }
}

@Suite struct `A wake-up box` {
  @Test func `holds one ring however many came`() {
    let box = WakeUp()
    for _ in 0..<5 { box.ring() }
    #expect(box.wait(upTo: .seconds(60)))
    #expect(!box.wait(upTo: .milliseconds(1)))
  }

  @Test(arguments: [Duration.zero, .seconds(-5), .nanoseconds(1)])
  func `lets go when the time is up`(timeout: Duration) {
    #expect(!WakeUp().wait(upTo: timeout))
  }

  @Test func `wakes a waiting thread for every round of a conversation`() {
    let question = WakeUp()
    let answer = WakeUp()
    let asks = ClosureWorker("asks") { _ in
      for _ in 0..<1000 {
        question.ring()
        if !answer.wait(upTo: .seconds(60)) { throw Silence() }
      }
    }
    let answers = ClosureWorker("answers") { stop in
      stop.alsoRings(question)
      while !stop.isRequested {
        if question.wait(upTo: .seconds(60)) { answer.ring() }
      }
    }
    let report = Supervisor([answers, asks]).run(until: StopSignal())
    #expect(report.isClean)
    #expect(report.endedFirst == "asks")
  }

  struct Silence: Error {}
}
