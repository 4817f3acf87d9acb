import Access
import Testing

@Suite struct `A histogram of silences` {
  @Test(arguments: [
    (0, 0), (1, 0), (9, 61), (10, 64), (99, 127), (100, 128), (600_000, 369), (1_800_000, 400),
    (9_999_999, 447), (10_000_000, 448),
  ])
  func `has 64 steps per factor of ten`(milliseconds: Int64, step: Int) {
    let span = TimeSpan(ticks: milliseconds * 10_000)
    #expect(SilenceHistogram.step(of: span) == step)
    #expect(SilenceHistogram.upperEdge(of: step) > span)
    #expect(step == 0 || SilenceHistogram.upperEdge(of: step - 1) <= span + .milliseconds(1))
  }

  @Test func `never lets a step begin before the one below it ends`() {
    // Below a tenth of a second a step is no whole millisecond.
    for step in 128..<831 {
      let edge = SilenceHistogram.upperEdge(of: step)
      #expect(SilenceHistogram.step(of: edge) == step + 1)
      #expect(SilenceHistogram.step(of: edge - .milliseconds(1)) == step)
    }
  }

  @Test(
    arguments: [
      ([:], nil), ([64: 1], 64), ([64: 99, 200: 1], 64), ([64: 98, 200: 2], 200),
      ([64: 989, 200: 11], 200), ([64: 990, 200: 10], 64), ([3: 1, 2: 1], 3),
    ] as [([Int: Int], Int?)])
  func `has the upper edge of a step as 99th percentile`(counts: [Int: Int], step: Int?) {
    #expect(
      SilenceHistogram(counts).percentile99 == step.map { SilenceHistogram.upperEdge(of: $0) })
  }

  @Test func `counts what is added as what is stored`() {
    var histogram = SilenceHistogram()
    let spans: [TimeSpan] = [.zero, .seconds(-5), .minutes(10), .minutes(10), .days(200_000)]
    let steps = spans.map { histogram.add($0) }
    #expect(steps == [0, 0, 369, 369, 831])
    #expect(histogram == SilenceHistogram([0: 2, 369: 2, 831: 1]) && histogram.count == 5)
  }

  @Test func `leaves out what no ledger of ours holds`() {
    let histogram = SilenceHistogram([-1: 3, 5: -3, .max: 1, 6: .max, 7: 2])
    #expect(histogram.counts == [7: 2] && histogram.count == 2)
  }
}

extension TimeSpan {
  static func milliseconds(_ count: Int64) -> TimeSpan { TimeSpan(ticks: count * 10_000) }
  static func + (left: TimeSpan, right: TimeSpan) -> TimeSpan {
    TimeSpan(ticks: left.ticks + right.ticks)
  }
  static func - (left: TimeSpan, right: TimeSpan) -> TimeSpan {
    TimeSpan(ticks: left.ticks - right.ticks)
  }
}

@Suite struct `The silence of a feed` {
  static let start = EventTime(seconds: 1_800_000_000)

  /// A feed with records every so many minutes for so many hours, read to its end.
  static func feed(every minutes: Int64, hours: Int64) -> FeedSilence {
    var feed = FeedSilence()
    for minute in stride(from: 0, through: hours * 60, by: Int(minutes)) {
      _ = feed.note(batchAt: start + .minutes(minute), isAtEnd: true)
    }
    return feed
  }

  @Test(
    arguments: [
      // Every 2 min: four times that is less than half an hour.
      (2, 30, .minutes(30)),
      (2, 300, .minutes(30)),
      // Every 10 min: four times the upper edge of that step.
      (10, 300, TimeSpan(ticks: SilenceHistogram.upperEdge(of: 369).ticks * 4)),
    ] as [(Int64, Int64, TimeSpan)])
  func `is told of at four times what is usual, and not below half an hour`(
    every: Int64, hours: Int64, threshold: TimeSpan
  ) throws {
    let feed = Self.feed(every: every, hours: hours)
    let last = Self.start + .hours(hours)
    #expect(feed.threshold == threshold && feed.lastAt == last && feed.firstAt == Self.start)
    #expect(feed.silence(now: last + (threshold - .milliseconds(1))) == nil)
    let found = try #require(feed.silence(now: last + threshold))
    #expect(found.from == last && found.lastRecordAt == last && found.reachedAt == last + threshold)
    #expect(found.threshold == threshold && found.earlier == Int(hours * 60 / every))
    #expect(found.usual == feed.earlier.percentile99)
    #expect(feed.silence(now: last + .days(9)) == found)
  }

