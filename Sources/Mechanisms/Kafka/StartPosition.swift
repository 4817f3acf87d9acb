internal import CRdKafka

/// Where the consumption of a partition begins.
public enum StartPosition: Sendable, Hashable {
  /// With the oldest record that the broker holds.
  case earliest
  /// With the next record to be written.
  case latest
  /// With this record.
  case offset(Int64)

  var libraryOffset: Int64 {
    switch self {
    case .earliest: Int64(RD_KAFKA_OFFSET_BEGINNING)
    case .latest: Int64(RD_KAFKA_OFFSET_END)
    case .offset(let offset): offset
    }
  }
}

/// Which offsets a broker holds of a partition.
public struct Watermarks: Sendable, Hashable {
  /// The oldest record still there.
  public let low: Int64
  /// The next record to be written.
  public let high: Int64

  /// Watermarks as a broker told them.
  public init(low: Int64, high: Int64) {
    self.low = low
    self.high = high
  }
}
