import Access
import Testing
import Timelines

@Suite struct `The provider's own record on a VM` {
  let user = Story.person("user@example.com")

  /// The request that a note joins, as the correlation id it was made with.
  private func joined(_ note: Evidence, _ records: Evidence...) -> String? {
    let books = Books(of: (records + [note]).map(\.identified), at: .distantFuture)
    return books.requests.first { $0.evidence.contains(note.identified.id) }?.correlationID
  }

  private func ask(
    _ at: String, for name: String = "vm1", by claims: Claims? = nil, as correlation: String
  ) -> Evidence {
    Story.start(at, Story.body("\(name):22"), by: claims ?? user, correlation: correlation)
  }

  @Test func `never makes a request`() {
    #expect(Story.books(Story.note("10:00:00")).requests.isEmpty)
  }

  @Test func `joins the request of its correlation id`() {
    #expect(
      joined(
        Story.note("10:00:05", correlation: "a"), ask("10:00:00", as: "a"), ask("10:00:05", as: "b")
      )
        == "a")
  }

  @Test func `joins by correlation id whoever its user is`() {
    #expect(
      joined(Story.note("10:00:05", user: nil, correlation: "a"), ask("10:00:00", as: "a")) == "a")
  }

  @Test func `joins the nearest of several requests of its correlation id`() {
    let books = Story.books(
      ask("10:00:00", as: "a"), ask("11:00:00", as: "a"), Story.note("10:40:00", correlation: "a"))
    #expect(books.requests.map(\.evidence.count) == [1, 2])
  }

  @Test func `joins the earlier request at a tie`() {
    let books = Story.books(
      ask("10:00:00", as: "a"), ask("11:00:00", as: "a"), Story.note("10:30:00", correlation: "a"))
    #expect(books.requests.map(\.evidence.count) == [2, 1])
  }

  @Test func `does not join a request of its correlation id that names other VMs`() {
    #expect(
      joined(Story.note("10:00:05", correlation: "a"), ask("10:00:00", for: "vm2", as: "a")) == nil)
  }

  @Test func `joins a request of its correlation id without a readable body`() {
    #expect(
      joined(
        Story.note("10:00:05", correlation: "a"), ask("10:00:05", for: "vm2", as: "a"),
        Story.start("10:00:00", on: Story.policy("other"), correlation: "a")) == "a")
  }

  @Test func `else joins the nearest request of that VM and user`() {
    #expect(
      joined(
        Story.note("10:03:00", correlation: "x"), ask("10:00:00", as: "a"),
        ask("10:02:00", as: "b"),
        ask("10:03:00", for: "vm2", as: "c")) == "b")
  }

  @Test func `knows its user in any case, also by object id`() {
    let claims = Story.person("User@Example.com", objectID: "ABC")
    #expect(
      joined(Story.note("10:00:05", correlation: ""), ask("10:00:00", by: claims, as: "a")) == "a")
    #expect(
      joined(
        Story.note("10:00:05", user: " Abc", correlation: ""),
        ask("10:00:00", by: claims, as: "a")) == "a")
  }

  @Test func `does not join another user's request, nor one of nobody`() {
    let other = Story.person("other@example.com")
    #expect(
      joined(
        Story.note("10:00:05", correlation: "x"), ask("10:00:00", by: other, as: "a"),
        ask("10:00:00", by: Claims(), as: "b")) == nil)
  }

  @Test(arguments: [("10:05:00", true), ("10:05:00.0000001", false), ("09:55:00", true)])
  func `reaches 5 min without a correlation id`(at: String, joins: Bool) {
    let request = joined(Story.note(at, correlation: ""), ask("10:00:00", as: "a"))
    #expect((request != nil) == joins)
  }

  @Test func `fills a justification that is missing`() throws {
    let books = Story.books(
      ask("10:00:00", as: "a"), Story.note("10:00:05", "incident 4711", correlation: "a"))
    #expect(books.requests[0].justification == "incident 4711")
  }

  @Test func `leaves a justification that is there`() {
    let books = Story.books(
      Story.start("10:00:00", Story.body("vm1:22", justification: "asked"), correlation: "a"),
      Story.note("10:00:05", "noted", correlation: "a"))
    #expect(books.requests[0].justification == "asked")
  }

  @Test func `fills an actor of whom nothing is known`() {
    let books = Story.books(
      ask("10:00:00", by: Claims(), as: "a"), Story.note("10:00:05", correlation: "a"),
      Story.start(
        "09:00:00", by: Story.person("user@example.com", objectID: "abc"), correlation: "b"))
    let request = books.requests[1]
    #expect(
      request.actor == Actor(kind: .user, name: "user@example.com", objectID: nil, appID: nil))
    #expect(request.actorIdentity == "abc")
    #expect(request.actorIsNoted)
  }

  @Test func `leaves an actor that is known`() {
    let books = Story.books(
      ask("10:00:00", by: Story.person(nil, objectID: "abc"), as: "a"),
      Story.note("10:00:05", correlation: "a"))
    #expect(books.requests[0].actor.name == "abc")
    #expect(!books.requests[0].actorIsNoted)
  }

  @Test func `counts once it has occurred`() {
    let records = [ask("10:00:00", as: "a"), Story.note("10:00:05", "why", correlation: "a")]
    let before = Books(of: records.map(\.identified), at: Story.time("10:00:04"))
    let after = Books(of: records.map(\.identified), at: Story.time("10:00:05"))
    #expect(before.requests.map(\.justification) == [nil])
    #expect(after.requests.map(\.justification) == ["why"])
  }

  @Test func `is added to the evidence behind the call's own`() {
    let (start, note) = (ask("10:00:05", as: "a"), Story.note("10:00:00", correlation: "a"))
    #expect(
      Story.books(note, start).requests[0].evidence
        == [start.identified.id, note.identified.id])
  }
}

