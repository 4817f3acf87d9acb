public import Access

/// What of the settings decides requests, windows and timelines.
public struct BooksSettings: Hashable, Sendable {
  /// The application ids of Defender for Cloud, in lower case.
  public var defender: Set<String>
  /// How long after a window's end its rule may still stand.
  public var grace: TimeSpan

  /// Defender's application as it is known, and a quarter of an hour.
  public init(
    defender: Set<String> = ["8edd93e1-2103-40b4-bd70-6e34e586362d"],
    grace: TimeSpan = AccessWindow.usualGrace
  ) {
    self.defender = defender
    self.grace = grace
  }
}
