import Access
import Testing
import Timelines

@Suite struct `A request` {
  @Test func `is made at its earliest record`() throws {
    let request = try Story.request(Story.accept("10:00:02"), Story.start("10:00:00"))
    #expect(request.requestedAt == Story.time("10:00:00"))
  }

  @Test func `unites the ports of request and response`() throws {
    let request = try Story.request(
      Story.start("10:00:00", Story.body("vm1:3389", "vm1:22")),
      Story.accept("10:00:01", Story.body("vm1:22", "vm2:22")))
    #expect(request.grants.map(\.target) == ["vm1:22", "vm1:3389", "vm2:22"])
  }

  @Test func `takes the claims of all phases, the earliest value of each`() throws {
    let request = try Story.request(
      Story.start("10:00:00", by: Story.person("first@example.com")),
      Story.record(.accept, "10:00:01", by: Story.person("second@example.com", objectID: "ABC")))
    #expect(request.actor.name == "first@example.com")
    #expect(request.actor.objectID == "abc")
    #expect(request.actorIdentity == "abc")
  }

  @Test func `takes caller and role from the first phase that has them`() throws {
    var accept = Story.accept("10:00:01")
    accept.callerAddress = "203.0.113.10"
    accept.role = "Owner"
    let request = try Story.request(Story.start("10:00:00"), accept)
    #expect(request.sourceAddress == "203.0.113.10")
    #expect(request.role == "Owner")
  }

  @Test func `opens when the response says, else when it is made`() throws {
    let asked = Story.body("vm1:22", duration: .hours(1))
    let answered = Story.body("vm1:22", startsAt: "10:00:01.5")
    let silent = try Story.request(Story.start("10:00:00", asked))
    let told = try Story.request(
      Story.start("10:00:00", asked), Story.accept("10:00:02", answered))
    #expect(silent.grants[0].opensAt == Story.time("10:00:00"))
    #expect(told.grants[0].opensAt == Story.time("10:00:01.5"))
    #expect(told.grants[0].endsAt == Story.time("11:00:01.5"))
  }

