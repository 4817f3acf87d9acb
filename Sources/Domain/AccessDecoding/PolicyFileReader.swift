public import Access
internal import JSONScan

/// Why a file of policies cannot be used.
public struct PolicyFileError: Error, Hashable, CustomStringConvertible {
  /// One plain sentence.
  public let reason: String

  /// The same sentence.
  public var description: String { reason }
}

/// Reads JIT policies from a file: JSON as ARM, `az security jit-policy` or PowerShell print it.
public enum PolicyFileReader {
  /// How deep lists may stand in lists, as joined pages do.
  private static let depthLimit = 4

  /// One piece of `policyObserved` evidence for each policy, with the bytes of the policy.
  ///
  /// A file is used as a whole or not at all. Without an instant its policies were always so.
  public static func read(
    _ bytes: [UInt8], asOf instant: EventTime? = nil
  ) throws(PolicyFileError) -> [DecodedRecord] {
    let text = utf8(bytes)
    var tree = JSONTree()
    var isRepaired = false
    if let error = unsafe tree.parseMending(text.span.bytes, isRepaired: &isRepaired) {
      throw PolicyFileError(reason: "The file is not JSON: \(error).")
    }
    var nodes: [JSONNode] = []
    if let root = tree.root { try collect(tree, root, depth: 0, into: &nodes) }
    var records: [DecodedRecord] = []
    var place = 0
    for (index, node) in nodes.enumerated() {
      do throws(Unreadable) {
        let raw = tree.bytes(node)
        place = offset(of: raw, in: text, from: place)
        let evidence = try evidence(tree, node, asOf: instant ?? .epoch)
        records.append(DecodedRecord(evidence: [evidence], raw: raw, offset: place))
        place += raw.count
      } catch {
        throw PolicyFileError(reason: "Policy \(index + 1) cannot be used: \(error.reason).")
      }
    }
    return records
  }

  private static func evidence(
    _ tree: borrowing JSONTree, _ node: JSONNode, asOf instant: EventTime
  ) throws(Unreadable) -> Evidence {
    guard let id = tree.trimmedText(of: node, "id") else {
      throw Unreadable(reason: "it has no id")
    }
    let resource = ResourceID(id)
    let parts = resource.canonical.split(separator: "/")
    guard parts.count >= 2, parts[parts.count - 2] == "jitnetworkaccesspolicies" else {
      throw Unreadable(reason: "'\(id)' is no id of a JIT policy")
    }
    var evidence = Evidence(
      kind: .policyObserved, occurredAt: instant, operation: "policyobserved", phase: .other,
      resource: resource, correlationID: "")
    evidence.answeredPolicy = try PolicyBodyReader.read(tree, node)
    return evidence
  }

  /// Finds the policies in an array, in `{"value":[…]}`, in pages of these, or alone.
  private static func collect(
    _ tree: borrowing JSONTree, _ node: JSONNode, depth: Int, into nodes: inout [JSONNode]
  ) throws(PolicyFileError) {
    var list: JSONNode? = tree.kind(node) == .array ? node : nil
    if tree.kind(node) == .object, let value = tree.member(of: node, named: "value"),
      tree.kind(value) == .array
    {
      list = value
    }
    if let list, depth < depthLimit {
      var next = tree.firstChild(list)
      while let element = next {
        try collect(tree, element, depth: depth + 1, into: &nodes)
        next = tree.next(element)
      }
    } else if tree.kind(node) == .object {
      nodes.append(node)
    } else {
      throw PolicyFileError(reason: "The file holds something that is no policy.")
    }
  }

  /// Where the bytes of a policy stand; they are in the text, behind those of the one before.
  private static func offset(of raw: [UInt8], in text: [UInt8], from start: Int) -> Int {
    guard let first = raw.first, text.count >= raw.count else { return start }
    var index = start
    while index <= text.count - raw.count {
      if text[index] == first, text[index..<(index + raw.count)].elementsEqual(raw) {
        return index
      }
      index += 1
    }
    // The text was repaired, so that the policy does not stand in it as it was read.
    return start
  }

  /// The text in UTF-8; older shells write files in UTF-16 with its mark.
  private static func utf8(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.starts(with: [0xFF, 0xFE]) else { return bytes }
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map {
      UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }
}
