import Access
import Testing
import Timelines

@Suite struct `The windows of requests` {
  let user = Story.person("user@example.com")

  private func ask(
    _ at: String, _ port: String = "vm1:22", hours: Int64? = 1, by claims: Claims? = nil,
    on policy: ResourceID = Story.policy(), correlation: String? = nil
  ) -> Evidence {
    Story.start(
      at, Story.body(port, duration: hours.map { .hours($0) }), by: claims ?? user, on: policy,
      correlation: correlation ?? at)
  }

  private func states(_ books: Books, at instant: String) -> [AccessWindow.State] {
    books.windows.map { $0.standing(at: Story.time(instant)).state }
  }

  @Test func `are one per VM × port of a request that is not refused`() {
    let books = Story.books(
      Story.start("10:00:00", Story.body("vm1:22", "vm2:22")),
      Story.start("11:00:00", Story.body("vm3:22"), correlation: "refused"),
      Story.failure("11:00:01", correlation: "refused"))
    #expect(books.windows.map(\.vm) == [Story.vm("vm1"), Story.vm("vm2")])
  }

  @Test func `are those of requests made by the instant asked for`() {
    #expect(Story.books(ask("10:00:00"), ask("12:00:00"), at: "11:00:00").windows.count == 1)
  }

  @Test func `are superseded by a newer request of the same actor for the same VM and port`() {
    let books = Story.books(ask("10:00:00"), ask("10:30:00"))
    let standing = books.windows[0].standing(at: Story.time("10:30:00"))
    #expect(
      standing
        == .init(.superseded, closedAt: Story.time("10:30:00"), closedBy: .evidence))
    #expect(states(books, at: "10:29:59") == [.open, .pending])
  }

  @Test func `are superseded on any policy and from any source`() {
    let books = Story.books(
      ask("10:00:00"), ask("10:30:00", on: Story.policy("other"), correlation: "x"))
    #expect(states(books, at: "10:40:00") == [.superseded, .open])
  }

  @Test func `are not superseded for another port, VM or actor`() {
    let other = Story.person("other@example.com")
    let books = Story.books(
      ask("10:00:00"), ask("10:01:00", "vm1:23"), ask("10:02:00", "vm2:22"),
      ask("10:03:00", by: other))
    #expect(states(books, at: "10:40:00") == [.open, .open, .open, .open])
  }

  @Test func `are not superseded by a refused request`() {
    let books = Story.books(
      ask("10:00:00"), ask("10:30:00"), Story.failure("10:30:01", correlation: "10:30:00"))
    #expect(states(books, at: "10:40:00") == [.open])
  }

  @Test(arguments: [("10:59:59.9999999", AccessWindow.State.superseded), ("11:00:00", .expired)])
  func `are superseded only by requests made before their end`(
    newer: String, state: AccessWindow.State
  ) {
    #expect(states(Story.books(ask("10:00:00"), ask(newer)), at: "11:30:00")[0] == state)
  }

  @Test func `are superseded once the newer request has opened`() {
    let accept = Story.accept(
      "10:30:01", Story.body("vm1:22", startsAt: "10:45:00"), correlation: "10:30:00")
    let books = Story.books(ask("10:00:00"), ask("10:30:00"), accept)
    #expect(states(books, at: "10:44:59") == [.open, .pending])
    #expect(
      books.windows[0].standing(at: Story.time("10:45:00")).closedAt == Story.time("10:45:00"))
  }

  @Test func `are superseded by whichever newer request opens first`() {
    let late = Story.accept(
      "10:10:01", Story.body("vm1:22", startsAt: "10:50:00"), correlation: "10:10:00")
    let books = Story.books(ask("10:00:00"), ask("10:10:00"), late, ask("10:20:00"))
    #expect(
      books.windows[0].standing(at: Story.time("10:55:00")).closedAt == Story.time("10:20:00"))
  }

  @Test func `of one instant are superseded in the order of ties`() {
    let books = Story.books(
      ask("10:00:00", correlation: "b"), ask("10:00:00", correlation: "a"),
      ask("10:00:00", on: Story.policy("zzz"), correlation: "0"))
    let open = books.windows.filter { $0.standing(at: Story.time("10:10:00")).state == .open }
    let request = books.requests.first { $0.id == open.first?.request }
    #expect(open.count == 1)
    #expect(request?.policy == Story.policy("zzz"))
    #expect(books.requests.map(\.correlationID) == ["a", "b", "0"])
  }

  @Test func `without an end are superseded within 24 h of their opening`() {
    #expect(
      states(
        Story.books(
          ask("10:00:00", hours: nil), ask("2026-08-13T09:59:59Z"), at: "2026-08-14T00:00:00Z"),
        at: "2026-08-13T10:00:00Z")[0] == .superseded)
    #expect(
      states(
        Story.books(
          ask("10:00:00", hours: nil), ask("2026-08-13T10:00:00Z"), at: "2026-08-14T00:00:00Z"),
        at: "2026-08-13T10:00:00Z")[0] == .expired)
  }
}