  @Test func `ends per port as the response says, else as asked, else after the duration`() throws {
    let asked = AccessBody(ports: [
      Story.port("vm1:1", endsAt: "11:00:00"), Story.port("vm1:2", endsAt: "11:00:00"),
      Story.port("vm1:3", duration: .hours(2)), Story.port("vm1:4"),
    ])
    let answered = Story.body("vm1:1", endsAt: "12:30:00", startsAt: "10:00:00")
    let request = try Story.request(
      Story.start("10:00:00", asked), Story.accept("10:00:01", answered))
    #expect(
      request.grants.map(\.endsAt) == [
        Story.time("12:30:00"), Story.time("11:00:00"), Story.time("12:00:00"), nil,
      ])
  }

  @Test(arguments: ["09:00:00", "10:00:00"])
  func `has no end when the stated one is not after the start`(endsAt: String) throws {
    let request = try Story.request(
      Story.start("10:00:00", Story.body("vm1:22", endsAt: endsAt)))
    #expect(request.grants[0].endsAt == nil)
  }

  @Test func `prefers the request's sources, else the response's, else the caller's address`()
    throws
  {
    let asked = AccessBody(ports: [
      Story.port("vm1:1", sources: ["10.0.0.1"]), Story.port("vm1:2"), Story.port("vm1:3"),
    ])
    let answered = AccessBody(ports: [
      Story.port("vm1:1", sources: ["10.0.0.9"]), Story.port("vm1:2", sources: ["10.0.0.2"]),
    ])
    let request = try Story.request(
      Story.start("10:00:00", asked, from: "203.0.113.10"), Story.accept("10:00:01", answered))
    #expect(request.grants.map(\.sources) == [["10.0.0.1"], ["10.0.0.2"], ["203.0.113.10"]])
  }

  @Test func `has no sources when nobody names any`() throws {
    #expect(
      try Story.request(Story.start("10:00:00", Story.body("vm1:22"))).grants[0].sources == [])
  }

  @Test func `deduplicates and sorts sources and keeps their text`() throws {
    let body = Story.body("vm1:22", sources: ["b", "Any", "b", "10.0.0.0/24"])
    let request = try Story.request(Story.start("10:00:00", body))
    #expect(request.grants[0].sources == ["10.0.0.0/24", "Any", "b"])
  }

  @Test func `grants a VM × port that a body names twice once, with all sources and the later end`()
    throws
  {
    let body = AccessBody(ports: [
      Story.port("vm1:22", sources: ["b"], endsAt: "11:00:00"),
      Story.port("VM1:22", sources: ["a"], duration: .hours(3)),
    ])
    let request = try Story.request(Story.start("10:00:00", body))
    #expect(request.grants.map(\.sources) == [["a", "b"]])
    #expect(request.grants[0].endsAt == Story.time("13:00:00"))
    #expect(request.grants[0].vm.display == Story.vm("vm1").display)
  }

  @Test func `keeps what its first body says when a retry says something else`() throws {
    let first = Story.body("vm1:22", sources: ["a"], endsAt: "11:00:00")
    let retry = Story.body("vm1:22", sources: ["b"], endsAt: "12:00:00")
    let request = try Story.request(
      Story.start("10:00:00", first), Story.start("10:01:00", retry))
    #expect(request.grants.map(\.sources) == [["a"]])
    #expect(request.grants[0].endsAt == Story.time("11:00:00"))
  }

  @Test func `unites Starts of one instant`() throws {
    let request = try Story.request(
      Story.start("10:00:00", Story.body("vm1:22", sources: ["a"], endsAt: "11:00:00")),
      Story.start("10:00:00", Story.body("vm1:22", "vm2:22", sources: ["b"], endsAt: "12:00:00")))
    #expect(request.grants.map(\.target) == ["vm1:22", "vm2:22"])
    #expect(request.grants[0].sources == ["a", "b"])
    #expect(request.grants[0].endsAt == Story.time("12:00:00"))
  }

  @Test func `keeps an end more than 7 d away, its window does not`() throws {
    let body = Story.body("vm1:22", endsAt: "2026-08-19T10:00:01Z")
    let grant = try Story.request(Story.start("10:00:00", body)).grants[0]
    #expect(grant.endsAt == Story.time("2026-08-19T10:00:01Z"))
    #expect(grant.windowEndsAt == nil)
  }

  @Test func `believes an end 7 d away`() throws {
    let body = Story.body("vm1:22", endsAt: "2026-08-19T10:00:00Z")
    let grant = try Story.request(Story.start("10:00:00", body)).grants[0]
    #expect(grant.windowEndsAt == grant.endsAt)
  }

  @Test func `takes the justification of the request, else that of the response`() throws {
    let asked = Story.body("vm1:22", justification: "asked")
    let answered = Story.body("vm1:22", justification: "answered")
    let both = try Story.request(
      Story.start("10:00:00", asked), Story.accept("10:00:01", answered))
    let one = try Story.request(Story.start("10:00:00"), Story.accept("10:00:01", answered))
    #expect(both.justification == "asked")
    #expect(one.justification == "answered")
  }

  @Test func `asked for its duration, else for the time from the request to the asked end`() throws
  {
    let body = AccessBody(ports: [
      Story.port("vm1:1", duration: .hours(3)), Story.port("vm1:2", endsAt: "11:00:00"),
      Story.port("vm1:3"),
    ])
    let request = try Story.request(Story.start("10:00:00", body))
    #expect(request.grants.map(\.askedFor) == [.hours(3), .hours(1), nil])
  }
}

@Suite struct `The outcome of a request` {
  @Test(arguments: [
    ("10:29:59.9999999", AccessRequest.Outcome.pending), ("10:30:00", .unknown),
  ])
  func `of a Start alone is told by the clock`(at: String, outcome: AccessRequest.Outcome) throws {
    #expect(try Story.request(Story.start("10:00:00")).outcome(at: Story.time(at)) == outcome)
  }

