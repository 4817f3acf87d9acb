internal import Synchronization

/// A number that only grows.
public final class Counter: Sendable {
  private let count = Atomic<UInt64>(0)

  init() {}

  /// Adds to it; what would make it smaller is left out.
  public func increment(by amount: Int = 1) {
    if amount > 0 { count.wrappingAdd(UInt64(amount), ordering: .relaxed) }
  }

  /// What it stands at.
  public var value: UInt64 { count.load(ordering: .relaxed) }
}

/// A number that goes up and down.
public final class Gauge: Sendable {
  private let bits = Atomic<UInt64>(0)

  init() {}

  /// Sets it.
  public func set(_ value: Double) { bits.store(value.bitPattern, ordering: .relaxed) }

  /// Sets it to a whole number.
  public func set(_ value: Int) { set(Double(value)) }

  /// What it stands at.
  public var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }
}
