public import Access
public struct DecodingSettings: Hashable, Sendable {
  public var initiateOperations: Set<String> = []
  public static let version = 1
  public init() {}
}
public struct DecodedRecord: Sendable {
  public var evidence: [Evidence] = []
  public var raw: [UInt8] = []
  public var offset = 0
  public var rejectedBodies: [RejectedInput] = []
}
public struct DecodedInput: Sendable {
  public var records: [DecodedRecord] = []
  public var rejects: [RejectedInput] = []
  public var counts = RecordCounts()
  public var newestOccurredAt: EventTime?
  public init() {}
  public mutating func reset() { self = DecodedInput() }
}
public enum MessageKind { case message, element }
public struct MessageDecoder: ~Copyable {
  public init(_ settings: DecodingSettings) {}
  public mutating func decode(_ message: RawSpan, as kind: MessageKind, into output: inout DecodedInput) {}
  public mutating func reject(oversized: RawSpan, length: Int, into output: inout DecodedInput) {}
}
