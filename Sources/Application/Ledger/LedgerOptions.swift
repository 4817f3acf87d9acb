/// How a ledger is kept.
public struct LedgerOptions: Sendable {
  /// The permissions of the file when it is made.
  public var mode: UInt32
  /// True when the raw bytes of records are kept.
  public var keepsRaw: Bool
  /// True when a migration first writes a copy of the older ledger.
  public var makesBackup: Bool
  /// How many bytes of rejected input are kept altogether; the oldest go first.
  public var rejectBytesLimit: Int64

  /// Options with their defaults.
  public init(
    mode: UInt32 = 0o600, keepsRaw: Bool = true, makesBackup: Bool = true,
    rejectBytesLimit: Int64 = 1 << 30
  ) {
    self.mode = mode
    self.keepsRaw = keepsRaw
    self.makesBackup = makesBackup
    self.rejectBytesLimit = rejectBytesLimit
  }
}
