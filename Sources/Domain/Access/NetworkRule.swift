/// One rule of a network security group, or of a classic Azure Firewall, as a record shows it.
public struct NetworkRule: Hashable, Sendable {
  /// The name as it was written; names compare without case.
  public var name: String
  /// The description, where there is one: Defender for Cloud names policy and VM in it.
  public var text: String?
  /// `allow` or `deny`.
  public var access: String
  /// `inbound` or `outbound`.
  public var direction: String
  /// The protocol as it was written.
  public var protocolName: String
  /// The destination ports and ranges as they were written.
  public var ports: [String]
  /// The sources as they were written.
  public var sources: [String]
  /// The destinations as they were written.
  public var destinations: [String]

  /// A rule with these parts.
  public init(
    name: String, text: String? = nil, access: String, direction: String, protocolName: String,
    ports: [String], sources: [String], destinations: [String]
  ) {
    self.name = name
    self.text = text
    self.access = access
    self.direction = direction
    self.protocolName = protocolName
    self.ports = ports
    self.sources = sources
    self.destinations = destinations
  }

  /// True for a rule that lets traffic in.
  public var isInboundAllow: Bool { access == "allow" && direction == "inbound" }

  /// What decides whether a rule has changed: neither priority nor description.
  public struct Content: Hashable, Sendable {
    /// The protocol in lower case, `*` for any.
    public let protocolName: String
    /// Ports in order, without repetition.
    public let ports: [String]
    /// Sources in order, without repetition.
    public let sources: [String]
    /// Destinations in order, without repetition.
    public let destinations: [String]

    fileprivate init(_ rule: NetworkRule) {
      protocolName = NetworkRule.normalised(rule.protocolName)
      ports = NetworkRule.normalised(rule.ports)
      sources = NetworkRule.normalised(rule.sources)
      destinations = NetworkRule.normalised(rule.destinations)
    }
  }

  /// The content in one form, whatever case, order or spelling it was written in.
  public var content: Content { Content(self) }

  /// Addresses, ranges and tags in one form: case, order, `/32` of one address, `Any` = `*`.
  public static func normalised(_ texts: [String]) -> [String] {
    Set(texts.map(normalised)).sorted()
  }

  private static func normalised(_ text: String) -> String {
    let text = (text.withoutOuterBlanks ?? "").lowercased()
    if text == "any" { return "*" }
    // Of an IPv6 address /32 would be a wide prefix.
    return text.hasSuffix("/32") && !text.contains(":") ? String(text.dropLast(3)) : text
  }
}
