public import Access

/// Follows the rules of one network security group from call to call (semantics 3).
///
/// Calls are applied in the order of time. What a call does depends on those before it only, so the
/// fold can go on from any instant whose state is known.
public struct RuleSetFold: Hashable, Sendable {
  /// What tells one rule of a group from another.
  public struct Key: Hashable, Sendable {
    /// The name in lower case.
    public let name: String
    /// `allow` or `deny`.
    public let access: String
    /// `inbound` or `outbound`.
    public let direction: String

    /// The key of a rule.
    public init(_ rule: NetworkRule) {
      name = rule.name.lowercased()
      access = rule.access
      direction = rule.direction
    }
  }

  /// The group.
  public let nsg: ResourceID
  /// True once all rules of the group are known.
  public var isKnown: Bool
  /// The rules that stand.
  public var live: [Key: RuleEpisode]
  /// Those that are gone, since this was emptied last.
  public var ended: [RuleEpisode] = []

  /// A group of which nothing was seen.
  public init(nsg: ResourceID, isKnown: Bool = false, live: [RuleEpisode] = []) {
    self.nsg = nsg
    self.isKnown = isKnown
    self.live = Dictionary(
      live.map { (Key($0.versions[0].rule), $0) }, uniquingKeysWith: { $1 })
  }

  /// All episodes of a group, by time.
  public static func episodes(of calls: [RuleCall]) -> [RuleEpisode] {
    guard let nsg = calls.first?.nsg else { return [] }
    var fold = RuleSetFold(nsg: nsg)
    for call in calls { fold.apply(call) }
    return (fold.ended + fold.live.values).sorted(by: RuleEpisode.precedes)
  }

  /// Takes the next call.
  public mutating func apply(_ call: RuleCall) {
    if call.isFailed { return }
    switch call.effect {
    case .whole(let rules?, let created): replace(by: rules, created: created, in: call)
    case .whole(nil, _):
      if call.isDefender { noteBlank(at: call.at) }
    case .gone:
      for key in live.keys { end(key, in: call) }
      isKnown = true
    case .written(let rules?, _):
      for rule in rules { write(rule, in: call) }
    case .written(nil, let name):
      for key in live.keys where key.name == name { live[key]?.refute(at: call.at) }
    case .removed(let name):
      for key in live.keys where key.name == name {
        live[key]?.refute(at: call.at)
        end(key, in: call)
      }
    }
  }

  private mutating func replace(by rules: [NetworkRule], created: Bool, in call: RuleCall) {
    let isFirstSight = !isKnown && !created
    let shown = Set(rules.map(Key.init))
    // What was written one by one is no first sight, also where it now lets in what it kept out.
    let names = Set(live.keys.map(\.name))
    for key in live.keys where !shown.contains(key) { end(key, in: call) }
    var done: Set<Key> = []
    for rule in rules where done.insert(Key(rule)).inserted {
      if live[Key(rule)] != nil {
        show(rule, in: call)
      } else if isFirstSight, !names.contains(Key(rule).name) {
        find(rule, in: call)
      } else {
        begin(rule, in: call)
      }
    }
    isKnown = true
  }

  private mutating func write(_ rule: NetworkRule, in call: RuleCall) {
    let key = Key(rule)
    // A name stands once in a group: under another access or direction it is another rule.
    for other in live.keys where other.name == key.name && other != key { end(other, in: call) }
    if live[key] == nil { begin(rule, in: call) } else { show(rule, in: call) }
  }

  private mutating func begin(_ rule: NetworkRule, in call: RuleCall) {
    var episode = RuleEpisode(
      nsg: nsg, first: version(rule, in: call), begin: call.at, author: call.writer)
    if call.isDefender {
      episode.byDefender = JITRule.isNamedSo(rule.name)
      // Somebody's own record is missing: Defender only wrote the rule back.
      if !episode.byDefender { episode.author = nil }
    }
    live[Key(rule)] = episode
  }

  /// A rule that was there when the group was first seen.
  private mutating func find(_ rule: NetworkRule, in call: RuleCall) {
    var episode = RuleEpisode(
      nsg: nsg, first: version(rule, in: call), begin: nil, author: nil)
    if call.isDefender, JITRule.isNamedSo(rule.name), rule.isInboundAllow, episode.isOfNSG {
      episode.isAtFirstSight = true
      episode.byDefender = true
      episode.author = call.writer
      episode.begin = call.at
    }
    live[Key(rule)] = episode
  }

  private mutating func show(_ rule: NetworkRule, in call: RuleCall) {
    guard var episode = live[Key(rule)], let last = episode.versions.last else { return }
    episode.refute(at: call.at)
    if last.rule.content == rule.content {
      live[Key(rule)] = episode
    } else if episode.isContinued(by: call) {
      episode.versions.append(version(rule, in: call))
      live[Key(rule)] = episode
    } else {
      live[Key(rule)] = episode
      end(Key(rule), in: call)
      begin(rule, in: call)
    }
  }

  private mutating func end(_ key: Key, in call: RuleCall) {
    guard var episode = live.removeValue(forKey: key) else { return }
    // What begins and ends at one instant never stood.
    if episode.begin == call.at { return }
    episode.end = call.at
    episode.remover = call.writer
    episode.endEvidence = call.evidence
    ended.append(episode)
  }

  private mutating func noteBlank(at instant: EventTime) {
    for (key, episode) in live where episode.isGrant {
      live[key]?.blanks.append(Opening.Presumption(at: instant, refutedAt: nil))
    }
  }

  private func version(_ rule: NetworkRule, in call: RuleCall) -> RuleEpisode.Version {
    RuleEpisode.Version(at: call.at, rule: rule, writer: call.writer, evidence: call.evidence)
  }
}

extension RuleEpisode {
  /// Whether a change by this call goes on with the episode: by its author, or Defender's of a
  /// JIT-like rule that has none.
  fileprivate func isContinued(by call: RuleCall) -> Bool {
    if call.isDefender { return byDefender || author == nil && JITRule.isNamedSo(name) }
    guard let author, !byDefender else { return false }
    return author.ownIdentity == call.writer.ownIdentity
  }

  /// A record that has the rule by name: it was not gone.
  fileprivate mutating func refute(at instant: EventTime) {
    for index in blanks.indices where blanks[index].refutedAt == nil {
      blanks[index].refutedAt = instant
    }
  }
}
