import Access
import Testing
import Timelines

/// Semantics 2: inferred grants.
@Suite struct `A request without a body` {
  private let empty = Story.write("09:00:00", [])
  private let port = PolicyBody.Port(
    vm: Story.vm("vm1"), number: 22, protocolName: "TCP", sources: ["*"], maximum: .hours(3))

  private func ask(_ at: String, on policy: ResourceID = Story.policy()) -> Evidence {
    Story.start(at, nil, by: Story.person("user@example.com"), on: policy, correlation: at)
  }

  @Test(arguments: [
    ("09:57:59", 0), ("09:58:00", 1), ("10:15:00", 1), ("10:15:01", 0),
  ])
  func `gets what then happened`(begin: String, count: Int) {
    let books = Story.books(empty, ask("10:00:00"), Story.write(begin, [Story.jit()]))
    let grants = books.requests[0].grants
    #expect(grants.count == count)
    #expect(books.unmatched.count == 1 - count)
    guard let grant = grants.first else { return }
    #expect(grant.inferred && grant.endsAt == nil && grant.opensAt == Story.time(begin))
    #expect(grant.sources == ["203.0.113.10"] && grant.port == 22)
    #expect(books.requests[0].outcome(at: Story.time("23:00:00")) == .granted)
  }

  @Test func `names the VM of the policy's list, with its limits`() {
    let books = Story.books(
      empty, Story.policyWrite("08:00:00", [port]), ask("10:00:00"),
      Story.write("10:00:20", [Story.jit()]))
    #expect(books.requests[0].grants.map(\.vm) == [Story.vm("vm1")])
    #expect(books.requests[0].grants[0].maximum == .hours(3))
    #expect(books.windows[0].told(at: "13:15:19") == "open")
    #expect(books.windows[0].told(at: "13:15:20") == "overdue")
  }

  @Test func `leaves a rule to a request with a body that asked for just that`() {
    let books = Story.books(
      empty, ask("10:00:00"), Story.ask("10:00:05", by: "other@x"),
      Story.write("10:00:20", [Story.jit()]))
    #expect(books.requests[0].grants.isEmpty)
    #expect(books.windows.map { !$0.openings.isEmpty } == [true])
  }

  @Test func `comes before a request with a body from elsewhere`() {
    let books = Story.books(
      empty, ask("10:00:00"), Story.ask("10:00:05", from: "198.51.100.1", by: "other@x"),
      Story.write("10:00:20", [Story.jit()]))
    #expect(books.requests[0].grants.count == 1)
  }

  @Test func `that failed gets nothing`() {
    let books = Story.books(
      empty, ask("10:00:00"), Story.failure("10:00:01", correlation: "10:00:00"),
      Story.write("10:00:20", [Story.jit()]))
    #expect(books.requests[0].grants.isEmpty && books.unmatched.count == 1)
  }

  @Test func `gets one grant for a VM and port, whatever the number of groups`() {
    let books = Story.books(
      empty, Story.write("09:00:00", [], in: Story.nsg2), ask("10:00:00"),
      Story.write("10:00:20", [Story.jit()]),
      Story.write("10:00:21", [Story.jit(2)], in: Story.nsg2))
    #expect(books.requests[0].grants.map(\.openings.count) == [2])
  }

  @Test func `of two goes by the newest before the rule`() {
    let books = Story.books(
      empty, ask("10:00:00"), ask("10:01:00"), Story.write("10:01:20", [Story.jit()]))
    #expect(books.requests.map(\.grants.count) == [0, 1])
  }

  @Test func `of one of two policies whose VM nobody knows gets nothing`() {
    let other = ResourceID(
      "/subscriptions/S1/resourceGroups/rg-other/providers/Microsoft.Security/locations/x/"
        + "jitNetworkAccessPolicies/default")
    let books = Story.books(
      empty, ask("10:00:00"), ask("10:00:01", on: other), Story.write("10:00:20", [Story.jit()]))
    #expect(books.requests.allSatisfy { $0.grants.isEmpty } && books.unmatched.count == 1)
  }

  @Test func `with the provider's note gets that VM, with a port once a rule tells`() {
    let note = Story.note("10:00:04", on: "vm1", correlation: "10:00:00")
    let bare = Story.books(empty, ask("10:00:00"), note)
    #expect(bare.requests[0].grants.map(\.target) == ["vm1"])
    #expect(bare.windows.isEmpty)
    let other = Story.books(
      empty, ask("10:00:00"), note, Story.write("10:00:20", [Story.jit(vm: "vm2")]))
    #expect(other.requests[0].grants.map(\.target) == ["vm1"])
    let told = Story.books(empty, ask("10:00:00"), note, Story.write("10:00:20", [Story.jit()]))
    #expect(told.requests[0].grants.map(\.target) == ["vm1:22"])
  }
}
