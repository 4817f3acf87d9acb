/// What went wrong with the bodies of one record.
///
/// A record is without one body or both, but that counts once.
struct BodyTrouble {
  private(set) var reason: String?
  private(set) var bytes: [UInt8] = []
  /// Whether a body was read after a repair.
  var isRepaired = false

  /// Notes a body that cannot be read; of several the first is kept.
  mutating func note(_ reason: String, _ bytes: @autoclosure () -> [UInt8]) {
    guard let first = self.reason else {
      self.reason = reason
      self.bytes = bytes()
      return
    }
    self.reason = first + " " + reason
  }
}