  @Test func `is not told of before a day of history`() {
    let feed = Self.feed(every: 2, hours: 20)
    let day = Self.start + .hours(24)
    #expect(feed.silence(now: day - .seconds(1)) == nil)
    #expect(feed.silence(now: day)?.reachedAt == day)
    #expect(feed.silence(now: day)?.from == Self.start + .hours(20))
  }

  @Test func `is not told of where none was before`() {
    var feed = FeedSilence()
    feed.note(isAtEnd: true, at: Self.start)
    #expect(feed.silence(now: Self.start + .days(9)) == nil)
    _ = feed.note(batchAt: Self.start, isAtEnd: true)
    #expect(feed.threshold == nil && feed.silence(now: Self.start + .days(9)) == nil)
  }

  @Test func `follows a feed that becomes slower`() {
    var feed = Self.feed(every: 2, hours: 48)
    for hour: Int64 in 1...20 {
      _ = feed.note(batchAt: Self.start + .hours(48 + hour), isAtEnd: true)
    }
    #expect(feed.threshold.map { $0 > .hours(4) && $0 < .minutes(250) } == true)
  }

  @Test func `is counted only where the end was reached between two batches`() {
    var feed = Self.feed(every: 2, hours: 30)
    let last = Self.start + .hours(30)
    let before = feed.earlier.count
    // A backlog: batches follow one another.
    for second: Int64 in 0..<10 {
      let activity = feed.note(batchAt: last + .seconds(600 + second), isAtEnd: false)
      #expect((activity.silenceStep != nil) == (second == 0))
    }
    #expect(feed.earlier.count == before + 1)
    feed.note(isAtEnd: true, at: last + .seconds(610))
    let activity = feed.note(batchAt: last + .seconds(669), isAtEnd: true)
    #expect(activity == FeedActivity(at: last + .seconds(669), silenceStep: 305))
  }

  @Test func `is none while reading is behind`() {
    var feed = Self.feed(every: 2, hours: 30)
    let last = Self.start + .hours(30)
    feed.note(isAtEnd: false, at: last + .minutes(20))
    #expect(feed.silence(now: last + .hours(1)) == nil)
    // Less than a minute behind is only how foreign records come.
    feed.note(isAtEnd: true, at: last + .minutes(20) + .seconds(59))
    #expect(feed.silence(now: last + .hours(1))?.from == last)
    feed.note(isAtEnd: false, at: last + .minutes(61))
    feed.note(isAtEnd: false, at: last + .minutes(62))
    #expect(feed.since == nil)
    let before = feed.earlier
    #expect(feed.note(batchAt: last + .hours(2), isAtEnd: true).silenceStep == nil)
    #expect(feed.earlier == before)
  }

  @Test func `begins anew after an interruption and is then not counted`() throws {
    var feed = Self.feed(every: 2, hours: 30)
    let last = Self.start + .hours(30)
    feed.interrupt()
    #expect(feed.silence(now: last + .hours(9)) == nil)
    feed.note(isAtEnd: true, at: last + .hours(9))
    #expect(feed.silence(now: last + .hours(9) + .minutes(29)) == nil)
    let found = try #require(feed.silence(now: last + .hours(9) + .minutes(30)))
    #expect(found.from == last + .hours(9) && found.lastRecordAt == last)
    let before = feed.earlier
    #expect(feed.note(batchAt: last + .hours(20), isAtEnd: true).silenceStep == nil)
    #expect(feed.earlier == before && feed.lastAt == last + .hours(20))
    #expect(feed.note(batchAt: last + .hours(21), isAtEnd: true).silenceStep != nil)
  }

  @Test func `is none while Gatebook did not run`() throws {
    let before = Self.feed(every: 2, hours: 30)
    var feed = FeedSilence(
      earlier: SilenceHistogram(before.earlier.counts), firstAt: before.firstAt,
      lastAt: before.lastAt)
    let again = Self.start + .hours(50)
    #expect(feed.threshold == before.threshold && feed.silence(now: again) == nil)
    feed.note(isAtEnd: true, at: again)
    #expect(feed.silence(now: again + .minutes(29)) == nil)
    #expect(feed.silence(now: again + .minutes(30))?.from == again)
    #expect(feed.note(batchAt: again + .hours(1), isAtEnd: true).silenceStep == nil)
  }

  @Test func `is not counted when the clock was set back`() {
    var feed = Self.feed(every: 2, hours: 30)
    let before = feed.earlier
    let activity = feed.note(batchAt: Self.start - .hours(1), isAtEnd: true)
    #expect(activity.silenceStep == nil && feed.earlier == before)
    #expect(feed.firstAt == Self.start - .hours(1) && feed.lastAt == Self.start - .hours(1))
  }
}
