import Access
import Testing

@Suite struct `The state of a window` {
  /// A window that was asked for at 10:00, opens at 10:10 and ends at 11:00, or as told.
  private func window(
    endsAt: String? = "11:00:00", supersededAt: String? = nil, opening opensLater: String? = nil
  ) throws -> AccessWindow {
    let request = AccessRequest(
      id: "id", requestedAt: instant("10:00:00"), actor: Actor(Claims()), policy: ResourceID("/p"))
    let grant = AccessGrant(
      vm: ResourceID("/vm"), port: 22, sources: [], opensAt: instant("10:10:00"),
      endsAt: endsAt.map(instant), askedFor: nil, inferred: false)
    var window = try #require(AccessWindow(of: grant, in: request))
    window.supersededBy = supersededAt.map {
      AccessGrant.Superseding(
        requestedAt: instant($0), opensAt: instant(opensLater ?? $0))
    }
    return window
  }

  private func instant(_ text: String) -> EventTime {
    time(text.contains("T") ? text : "2026-08-12T\(text)Z")
  }

  @Test(arguments: [
    ("10:00:00", AccessWindow.State.pending), ("10:09:59.9999999", .pending), ("10:10:00", .open),
    ("10:59:59.9999999", .open), ("11:00:00", .expired), ("12:00:00", .expired),
  ])
  func `whose rule was never seen goes by the clock`(
    at: String, state: AccessWindow.State
  ) throws {
    #expect(try window().standing(at: instant(at)).state == state)
  }

  @Test func `expired is presumed closed at its end`() throws {
    let standing = try window().standing(at: instant("12:00:00"))
    #expect(standing == .init(.expired, closedAt: instant("11:00:00"), closedBy: .presumed))
  }

  @Test func `open or pending is not closed`() throws {
    #expect(try window().standing(at: instant("10:05:00")) == .init(.pending))
    #expect(try window().standing(at: instant("10:30:00")) == .init(.open))
  }

  @Test func `superseded is closed by evidence when the newer request opens`() throws {
    let window = try window(supersededAt: "10:20:00", opening: "10:30:00")
    #expect(window.standing(at: instant("10:29:59")).state == .open)
    #expect(
      window.standing(at: instant("10:30:00"))
        == .init(.superseded, closedAt: instant("10:30:00"), closedBy: .evidence))
    #expect(window.standing(at: instant("12:00:00")).state == .superseded)
  }

  @Test func `superseded counts once the newer request is made, though it opened before`() throws {
    let window = try window(supersededAt: "10:40:00", opening: "10:39:00")
    #expect(window.standing(at: instant("10:39:30")).state == .open)
    #expect(window.standing(at: instant("10:40:00")).closedAt == instant("10:39:00"))
  }

  @Test func `pending comes before superseded`() throws {
    let window = try window(supersededAt: "10:05:00")
    #expect(window.standing(at: instant("10:06:00")).state == .pending)
    #expect(window.standing(at: instant("10:10:00")).state == .superseded)
  }

  @Test(arguments: [
    ("10:00:00", AccessWindow.State.open), ("2026-08-13T10:09:59Z", .open),
    ("2026-08-13T10:10:00Z", .expired),
  ])
  func `without an end is open from the request on and expires 24 h after it opened`(
    at: String, state: AccessWindow.State
  ) throws {
    let window = try window(endsAt: nil)
    #expect(window.standing(at: instant(at)).state == state)
    if state == .expired {
      #expect(window.standing(at: instant(at)).closedAt == instant("2026-08-13T10:10:00Z"))
    }
  }

  @Test func `with an end more than 7 d away is that of one without`() throws {
    let window = try window(endsAt: "2026-08-19T10:10:00.0000001Z")
    #expect(window.endsAt == nil)
    #expect(window.standing(at: instant("2026-08-13T10:10:00Z")).state == .expired)
    #expect(try self.window(endsAt: "2026-08-19T10:10:00Z").endsAt != nil)
  }

  @Test func `says whether the window is in force`() throws {
    #expect(try window().isInForce(at: instant("10:10:00")))
    #expect(try !window().isInForce(at: instant("10:09:00")))
    #expect(try !window().isInForce(at: instant("11:00:00")))
    #expect(try window(endsAt: nil).isInForce(at: instant("10:00:00")))
    #expect(try !window(endsAt: nil).isInForce(at: instant("09:59:59")))
  }

  @Test func `needs a port`() {
    let grant = AccessGrant(
      vm: ResourceID("/vm"), port: nil, sources: [], opensAt: .epoch, endsAt: nil, askedFor: nil,
      inferred: true)
    let request = AccessRequest(
      id: "id", requestedAt: .epoch, actor: Actor(Claims()), policy: ResourceID("/p"))
    #expect(AccessWindow(of: grant, in: request) == nil)
  }
}
