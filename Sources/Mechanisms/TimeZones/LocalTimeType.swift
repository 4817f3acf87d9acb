/// One way in which a zone sets its clocks.
struct LocalTimeType: Hashable, Sendable {
  var offset: Int
  var isDaylightSaving: Bool
  var abbreviation: String
}
