import Access
import Testing
import Timelines

@Suite struct `The phases of a call` {
  @Test func `make one call by correlation id, operation and resource`() {
    let calls = Story.calls(
      Story.start("10:00:00", Story.body("vm1:3389")), Story.accept("10:00:01"),
      Story.record(.success, "10:25:00"))
    #expect(calls == [["10:00:00", "10:00:01", "10:25:00"]])
  }

  @Test func `belong to one call whatever the case of the resource is`() {
    let shouted = ResourceID(Story.policy().display.uppercased())
    #expect(
      CallKey(Story.start("10:00:00", on: shouted)) == CallKey(Story.accept("10:00:01")))
  }

  @Test func `of another policy are another call`() {
    let books = Story.books(
      Story.start("10:00:00"), Story.start("10:00:00", on: Story.policy("other")))
    #expect(books.requests.count == 2)
  }

  @Test func `count once however often they are read`() throws {
    let request = try Story.request(
      Story.start("10:00:00"), Story.start("10:00:00"), Story.accept("10:00:01"),
      Story.accept("10:00:01"))
    #expect(request.evidence.count == 2)
  }

  @Test func `exactly 24 h apart still belong together`() {
    let calls = Story.calls(Story.start("10:00:00"), Story.accept("2026-08-13T10:00:00Z"))
    #expect(calls == [["10:00:00", "10:00:00"]])
  }

  @Test func `more than 24 h apart never belong together`() {
    let calls = Story.calls(Story.start("10:00:00"), Story.accept("2026-08-13T10:00:00.1Z"))
    #expect(calls == [["10:00:00"], ["10:00:00.1"]])
  }

  @Test func `before a Start keep out nothing that followed it`() {
    // The Success and the early Accept are each within 24 h of the Start, but not of one another.
    let calls = Story.calls(
      Story.accept("2026-08-11T20:00:00Z"), Story.start("2026-08-12T10:00:00Z"),
      Story.record(.success, "2026-08-12T21:00:00Z"))
    #expect(calls == [["20:00:00"], ["10:00:00", "21:00:00"]])
  }

  @Test func `without any Start are one call as far as 24 h reach`() {
    let calls = Story.calls(
      Story.accept("2026-08-12T10:00:00Z"), Story.record(.success, "2026-08-13T09:00:00Z"),
      Story.record(.success, "2026-08-13T11:00:00Z"))
    #expect(calls == [["10:00:00", "09:00:00"], ["11:00:00"]])
  }

  @Test func `that come before their Start make the request earlier`() throws {
    let request = try Story.request(Story.start("10:00:05"), Story.accept("10:00:01"))
    #expect(request.requestedAt == Story.time("10:00:01"))
  }
}

@Suite struct `Records without a correlation id` {
  @Test func `make a call each`() {
    let books = Story.books(
      Story.start("10:00:00", correlation: ""),
      Story.accept("10:00:01", correlation: ""))
    #expect(books.requests.count == 2)
  }

  @Test func `are not joined with another phase of the same instant`() {
    let books = Story.books(
      Story.start("10:00:00", correlation: ""),
      Story.accept("10:00:00", correlation: ""))
    #expect(books.requests.count == 2)
  }

  @Test func `of the same phase and instant are one call`() {
    let books = Story.books(
      Story.start("10:00:00", Story.body("vm1:22"), correlation: ""),
      Story.start("10:00:00", by: Story.person("user@example.com"), correlation: ""))
    #expect(books.requests.map(\.actor.name) == ["user@example.com"])
    #expect(books.requests.map(\.hasBody) == [true])
  }
}