@Suite struct `An inferred grant` {
  @Test func `is one for each VM that is noted of a request without a body`() {
    let books = Story.books(
      Story.start("10:00:00", from: "203.0.113.10"), Story.accept("10:00:01"),
      Story.note("10:00:05", on: "vm2"), Story.note("10:00:05", on: "vm1"),
      Story.note("10:00:06", on: "VM1"))
    let grants = books.requests[0].grants
    #expect(grants.map(\.vm) == [Story.vm("vm1"), Story.vm("vm2")])
    #expect(grants.map(\.vm.name) == ["vm1", "vm2"])
    for grant in grants {
      #expect(grant.inferred)
      #expect(grant.port == nil)
      #expect(grant.sources == ["203.0.113.10"])
      #expect(grant.opensAt == Story.time("10:00:00"))
      #expect(grant.endsAt == nil)
    }
    #expect(books.windows.isEmpty)
  }

  @Test func `has no sources when the caller is unknown`() {
    let books = Story.books(Story.start("10:00:00"), Story.note("10:00:05"))
    #expect(books.requests[0].grants.map(\.sources) == [[]])
  }

  @Test func `is not made for a request with a body`() {
    let books = Story.books(
      Story.start("10:00:00", Story.body("vm1:22")), Story.note("10:00:05"))
    #expect(books.requests[0].grants.map(\.inferred) == [false])
  }

  @Test func `is not made for a refused request`() {
    let books = Story.books(
      Story.start("10:00:00"), Story.failure("10:00:01"), Story.note("10:00:05"))
    #expect(books.requests[0].grants.isEmpty)
    #expect(books.requests[0].evidence.count == 3)
  }

  @Test func `leaves the outcome to the phases`() {
    let books = Story.books(Story.start("10:00:00"), Story.note("10:00:05"))
    #expect(books.requests[0].outcome(at: Story.time("10:01:00")) == .pending)
  }

  @Test func `comes out the same when its notes are applied again`() {
    let (start, note) = (Story.start("10:00:00"), Story.note("10:00:05", "why"))
    let once = Story.books(start, note).requests[0]
    #expect(NoteFold.apply([note.identified], to: once) == once)
  }
}
