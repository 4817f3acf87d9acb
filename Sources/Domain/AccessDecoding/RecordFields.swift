internal import Access
internal import JSONScan

/// What every record says in the same way, whatever it is evidence of.
struct RecordFields {
  let occurredAt: EventTime
  let resourceText: String
  let phase: Phase
  let correlationID: String
  let callerAddress: String?

  /// Reads a record; without an instant and a resource it cannot be used.
  init(_ tree: borrowing JSONTree, _ record: JSONNode) throws(Unreadable) {
    guard let time = tree.value(of: record, "time") else {
      throw Unreadable(reason: "it has no time")
    }
    guard let instant = tree.time(time) else {
      throw Unreadable(reason: "its time cannot be read")
    }
    guard let resource = tree.trimmedText(of: record, "resourceId") else {
      throw Unreadable(reason: "it has no resourceId")
    }
    occurredAt = instant
    resourceText = resource
    phase = tree.text(of: record, "resultType").map(Phase.init(word:)) ?? .other
    correlationID = RecordFields.correlationID(tree.trimmedText(of: record, "correlationId"))
    callerAddress = tree.text(of: record, "callerIpAddress").flatMap(CallerAddress.parse)
  }

  /// The resource in the most readable case of the variants that are the same id.
  func resource(entity: String?, scope: String?) -> ResourceID {
    let resource = ResourceID(resourceText)
    var display = resourceText
    for variant in [entity, scope] {
      guard let variant, variant.lowercased() == resource.canonical else { continue }
      display = ResourceID.moreReadable(display, variant)
    }
    return ResourceID(canonical: resource.canonical, display: display)
  }

  /// The id in lower case; one of zeros only is none.
  private static func correlationID(_ text: String?) -> String {
    guard let text, !text.utf8.allSatisfy({ $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "-") })
    else { return "" }
    return text.lowercased()
  }
}

extension Phase {
  /// The phase that a status word of any export means.
  init(word: String) {
    var word = Blank.trimmed(word).lowercased()
    if word.utf8.last == UInt8(ascii: ".") { word.removeLast() }
    switch word {
    case "start", "started": self = .start
    case "accept", "accepted": self = .accept
    case "success", "succeeded": self = .success
    case "failure", "failed": self = .failure
    default: self = .other
    }
  }
}
