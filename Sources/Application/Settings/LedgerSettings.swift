/// Where and how the ledger is kept.
public struct LedgerSettings: Hashable, Sendable {
  /// The path of the database.
  public var path: String
  /// The permissions of the files that are made.
  public var mode: UInt32
  /// Whether the bytes of the records that are evidence are kept.
  public var keepRaw: Bool
  /// For how many days those bytes are kept.
  public var retentionDays: Int

  /// A ledger in the working directory, unless said otherwise.
  public init(
    path: String = "gatebook.db", mode: UInt32 = 0o600, keepRaw: Bool = true,
    retentionDays: Int = 400
  ) {
    self.path = path
    self.mode = mode
    self.keepRaw = keepRaw
    self.retentionDays = retentionDays
  }
}
