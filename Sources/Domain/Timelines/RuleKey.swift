public import Access

/// What tells one rule from another: group, name and beginning.
public struct RuleKey: Hashable, Sendable {
  private let nsg: ResourceID
  private let rule: String
  private let began: EventTime?

  /// The rule of an episode.
  public init(_ episode: RuleEpisode) {
    nsg = episode.nsg
    rule = episode.name.lowercased()
    began = episode.begin
  }

  /// The rule that opens a window.
  public init(_ opening: Opening) {
    nsg = opening.nsg
    rule = opening.rule.lowercased()
    began = opening.began
  }
}
