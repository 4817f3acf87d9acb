public enum MessageKind { case message, element }
public struct MessageDecoder: ~Copyable {
  public init(_ settings: DecodingSettings) {}
  public mutating func decode(_ message: RawSpan, as kind: MessageKind, into output: inout DecodedInput) {}
}
