public import Access

/// Where reading of a partition goes on.
public struct PartitionPosition: Hashable, Sendable {
  /// The partition.
  public var partition: Int32
  /// The offset of the next message to read.
  public var nextOffset: Int64
  /// The end of the partition as it was last seen.
  public var endOffset: Int64
  /// The newest `occurredAt` that moves stream time, of what was read.
  public var newestAt: EventTime?

  /// A place in a partition.
  public init(partition: Int32, nextOffset: Int64, endOffset: Int64, newestAt: EventTime?) {
    self.partition = partition
    self.nextOffset = nextOffset
    self.endOffset = endOffset
    self.newestAt = newestAt
  }
}

/// How a file looked when it was imported, and where reading of it ended.
public struct FilePosition: Hashable, Sendable {
  /// The absolute path.
  public var path: String
  /// The device that holds the file.
  public var device: Int64
  /// The file's number on the device.
  public var inode: Int64
  /// SHA-256 of the first 64 KiB, in hex.
  public var head: String
  /// Bytes.
  public var size: Int64
  /// Change time in nanoseconds since 1970.
  public var modified: Int64
  /// Where reading ended.
  public var nextOffset: Int64
  /// SHA-256 of the 64 KiB before the place where reading ended, in hex.
  public var tail: String
  /// The version of the decoder that read it.
  public var decoder: Int

  /// A file as it was found, or as it was left.
  public init(
    path: String, device: Int64, inode: Int64, head: String, size: Int64, modified: Int64,
    nextOffset: Int64, tail: String, decoder: Int
  ) {
    self.path = path
    self.device = device
    self.inode = inode
    self.head = head
    self.size = size
    self.modified = modified
    self.nextOffset = nextOffset
    self.tail = tail
    self.decoder = decoder
  }
}
