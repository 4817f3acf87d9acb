import Access
import Testing
import Timelines

/// Semantics 3: rule episodes.
@Suite struct `The rules of a group` {
  private let person = Story.person("eve@example.com")

  /// Each episode as `name begin-end author`, `·` where there is none.
  private func episodes(_ records: Evidence..., at instant: String = "23:59:59") -> [String] {
    Books(of: records.map(\.identified), at: Story.time(instant)).episodes.map { episode in
      func clock(_ time: EventTime?) -> String {
        time.map { String($0.description.dropFirst(11).prefix(5)) } ?? "·"
      }
      let name = episode.name.hasPrefix("Micro") ? "jit" : episode.name
      let author = episode.byDefender ? "defender" : episode.author?.name ?? "·"
      return "\(name) \(clock(episode.begin))-\(clock(episode.end)) \(author)"
    }
  }

  @Test func `at first sight were there before, and nobody's`() {
    #expect(
      episodes(Story.write("10:00:00", [Story.hand(), Story.jit()], by: person))
        == ["jit ·-· ·", "ssh ·-· ·"])
  }

  @Test func `that Defender's first write shows were there before, unless a request tells of them`()
  {
    let write = Story.write("10:00:30", [Story.hand(), Story.jit()])
    #expect(episodes(write) == ["jit ·-· ·", "ssh ·-· ·"])
    #expect(episodes(Story.ask("10:00:00"), write) == ["jit 10:00-· defender", "ssh ·-· ·"])
  }

  @Test func `begin and end with the calls in which they appear and are gone`() {
    #expect(
      episodes(
        Story.write("09:00:00", []), Story.write("10:00:00", [Story.jit(), Story.hand()]),
        Story.write("11:00:00", [Story.hand()], by: person))
        == ["jit 10:00-11:00 defender", "ssh 10:00-· ·"])
  }

  @Test func `have the author of the call that began them, not of one that repeats them`() {
    #expect(
      episodes(
        Story.write("09:00:00", []), Story.write("10:00:00", [Story.jit()]),
        Story.write("10:30:00", [Story.jit(), Story.hand()], by: person))
        == ["jit 10:00-· defender", "ssh 10:30-· eve@example.com"])
  }

  @Test func `are all new in a group that was made, or deleted before`() {
    #expect(
      episodes(Story.write("10:00:00", [Story.hand()], by: person, created: true))
        == ["ssh 10:00-· eve@example.com"])
    #expect(
      episodes(
        Story.write("09:00:00", [Story.hand()], by: person), Story.deletion("09:30:00"),
        Story.write("10:00:00", [Story.hand()], by: person))
        == ["ssh ·-09:30 ·", "ssh 10:00-· eve@example.com"])
  }

  @Test func `stay where the body is missing, and are all gone where the list is empty`() {
    let first = Story.write("09:00:00", [Story.hand()], by: person)
    #expect(episodes(first, Story.write("10:00:00", nil, by: person)) == ["ssh ·-· ·"])
    #expect(episodes(first, Story.write("10:00:00", [], by: person)) == ["ssh ·-10:00 ·"])
  }

  @Test func `stay where the call failed`() {
    let correlation = "c"
    #expect(
      episodes(
        Story.write("09:00:00", [Story.hand()], by: person),
        Story.write("10:00:00", [], by: person, correlation: correlation),
        Story.write("10:00:01", nil, by: person, phase: .failure, correlation: correlation))
        == ["ssh ·-· ·"])
  }

  @Test func `go on when their author changes them, and end when somebody else does`() {
    let wide = Story.hand(from: "*")
    let begun = [Story.write("09:00:00", []), Story.write("10:00:00", [Story.hand()], by: person)]
    #expect(
      episodes(begun[0], begun[1], Story.write("11:00:00", [wide], by: person))
        == ["ssh 10:00-· eve@example.com"])
    let other = Story.person("bob@example.com")
    #expect(
      episodes(begun[0], begun[1], Story.write("11:00:00", [wide], by: other))
        == ["ssh 10:00-11:00 eve@example.com", "ssh 11:00-· bob@example.com"])
    #expect(
      episodes(begun[0], begun[1], Story.write("11:00:00", [wide]))
        == ["ssh 10:00-11:00 eve@example.com", "ssh 11:00-· ·"])
  }

  @Test func `are not changed by case, order, a prefix of one address or another name for any`() {
    var one = Story.hand(from: "10.0.0.4")
    one.sources.append("ANY")
    var other = Story.hand(from: "*")
    other.sources.append("10.0.0.4/32")
    other.protocolName = "TCP"
    let other2 = Story.person("bob@example.com")
    #expect(
      episodes(
        Story.write("09:00:00", []), Story.write("10:00:00", [one], by: person),
        Story.write("11:00:00", [other], by: other2)) == ["ssh 10:00-· eve@example.com"])
  }

  @Test func `are others under another access`() {
    var deny = Story.hand()
    deny.access = "deny"
    #expect(
      episodes(
        Story.write("09:00:00", []), Story.write("10:00:00", [Story.hand()], by: person),
        Story.single("11:00:00", "ssh", deny, by: person))
        == ["ssh 10:00-11:00 eve@example.com", "ssh 11:00-· eve@example.com"])
  }

  @Test func `are written and deleted one by one, in any case of their names`() {
    #expect(
      episodes(
        Story.single("10:00:00", "ssh", Story.hand(), by: person),
        Story.single("11:00:00", "SSH", nil, by: person)) == ["ssh 10:00-11:00 eve@example.com"])
  }

  @Test func `count once for a call of several phases, at its first`() {
    #expect(
      episodes(
        Story.write("09:00:00", []), Story.write("10:00:00", nil, by: person, correlation: "c"),
        Story.write("10:00:05", [Story.hand()], by: person, phase: .accept, correlation: "c"))
        == ["ssh 10:00-· eve@example.com"])
  }
}
