import Access
import Testing
import Timelines

@Suite struct `The rules that stand for a VM` {
  typealias Doors = StandingStory
  static let deny = Doors.jit(nil, access: "deny", name: "MicrosoftDefenderForCloud-JITRule_1_A")

  static func rules(
    _ named: [RuleEpisode] = [deny], namesakes: [ResourceID] = [],
    opened: [ResourceID: [RuleEpisode]] = [:]
  ) -> VMRules {
    VMRules(of: Story.vm("vm1"), namesakes: namesakes, named: named, opened: opened)
  }

  static func standing(
    _ episodes: RuleEpisode..., of rules: VMRules = rules(), opening: Set<RuleKey> = [],
    from: String = "10:00:00", to: String? = nil
  ) -> [StandingRule] {
    StandingRules.rules(
      of: rules, among: episodes, opening: opening,
      in: Story.time(from)...Story.time(to ?? from))
  }

  @Test(arguments: [
    (["22"], true), (["*"], true), (["Any"], true), (["20-30"], true), (["443"], false),
    (["23-3388"], false), (["80", "5985-5986"], true), (["3000 - 4000"], true), (["x"], false),
    ([], false), (["0-65535"], true),
  ])
  func `let in to a management port`(ports: [String], expected: Bool) {
    #expect(Self.standing(Doors.episode("r", "08:00:00", ports: ports)).isEmpty != expected)
  }

  @Test(arguments: [
    (["*"], true), (["VirtualNetwork"], true), (["10.0.0.0/24"], true), (["10.0.0.4"], true),
    (["10.0.0.5"], false), (["10.0.1.0/24", "10.0.0.4/32"], true), ([], false),
    (["2001:db8::/32"], false), (["0.0.0.0/0"], true),
  ])
  func `are for everything, a tag, or the VM's address`(to: [String], expected: Bool) {
    #expect(Self.standing(Doors.episode("r", "08:00:00", to: to)).isEmpty != expected)
  }

  @Test func `let in, and stand in a group that has held a JIT rule of the VM`() {
    let other = Doors.group("other")
    #expect(Self.standing(Doors.episode("r", "08:00:00", access: "deny")).isEmpty)
    #expect(Self.standing(Doors.episode("r", "08:00:00", direction: "outbound")).isEmpty)
    #expect(Self.standing(Doors.episode("r", "08:00:00", in: other)).isEmpty)
    #expect(Self.standing(Doors.episode("r", "08:00:00"), of: Self.rules([])).isEmpty)
    let later = Self.rules([Doors.jit("10:00:01")])
    #expect(Self.standing(Doors.episode("r", "08:00:00"), of: later).isEmpty)
    let gone = Self.rules([Doors.jit("07:00:00", "07:30:00")])
    #expect(Self.standing(Doors.episode("r", "08:00:00"), of: gone).count == 1)
  }

  @Test(arguments: [
    ("07:59:59", nil, 0), ("08:00:00", nil, 1), ("08:59:59", nil, 1), ("09:00:00", nil, 0),
    ("07:00:00", "08:00:00", 1), ("09:00:00", "12:00:00", 0), ("07:00:00", "12:00:00", 1),
  ])
  func `stand at some instant of the span`(from: String, to: String?, count: Int) {
    let rule = Doors.episode("r", "08:00:00", "09:00:00")
    #expect(Self.standing(rule, from: from, to: to).count == count)
  }

  @Test func `are told as at the end of the span`() throws {
    var rule = Doors.episode("r", "08:00:00", "11:00:00")
    var changed = rule.versions[0]
    changed.at = Story.time("09:00:00")
    changed.rule.ports = ["443"]
    rule.versions.append(changed)
    let before = try #require(Self.standing(rule, from: "08:30:00").first)
    #expect(before.ports == ["22"] && before.until == nil)
    let after = try #require(Self.standing(rule, from: "08:30:00", to: "11:00:00").first)
    #expect(after.ports == ["443"] && after.until == Story.time("11:00:00"))
    #expect(Self.standing(rule, from: "09:00:00", to: "12:00:00").isEmpty)
  }

  @Test func `since before the group was seen stand at every earlier instant`() throws {
    let rule = try #require(Self.standing(Doors.episode("r", nil), from: "01:00:00").first)
    #expect(rule.since == nil && rule.author == nil && !rule.jit)
  }

  @Test func `are JIT where Defender opened for a request that was never seen`() throws {
    let grant = Doors.jit("08:00:00")
    #expect(try #require(Self.standing(grant).first).jit)
    #expect(Self.standing(grant, opening: [RuleKey(grant)]).isEmpty)
  }

  @Test func `of a firewall are none`() {
    let firewall = ResourceID(
      "/subscriptions/S1/resourceGroups/rg/providers/Microsoft.Network/azureFirewalls/f")
    let rules = Self.rules([Self.deny, Doors.jit("06:00:00", in: firewall)])
    #expect(Self.standing(Doors.episode("r", "08:00:00", in: firewall), of: rules).isEmpty)
  }

  @Test func `take the newest address by then, else the first later one`() {
    let rules = Self.rules([
      Doors.jit("08:00:00", "08:30:00", address: "10.0.0.4"),
      Doors.jit("09:00:00", "09:30:00", address: "10.0.0.5"),
    ])
    #expect(rules.address(at: Story.time("07:00:00")) == Network("10.0.0.4"))
    #expect(rules.address(at: Story.time("08:59:59")) == Network("10.0.0.4"))
    #expect(rules.address(at: Story.time("09:00:00")) == Network("10.0.0.5"))
    #expect(Self.rules([]).address(at: Story.time("09:00:00")) == nil)
  }

  @Test func `take the address of a rule that opened a window before any other`() {
    let opened = Doors.jit("08:00:00", address: "10.0.0.9")
    let rules = Self.rules(
      [opened, Doors.jit("09:00:00", address: "10.0.0.5")],
      opened: [Story.vm("vm1"): [opened]])
    #expect(rules.address(at: Story.time("10:00:00")) == Network("10.0.0.9"))
  }

  @Test func `of a shared name are of the VM that has shown the address, else of all without`() {
    let twin = ResourceID(
      "/subscriptions/S1/resourceGroups/rg-b/providers/Microsoft.Compute/virtualMachines/vm1")
    let first = Doors.jit("07:00:00", address: "10.0.0.4")
    let second = Doors.jit("08:00:00", in: Doors.group("nsg2"), address: "10.0.0.9")
    func groups(_ opened: [ResourceID: [RuleEpisode]]) -> [String] {
      Self.rules([first, second], namesakes: [twin, Story.vm("vm1")], opened: opened)
        .groups(upTo: Story.time("10:00:00")).map(\.name).sorted()
    }
    #expect(groups([:]) == ["nsg1", "nsg2"])
    #expect(groups([twin: [second]]) == ["nsg1"])
    #expect(groups([Story.vm("vm1"): [first]]) == ["nsg1"])
    #expect(groups([Story.vm("vm1"): [first], twin: [second]]) == ["nsg1"])
  }
}
