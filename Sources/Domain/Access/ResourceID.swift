/// An Azure resource id: compared in lower case, shown in the most readable case seen.
public struct ResourceID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The id in lower case, which is its identity.
  public let canonical: String
  /// The id as it is shown to people.
  public let display: String

  /// An id as a record wrote it.
  public init(_ text: String) {
    display = text
    canonical = text.lowercased()
  }

  /// An id with a display variant that was chosen before.
  public init(canonical: String, display: String) {
    self.canonical = canonical
    self.display = display
  }

  /// The same resource, in any case.
  public static func == (left: ResourceID, right: ResourceID) -> Bool {
    left.canonical == right.canonical
  }

  /// By the id in lower case.
  public static func < (left: ResourceID, right: ResourceID) -> Bool {
    left.canonical < right.canonical
  }

  /// Hashes the id in lower case.
  public func hash(into hasher: inout Hasher) { hasher.combine(canonical) }

  /// The id as it is shown to people.
  public var description: String { display }

  /// The last segment as it is shown: the name of the resource.
  public var name: String {
    // By bytes: ids are asked for their names at every step, and characters cost ten times that.
    let bytes = display.utf8
    guard let last = bytes.lastIndex(where: { $0 != slash }) else { return display }
    let start = bytes[..<last].lastIndex(of: slash).map { bytes.index(after: $0) }
    return String(display[(start ?? bytes.startIndex)...last])
  }

  /// The text after `/subscriptions/`, in lower case, or nil where the id has none.
  public var subscription: String? { segment(after: "subscriptions") }

  /// The resource group in lower case, or nil where the id has none.
  public var resourceGroup: String? { segment(after: "resourcegroups") }

  /// True for `…/providers/microsoft.compute/virtualmachines/NAME`.
  public var isVirtualMachine: Bool {
    let parts = segments(canonical)
    guard parts.count >= 3 else { return false }
    return parts[parts.count - 3] == "microsoft.compute"
      && parts[parts.count - 2] == "virtualmachines"
  }

  /// The VM that this is, or that this is a part of; nil where it is neither.
  public var virtualMachine: ResourceID? {
    let parts = segments(display)
    let lowered = parts.map { $0.lowercased() }
    let places = lowered.indices.dropLast(2).filter {
      lowered[$0] == "microsoft.compute" && lowered[$0 + 1] == "virtualmachines"
    }
    guard let place = places.first else { return nil }
    return ResourceID("/" + parts[...(place + 2)].joined(separator: "/"))
  }

  /// The same id without its last two segments: what a child resource belongs to.
  public var parent: ResourceID {
    let parts = segments(display)
    return ResourceID("/" + parts.dropLast(2).joined(separator: "/"))
  }

  /// The same id with the more readable of both display variants.
  public func merging(_ other: ResourceID) -> ResourceID {
    ResourceID(
      canonical: canonical, display: ResourceID.moreReadable(display, other.display))
  }

  /// The variant with both cases present, most lower-case letters first, then smallest bytes.
  public static func moreReadable(_ first: String, _ second: String) -> String {
    if first == second { return first }
    let (left, right) = (CaseCount(first), CaseCount(second))
    if left.isMixed != right.isMixed { return left.isMixed ? first : second }
    if left.lower != right.lower { return left.lower > right.lower ? first : second }
    return first.utf8.lexicographicallyPrecedes(second.utf8) ? first : second
  }

  private func segment(after key: String) -> String? {
    let bytes = canonical.utf8
    var isNext = false
    var start = bytes.startIndex
    while start < bytes.endIndex {
      let end = bytes[start...].firstIndex(of: slash) ?? bytes.endIndex
      if start < end {
        if isNext { return String(canonical[start..<end]) }
        isNext = bytes[start..<end].elementsEqual(key.utf8)
      }
      if end == bytes.endIndex { break }
      start = bytes.index(after: end)
    }
    return nil
  }
}

private let slash = UInt8(ascii: "/")

private struct CaseCount {
  var lower = 0
  var upper = 0

  init(_ text: String) {
    for byte in text.utf8 {
      if byte >= 0x61 && byte <= 0x7A { lower += 1 }
      if byte >= 0x41 && byte <= 0x5A { upper += 1 }
    }
  }

  var isMixed: Bool { lower > 0 && upper > 0 }
}

/// The parts between slashes, cut at bytes: a mark that combines with a slash joins nothing.
private func segments(_ text: String) -> [Substring] {
  text.utf8.split(separator: slash).map(Substring.init)
}
