extension ClientHandle {
  /// Repeats `attempt` until it succeeds, fails for good, or `timeout` is over.
  ///
  /// librdkafka waits for a usable broker as long as it is told, also when the broker refuses our
  /// credentials. So it is told to wait a little at a time, and a refusal that arrives meanwhile
  /// as an event ends the waiting and is what the caller gets to see.
  func patiently<Answer: ~Copyable>(
    for timeout: Duration, _ attempt: (_ milliseconds: Int32) throws(KafkaError) -> Answer
  ) throws(KafkaError) -> Answer {
    let clock = ContinuousClock()
    let deadline = clock.now + timeout
    var slice = Duration.milliseconds(250)
    readEvents()
    while true {
      let known = lastTrouble
      let wait = min(slice, max(clock.now.duration(to: deadline), .milliseconds(1)))
      do {
        let answer = try attempt(wait.int32Milliseconds)
        forgetTrouble()
        return answer
      } catch {
        readEvents()
        if let trouble = lastTrouble, trouble.isRefusal, trouble.message != known?.message {
          throw trouble
        }
        let mayPass = error.code == .transport || error.code == .timedOut
        guard mayPass else { throw error }
        guard clock.now < deadline else { throw lastTrouble ?? error }
        // The next attempt may fail at once, and then nothing would slow this loop down.
        readEvents(waiting: 20)
        slice = slice * 2
      }
    }
  }
}