  @Test(arguments: [Phase.accept, .success])
  func `is accepted by Accept or Success`(phase: Phase) throws {
    let request = try Story.request(Story.start("10:00:00"), Story.record(phase, "10:00:01"))
    #expect(request.outcome(at: Story.time("12:00:00")) == .accepted)
    #expect(request.acceptedAt == Story.time("10:00:01"))
  }

  @Test func `is refused by a Failure, also after an Accept`() throws {
    let request = try Story.request(
      Story.start("10:00:00"), Story.accept("10:00:01"), Story.failure("10:00:02"))
    #expect(request.outcome(at: Story.time("12:00:00")) == .refused)
    #expect(request.error?.code == "AuthorizationFailed")
  }

  @Test func `counts every phase of a call that exists, whenever it came`() {
    let books = Story.books(
      Story.start("10:00:00"), Story.accept("10:20:00"), at: "10:10:00")
    #expect(books.requests.map { $0.outcome(at: Story.time("10:10:00")) } == [.accepted])
  }

  @Test func `has an error whenever a Failure was seen`() throws {
    let request = try Story.request(Story.start("10:00:00"), Story.failure("10:00:01", nil))
    #expect(request.error == ErrorDetail(code: nil, message: nil))
  }

  @Test func `fills the error of the first Failure from later ones`() throws {
    var second = Story.failure("10:00:02", "Conflict")
    second.error?.message = "Try again."
    let request = try Story.request(
      Story.start("10:00:00"), Story.failure("10:00:01", "Forbidden"), second)
    #expect(request.error == ErrorDetail(code: "Forbidden", message: "Try again."))
    #expect(request.refusedAt == Story.time("10:00:01"))
  }

  @Test func `refused leaves the grants as asked and makes no window`() {
    let books = Story.books(
      Story.start("10:00:00", Story.body("vm1:22", duration: .hours(1))),
      Story.failure("10:00:01"))
    #expect(books.requests[0].grants.map(\.target) == ["vm1:22"])
    #expect(books.windows.isEmpty)
  }

  @Test func `refused has no grants when only the Failure was seen`() throws {
    #expect(try Story.request(Story.failure("10:00:01")).grants.isEmpty)
  }
}

@Suite struct `The id of a request` {
  // SHA-256 of ["7399f689-…","/subscriptions/s1/…/default","2026-08-12",1] and so on.
  let first = "33c097ca1701713972d0ec32d1cfa1fdca144516d093cb24287cf9f27a51f762"
  let second = "c4a499285f0b2b06a9b46d653724b47fdfddb8646efb13a4f5cbaf4c5fbb4cc2"
  let nextDay = "fe2c89572c45533d07c9c88f9269a6d107c6c440e7f1f8edb5fec1c310d7203c"

  @Test func `is made of correlation id, resource, date and number`() throws {
    #expect(try Story.request(Story.start("10:00:00")).id == first)
  }

  @Test func `counts the calls of a key within a date, by time`() {
    let requests = Story.requests(
      Story.start("12:00:00"), Story.start("10:00:00"), Story.start("2026-08-13T09:00:00Z"))
    #expect(
      requests.map(\.id) == [first, second, nextDay])
  }

  @Test func `goes by the date of its earliest record`() throws {
    let request = try Story.request(
      Story.start("2026-08-12T23:59:59Z"), Story.accept("2026-08-13T00:00:01Z"))
    #expect(request.id == first)
  }

  @Test func `is the same in any case of the resource`() throws {
    let shouted = ResourceID(Story.policy().display.uppercased())
    #expect(
      try Story.request(Story.start("10:00:00", on: shouted)).id == first)
  }

  @Test func `without a correlation id is the smallest evidence id`() throws {
    let one = Story.start("10:00:00", Story.body("vm1:22"), correlation: "")
    let other = Story.start("10:00:00", correlation: "")
    let smallest = min(one.identified.id, other.identified.id)
    #expect(try Story.request(one, other).id == smallest.description)
  }
}
