import Access
import Ledger
import Testing

@testable import Pipeline

@Suite struct `The outage of a broker` {
  static let start = EventTime(seconds: 1_800_000_000)

  @Test(arguments: [
    (true, TimeSpan.hours(24), true), (true, .hours(23), false), (false, .days(9), false),
  ])
  func `may have lost records once it lasts as long as they are kept`(
    isUnreachable: Bool, after: TimeSpan, mayHaveLost: Bool
  ) {
    var outage = SourceOutage(retention: .days(1), heardAt: Self.start - .hours(1))
    outage.noteHeard(at: Self.start)
    if isUnreachable { outage.noteUnreachable() }
    #expect(outage.mayHaveLost(by: Self.start + after) == mayHaveLost)
    outage.noteHeard(at: Self.start + after)
    #expect(!outage.mayHaveLost(by: Self.start + .days(20)))
  }
}

@Suite struct `The watch over a feed` {
  static let start = EventTime(seconds: 1_800_000_000)
  static let source = "kafka:logs"

  static func gap(
    _ from: TimeSpan, _ to: TimeSpan, _ reason: String = "Because."
  ) -> EvidenceGap {
    EvidenceGap(from: start + from, to: start + to, source: source, reason: reason)
  }

  static func watch(
    silence: FeedSilence = FeedSilence(), outageRow: EvidenceGap? = nil,
    silenceRow: EvidenceGap? = nil, newest: TimeSpan? = nil
  ) -> FeedWatch {
    FeedWatch(
      source: source, retention: .days(1), silence: silence, outageRow: outageRow,
      silenceRow: silenceRow, newest: newest.map { start + $0 }, now: start)
  }

  /// Two days of a record every ten minutes, the last of which came at `start`.
  static let usual = FeedSilence(
    earlier: SilenceHistogram([369: 288]), firstAt: start - .days(2), lastAt: start)

  /// What becomes of gaps at each of these instants after the start, where the broker is heard of all
  /// the time unless it is away.
  static func changes(
    _ watch: inout FeedWatch, at instants: [TimeSpan], isAtEnd: Bool = true
  ) -> [[GapChange]] {
    instants.map { instant in
      while !watch.outage.isUnreachable, watch.outage.heardAt + .minutes(5) < start + instant {
        watch.noteHeard(at: watch.outage.heardAt + .minutes(5))
      }
      return watch.look(at: start + instant, isAtEnd: isAtEnd)
    }
  }

  static let outageReason =
    "The broker could not be reached for longer than the topic is sure to keep records (24 h); "
    + "what was sent meanwhile may be gone."
  static let silenceReason =
    "No record of the activity log came, where one usually comes within 11 min."

  @Test func `moves the gap of an outage on once a minute`() {
    var watch = Self.watch()
    watch.noteHeard(at: Self.start + .seconds(1))
    watch.noteUnreachable()
    let seconds: [Int64] = [0, 86_400, 86_401, 86_402, 86_460, 86_461, 86_500, 90_000]
    let changes = Self.changes(&watch, at: seconds.map { .seconds($0) })
    let rows = [86_401, 86_461, 90_000].map {
      GapChange.stands(.outage, Self.gap(.seconds(1), .seconds($0), Self.outageReason))
    }
    #expect(changes == [[], [], [rows[0]], [], [], [rows[1]], [], [rows[2]]])
  }

  @Test func `lets the gap of an outage stand until it is known what was lost`() {
    var watch = Self.watch()
    #expect(watch.endOutage() == [])
    watch.noteUnreachable()
    #expect(Self.changes(&watch, at: [.days(1)])[0].count == 1)
    watch.noteHeard(at: Self.start + .days(2))
    #expect(Self.changes(&watch, at: [.days(2), .days(3)]) == [[], []])
    #expect(watch.outageRow != nil)
    #expect(watch.endOutage() == [.removed(.outage)] && watch.endOutage() == [])
  }

