internal import Hashing

/// SHA-256 over a result that is written bit by bit, as 64 hex digits.
public struct ResultHash: ~Copyable {
  private var running = RunningSHA256()

  /// Nothing written yet.
  public init() {}

  /// The hash of some bytes.
  public static func of(_ bytes: [UInt8]) -> String { SHA256.digest(of: bytes).hex }

  /// Adds bytes.
  public mutating func add(_ bytes: [UInt8]) { running.update(bytes) }

  /// Adds a text.
  public mutating func add(_ text: String) { running.update(text) }

  /// The hash of everything that was added.
  public mutating func finish() -> String { running.finish().hex }
}
