import Foundation

/// How large the acceptance tests are: small in the gate, a million records in `make acceptance`.
enum AcceptanceSize {
  static let records = number("RECORDS") ?? 20_000
  static let kills = number("KILLS") ?? 3
  /// Where chance begins; printed, and given by `SEED` to see the same again.
  static let seed = number("SEED").map { UInt64($0) } ?? UInt64.random(in: 1...1_000_000)

  /// How long one command may take.
  static var patience: Duration { .seconds(120 + records / 1_000) }

  private static func number(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }
}

/// Chance that can be repeated (SplitMix64).
struct SeededChance: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