  @Test(
    arguments: [(nil, .zero), (.hours(-20), .hours(-20)), (.hours(3), .zero)]
      as [(TimeSpan?, TimeSpan)])
  func `begins with the newest record known, else now`(newest: TimeSpan?, from: TimeSpan) {
    var watch = Self.watch(newest: newest)
    watch.noteUnreachable()
    let reached = TimeSpan(ticks: from.ticks + TimeSpan.days(1).ticks)
    #expect(watch.look(at: Self.start + reached - .seconds(1), isAtEnd: false) == [])
    #expect(
      watch.look(at: Self.start + reached, isAtEnd: false)
        == [.stands(.outage, Self.gap(from, reached, Self.outageReason))])
  }

  @Test func `goes on with the gap of an outage after a restart`() {
    var watch = Self.watch(outageRow: Self.gap(.hours(-30), .hours(-2)), newest: .hours(-31))
    watch.noteUnreachable()
    #expect(
      watch.look(at: Self.start, isAtEnd: false)
        == [.stands(.outage, Self.gap(.hours(-30), .zero))])
    var other = Self.watch(outageRow: Self.gap(.hours(-30), .hours(-2)))
    other.noteHeard(at: Self.start)
    #expect(other.look(at: Self.start + .days(3), isAtEnd: true) == [])
    #expect(other.endOutage() == [.removed(.outage)])
  }

  @Test func `moves the gap of a silence on until records come`() {
    var watch = Self.watch(silence: Self.usual)
    var noted = watch.noteActivity(at: Self.start, isAtEnd: true)
    #expect(noted.activity == FeedActivity(at: Self.start) && noted.changes == [])
    let minutes: [Int64] = [10, 40, 45, 45, 46, 300]
    let changes = Self.changes(&watch, at: minutes.map { .minutes($0) })
    let rows = [45, 46, 300].map {
      GapChange.stands(.silence, Self.gap(.zero, .minutes($0), Self.silenceReason))
    }
    #expect(changes == [[], [], [rows[0]], [], [rows[1]], [rows[2]]])
    let end = Self.start + .minutes(300) + .seconds(9)
    noted = watch.noteActivity(at: end, isAtEnd: true)
    #expect(noted.changes == [.ended(.silence, at: end)])
    let silent = end - Self.start
    #expect(noted.activity == FeedActivity(at: end, silenceStep: SilenceHistogram.step(of: silent)))
    #expect(Self.changes(&watch, at: [.seconds(20_409)]) == [[]])
    #expect(Self.changes(&watch, at: [.seconds(20_469)])[0].count == 1)
  }

  @Test(arguments: ["outage", "trouble", "behind"])
  func `ends the gap of a silence where it is interrupted`(by cause: String) {
    var watch = Self.watch(silence: Self.usual)
    _ = watch.noteActivity(at: Self.start, isAtEnd: true)
    _ = Self.changes(&watch, at: [.minutes(60)])
    #expect(watch.silenceRow == Self.gap(.zero, .minutes(60), Self.silenceReason))
    switch cause {
    case "outage": watch.noteUnreachable()
    case "trouble": watch.noteTrouble()
    default: _ = Self.changes(&watch, at: [.minutes(61)], isAtEnd: false)
    }
    let changes = Self.changes(
      &watch, at: [.minutes(62), .minutes(63)], isAtEnd: cause != "behind")
    #expect(changes == [[.ended(.silence, at: nil)], []])
    let noted = watch.noteActivity(at: Self.start + .minutes(70), isAtEnd: true)
    #expect(noted.activity == FeedActivity(at: Self.start + .minutes(70)) && noted.changes == [])
  }

  @Test func `finds no silence while the broker is away`() {
    var watch = Self.watch(silence: Self.usual)
    _ = watch.noteActivity(at: Self.start, isAtEnd: true)
    watch.noteUnreachable()
    #expect(Self.changes(&watch, at: [.minutes(60), .hours(20)]) == [[], []])
    watch.noteHeard(at: Self.start + .hours(20))
    let changes = Self.changes(&watch, at: [.hours(20), .minutes(1240), .minutes(1245)])
    #expect(changes[0] == [] && changes[1] == [])
    #expect(
      changes[2]
        == [.stands(.silence, Self.gap(.hours(20), .minutes(1245), Self.silenceReason))])
  }

  @Test(arguments: [true, false])
  func `finds no silence in time in which nobody listened`(isHeardFirst: Bool) {
    var watch = Self.watch(silence: Self.usual)
    _ = watch.noteActivity(at: Self.start, isAtEnd: true)
    let awake = Self.start + .hours(9)
    if isHeardFirst { watch.noteHeard(at: awake) }
    #expect(watch.look(at: awake, isAtEnd: true) == [])
    watch.noteHeard(at: awake + .seconds(1))
    let noted = watch.noteActivity(at: awake + .seconds(2), isAtEnd: true)
    #expect(noted.activity == FeedActivity(at: awake + .seconds(2)) && noted.changes == [])
  }

  @Test func `leaves the gap of a silence as it is after a restart`() {
    let row = Self.gap(.hours(-3), .hours(-1), Self.silenceReason)
    var watch = Self.watch(silence: Self.usual, silenceRow: row)
    let changes = Self.changes(&watch, at: [.zero, .minutes(1), .minutes(45)])
    #expect(changes[0] == [.ended(.silence, at: nil)] && changes[1] == [])
    #expect(
      changes[2] == [.stands(.silence, Self.gap(.zero, .minutes(45), Self.silenceReason))])
    var other = Self.watch(silence: Self.usual, silenceRow: row)
    #expect(
      other.noteActivity(at: Self.start, isAtEnd: true).changes == [.ended(.silence, at: nil)])
  }
}
