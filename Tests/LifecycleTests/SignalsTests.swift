import Glibc
import Lifecycle
import Testing

/// Every test is a process of its own, because a process catches its signals once.
@Suite struct `Signals of the system` {
  @Test(arguments: [SIGINT, SIGTERM]) func `ask for the end`(signal: Int32) async {
    await #expect(processExitsWith: .exitCode(7)) { [signal] in
      let stop = StopSignal()
      let signals = Signals(stop: stop)
      kill(getpid(), signal)
      if stop.wait(upTo: .seconds(60)) { exit(7) }
      withExtendedLifetime(signals) {}
    }
  }

  @Test func `call back for every hangup of the terminal, then still ask for the end`() async {
    await #expect(processExitsWith: .exitCode(7)) {
      let stop = StopSignal()
      let box = WakeUp()
      let signals = Signals(stop: stop) { box.ring() }
      for _ in 0..<3 {
        kill(getpid(), SIGHUP)
        precondition(box.wait(upTo: .seconds(60)) && !stop.isRequested)
      }
      kill(getpid(), SIGTERM)
      if stop.wait(upTo: .seconds(60)) { exit(7) }
      withExtendedLifetime(signals) {}
    }
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `end the program when the end was asked for before`(first: Int32) async {
    await #expect(processExitsWith: .exitCode(130)) { [first] in
      let stop = StopSignal()
      let signals = Signals(stop: stop)
      kill(getpid(), first)
      stop.wait(upTo: .seconds(60))
      kill(getpid(), SIGINT)
      StopSignal().wait(upTo: .seconds(60))
      withExtendedLifetime(signals) {}
    }
  }

  @Test func `do not end the program when a pipe breaks`() async {
    await #expect(processExitsWith: .exitCode(7)) {
      let signals = Signals(stop: StopSignal())
      var ends: [Int32] = [0, 0]
      precondition(pipe(&ends) == 0)
      close(ends[0])
      if write(ends[1], "x", 1) == -1 && errno == EPIPE { exit(7) }
      withExtendedLifetime(signals) {}
    }
  }
}
