/// People who work alike: where they live, when they work.
struct Team: Sendable {
  /// What stands behind the `@` of their names.
  let domain: String
  /// Their zone, where the settings have one for them.
  let zone: Zone?
  /// Their own working hours, where the settings have some for them.
  let week: WorkingWeek?
  /// True for people who are expected at any hour.
  let onCall: Bool
  /// How many of them there are, in proportion to the others.
  let weight: Int

  /// The hours of everybody who has none of their own.
  static let week = WorkingWeek(0...4, [480..<1080])
  /// The zone of everybody who has none of their own.
  static let zone = Zone.berlin

  /// All teams; the settings list those with something of their own in this order.
  static let all = [
    Team(domain: "contoso.com", zone: nil, week: nil, onCall: false, weight: 12),
    Team(domain: "us.contoso.com", zone: .newYork, week: nil, onCall: false, weight: 5),
    Team(domain: "jp.contoso.com", zone: .tokyo, week: nil, onCall: false, weight: 4),
    Team(
      domain: "in.contoso.com", zone: .kolkata,
      week: WorkingWeek(0...5, [570..<780, 840..<1140]), onCall: false, weight: 4),
    Team(
      domain: "night.contoso.com", zone: .berlin, week: WorkingWeek(0...4, [1320..<1800]),
      onCall: false, weight: 3),
    Team(domain: "oncall.contoso.com", zone: nil, week: nil, onCall: true, weight: 2),
    Team(domain: "partner.example", zone: nil, week: nil, onCall: false, weight: 2),
  ]
  /// The team without anything of its own.
  static let staff = 0
  /// The team that is expected at any hour.
  static let onCall = 5
  /// The guests.
  static let guests = 6
}
