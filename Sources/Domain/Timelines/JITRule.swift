public import Access

/// What names and descriptions of JIT rules say (domain: Defender for Cloud's own spelling).
public enum JITRule {
  /// Whether a name is one that Defender for Cloud gives, of the old brand or the new one.
  public static func isNamedSo(_ name: String) -> Bool {
    let name = name.lowercased()
    return [
      "securitycenter-jitrule-", "securitycenter-jitrule_", "microsoftdefenderforcloud-jitrule-",
      "microsoftdefenderforcloud-jitrule_", "asc-jit", "mdc-jit",
    ].contains { name.hasPrefix($0) }
  }

  /// The policy and the VM that a description names, in lower case.
  public struct Subject: Hashable, Sendable {
    /// The name of the policy.
    public let policy: String
    /// The name of the VM.
    public let vm: String
  }

  /// What `… for policy 'default' of VM 'vm1'.` names, or nil where a text names nothing.
  public static func subject(of text: String?) -> Subject? {
    guard let text = text?.lowercased(), let first = text.range(of: "policy '"),
      let middle = text[first.upperBound...].range(of: "' of vm '"),
      let last = text[middle.upperBound...].lastIndex(of: "'")
    else { return nil }
    let policy = text[first.upperBound..<middle.lowerBound]
    let vm = text[middle.upperBound..<last]
    return policy.isEmpty || vm.isEmpty ? nil : Subject(policy: String(policy), vm: String(vm))
  }
}

extension RuleEpisode {
  /// What the rule's text names, whichever version of it.
  public var subject: JITRule.Subject? {
    versions.lazy.compactMap { JITRule.subject(of: $0.rule.text) }.first
  }

  /// True for a rule of a network security group, not of a firewall.
  public var isOfNSG: Bool { !nsg.canonical.contains("/azurefirewalls/") }

  /// True for a grant: a JIT allow rule that Defender for Cloud began, or may have begun.
  public var isGrant: Bool {
    byDefender && isOfNSG && versions[0].rule.isInboundAllow && JITRule.isNamedSo(name)
  }
}

extension StringProtocol {
  /// The first place of a text in this one; the standard library has no plainer way without
  /// regular expressions.
  fileprivate func range(of wanted: String) -> Range<Index>? { firstRange(of: wanted) }
}
