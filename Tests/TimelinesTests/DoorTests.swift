import Access
import Testing
import Timelines

/// Semantics 3 and 4: rules matched to windows, and the states that follow.
@Suite struct `A window and its rules` {
  private func told(_ records: [Evidence], at clock: String) -> [String] {
    Books(of: records.map(\.identified), at: Story.time(clock)).windows.map {
      $0.told(at: clock)
    }
  }

  private let empty = Story.write("09:00:00", [Story.hand()])

  @Test(arguments: [
    ("10:30:00", "open"), ("11:05:00", "closing"), ("11:14:59", "closing"), ("11:15:00", "overdue"),
  ])
  func `stand by the clock while the rule stands`(clock: String, wanted: String) {
    #expect(
      told([empty, Story.ask("10:00:00"), Story.write("10:00:20", [Story.jit()])], at: clock)
        == [wanted])
  }

  @Test(arguments: [
    ("10:58:59", "revoked 10:58:59"), ("10:59:00", "closed 10:59:00"),
    ("11:00:40", "closed 11:00:40"), ("11:40:00", "closed 11:40:00"),
  ])
  func `end with the removal, early or in time`(removal: String, wanted: String) {
    #expect(
      told(
        [
          empty, Story.ask("10:00:00"), Story.write("10:00:20", [Story.jit()]),
          Story.write(removal, []),
        ], at: "12:00:00") == [wanted])
  }

  @Test func `end with a removal by anybody, by name or with the whole group`() {
    let begin = [empty, Story.ask("10:00:00"), Story.write("10:00:20", [Story.jit()])]
    let eve = Story.person("eve@example.com")
    #expect(
      told(begin + [Story.single("10:30:00", Story.jit().name, nil, by: eve)], at: "12:00:00")
        == ["revoked 10:30:00"])
    #expect(
      told(begin + [Story.deletion("10:30:00", by: eve)], at: "12:00:00") == ["revoked 10:30:00"])
  }

  @Test func `end where the first of two groups shuts the path`() {
    #expect(
      told(
        [
          empty, Story.write("09:00:00", [], in: Story.nsg2), Story.ask("10:00:00"),
          Story.write("10:00:20", [Story.jit()]),
          Story.write("10:00:21", [Story.jit(2)], in: Story.nsg2), Story.write("11:00:10", []),
        ], at: "11:30:00") == ["closed 11:00:10"])
  }

  @Test func `end presumably by a write of Defender without a body near the end`() {
    let begin = [empty, Story.ask("10:00:00"), Story.write("10:00:20", [Story.jit()])]
    let blank = Story.write("11:00:30", nil)
    #expect(told(begin + [blank], at: "12:00:00") == ["closed 11:00:30 presumed"])
    #expect(
      told(begin + [blank, Story.write("12:00:00", [])], at: "13:00:00")
        == ["closed 11:00:30 presumed"])
    let shown = Story.write("11:30:00", [Story.jit()])
    #expect(told(begin + [blank, shown], at: "11:20:00") == ["closed 11:00:30 presumed"])
    #expect(told(begin + [blank, shown], at: "12:00:00") == ["overdue"])
    #expect(told(begin + [Story.write("10:30:00", nil)], at: "12:00:00") == ["overdue"])
    let eve = Story.person("eve@example.com")
    #expect(told(begin + [Story.write("11:00:30", nil, by: eve)], at: "12:00:00") == ["overdue"])
  }

  @Test(arguments: [
    ("09:57:59", false), ("09:58:00", true), ("10:59:59", true), ("11:00:00", false),
  ])
  func `match while the rule begins from two minutes before the request to the end`(
    begin: String, isMatched: Bool
  ) {
    let books = Story.books(empty, Story.ask("10:00:00"), Story.write(begin, [Story.jit()]))
    #expect(books.unmatched.isEmpty == isMatched)
    #expect(books.windows[0].openings.isEmpty != isMatched)
    #expect(
      books.requests[0].outcome(at: Story.time("12:00:00")) == (isMatched ? .granted : .unknown))
  }

  @Test func `match by VM, port and policy`() {
    for rule in [Story.jit(vm: "vm2"), Story.jit(port: "23"), Story.jit(policy: "other")] {
      #expect(
        Story.books(empty, Story.ask("10:00:00"), Story.write("10:00:20", [rule])).unmatched.count
          == 1)
    }
  }

  @Test func `match the newest with equal sources first`() {
    let books = Story.books(
      empty, Story.ask("10:00:00", by: "a@x"),
      Story.ask("10:00:05", from: "198.51.100.1", by: "b@x"),
      Story.ask("10:00:10", by: "c@x"), Story.write("10:00:20", [Story.jit()]))
    #expect(books.windows.map { !$0.openings.isEmpty } == [false, false, true])
  }

  @Test func `match another source only where nothing better is free`() {
    let books = Story.books(
      empty, Story.ask("10:00:05", from: "198.51.100.1", by: "b@x"),
      Story.write("10:00:20", [Story.jit()]))
    #expect(books.windows.map { !$0.openings.isEmpty } == [true])
  }

  @Test func `are opened again by a second rule with their sources`() {
    let records = [
      empty, Story.ask("10:00:00"), Story.write("10:00:20", [Story.jit()]),
      Story.write("10:10:00", []), Story.write("10:20:00", [Story.jit(2)]),
    ]
    #expect(told(records, at: "10:15:00") == ["revoked 10:10:00"])
    #expect(told(records, at: "10:30:00") == ["open"])
    #expect(
      Books(
        of: (records + [Story.write("10:40:00", [Story.jit(2), Story.jit(3, from: "*")])])
          .map(\.identified), at: Story.time("12:00:00")
      ).unmatched.count == 1)
  }

  @Test func `that were refused exist where a rule opened them`() {
    let refused = Story.failure("10:00:01", correlation: "ask 10:00:00 vm1:22 user@example.com")
    let books = Story.books(
      empty, Story.ask("10:00:00"), refused, Story.write("10:00:20", [Story.jit()]), at: "10:30:00")
    #expect(books.windows.count == 1)
    #expect(books.requests[0].outcome(at: Story.time("10:30:00")) == .granted)
    #expect(books.requests[0].error?.code == "AuthorizationFailed")
    #expect(Story.books(empty, Story.ask("10:00:00"), refused).windows.isEmpty)
  }

  @Test func `take over the rule of the window that they supersede`() {
    let records = [
      empty, Story.ask("10:00:00"), Story.write("10:00:20", [Story.jit()]),
      Story.ask("10:50:00"),
    ]
    #expect(told(records, at: "11:30:00") == ["superseded 10:50:00", "open"])
    #expect(told(records, at: "12:20:00") == ["superseded 10:50:00", "overdue"])
    #expect(
      told(records + [Story.write("11:50:30", [])], at: "12:20:00")
        == ["superseded 10:50:00", "closed 11:50:30"])
    // From another address nothing is taken over.
    let other = [empty, Story.ask("10:00:00"), Story.write("10:00:20", [Story.jit()])]
    #expect(
      told(other + [Story.ask("10:50:00", from: "198.51.100.1")], at: "12:20:00").last
        == "expired 11:50:00 presumed")
  }

  @Test func `are not superseded once their rule was removed`() {
    #expect(
      told(
        [
          empty, Story.ask("10:00:00"), Story.write("10:00:20", [Story.jit()]),
          Story.write("10:10:00", []), Story.ask("10:50:00"),
        ], at: "11:30:00") == ["revoked 10:10:00", "open"])
  }

  @Test(arguments: [
    ("12:00:00", "open"), ("13:14:59", "open"), ("13:15:00", "overdue"),
  ])
  func `without an end are overdue after the maximum of the policy`(clock: String, wanted: String) {
    let port = PolicyBody.Port(
      vm: Story.vm("vm1"), number: 22, protocolName: "TCP", sources: ["*"], maximum: .hours(3))
    #expect(
      told(
        [
          empty, Story.policyWrite("08:00:00", [port]), Story.ask("10:00:00", hours: nil),
          Story.write("10:00:20", [Story.jit()]),
        ], at: clock) == [wanted])
  }

  @Test func `of VMs of one name go by the address that each has shown`() {
    let twin = ResourceID(
      "/subscriptions/S1/resourceGroups/rg-two/providers/Microsoft.Compute/virtualMachines/vm1")
    func ask(_ at: String, _ vm: ResourceID) -> Evidence {
      var body = Story.body("vm1:22", sources: ["203.0.113.10"], duration: .hours(1))
      body.ports[0].vm = vm
      return Story.start(at, body, by: Story.person("user@example.com"), correlation: at)
    }
    let books = Story.books(
      Story.write("01:00:00", []), ask("02:00:00", Story.vm("vm1")),
      Story.write("02:00:20", [Story.jit(1, to: "10.0.0.4")]), Story.write("03:00:00", []),
      ask("04:00:00", twin), Story.write("04:00:20", [Story.jit(2, to: "10.0.0.5")]),
      Story.write("05:00:00", []), ask("06:00:00", Story.vm("vm1")), ask("06:00:01", twin),
      Story.write("06:00:20", [Story.jit(3, to: "10.0.0.4")]))
    let opened = books.windows.filter { $0.opensAt >= Story.time("06:00:00") }
    #expect(opened.map { $0.openings.isEmpty } == [false, true])
  }
}
