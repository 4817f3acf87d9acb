import Access
import Testing
import Timelines

@Suite struct `A name without an object id` {
  /// Who made the request of an instant, among sightings of `a@example.com` at others.
  private func identity(at: String, _ sightings: (at: String, objectID: String)...) -> String? {
    var records = [
      Story.start(at, by: Story.person("A@example.com"), correlation: "asked")
    ]
    for (number, sighting) in sightings.enumerated() {
      records.append(
        Story.start(
          sighting.at, by: Story.person("a@EXAMPLE.com", objectID: sighting.objectID),
          correlation: "seen \(number)"))
    }
    let books = Books(of: records.map(\.identified), at: .distantFuture)
    return books.requests.first { $0.correlationID == "asked" }?.actorIdentity
  }

  @Test func `that was never seen with one stands for itself, in lower case`() {
    #expect(identity(at: "10:00:00") == "a@example.com")
  }

  @Test func `means the object id with which it was seen nearest in time`() {
    #expect(identity(at: "10:00:00", ("09:00:00", "one"), ("10:30:00", "two")) == "two")
    #expect(identity(at: "10:00:00", ("09:45:00", "one"), ("10:30:00", "two")) == "one")
  }

  @Test func `means the earlier one at a tie`() {
    #expect(identity(at: "10:00:00", ("09:00:00", "two"), ("11:00:00", "one")) == "two")
  }

  @Test func `means the first in the order of ties when several are of one instant`() {
    #expect(identity(at: "10:00:00", ("09:00:00", "two"), ("09:00:00", "one")) == "two")
    #expect(identity(at: "10:00:00", ("11:00:00", "two"), ("11:00:00", "one")) == "two")
  }

  @Test(arguments: [
    ("2026-07-13T10:00:00Z", "one"), ("2026-07-13T09:59:59.9999999Z", "a@example.com"),
    ("2026-09-11T10:00:00Z", "one"), ("2026-09-11T10:00:00.0000001Z", "a@example.com"),
  ])
  func `reaches 30 d`(seen: String, identity: String) {
    #expect(self.identity(at: "10:00:00", (seen, "one")) == identity)
  }

  @Test func `is not shown with the object id that it means`() {
    let books = Story.books(
      Story.start("10:00:00", by: Story.person("a@example.com"), correlation: "x"),
      Story.start(
        "10:00:01", by: Story.person("a@example.com", objectID: "one"), correlation: "y"))
    #expect(books.requests.map(\.actor.objectID) == [nil, "one"])
    #expect(books.requests.map(\.actorIdentity) == ["one", "one"])
  }

  @Test func `is looked up only among what was seen by the instant asked for`() {
    let books = Story.books(
      Story.start("10:00:00", by: Story.person("a@example.com"), correlation: "x"),
      Story.start(
        "10:00:05", by: Story.person("a@example.com", objectID: "one"), correlation: "y"),
      at: "10:00:04")
    #expect(books.requests.map(\.actorIdentity) == ["a@example.com"])
  }

  @Test func `is looked up for windows too`() {
    let books = Story.books(
      Story.start(
        "10:00:00", Story.body("vm1:22"), by: Story.person("a@example.com"), correlation: "x"),
      Story.start(
        "10:00:01", by: Story.person("a@example.com", objectID: "one"), correlation: "y"))
    #expect(books.windows.map(\.actorIdentity) == ["one"])
  }
}
