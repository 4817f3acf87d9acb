internal import Access
internal import JSONScan

/// Reads writes of VM extensions: only some of them are a way into the VM.
enum ExtensionReader {
  /// How the names of the types begin that run commands or change passwords, in lower case.
  private static let beginnings = ["vmaccess", "enablevmaccess", "customscript"]

  /// Takes what the properties add; a type that is no way in is not evidence, unless the name is.
  static func read(
    _ tree: borrowing JSONTree, _ properties: JSONNode, _ draft: inout EvidenceDraft,
    _ bodyTree: inout JSONTree
  ) {
    let asked = draft.body(.request, tree, properties, &bodyTree, as: type)
    let answered = draft.body(.response, tree, properties, &bodyTree, as: type)
    draft.evidence.extensionType = answered ?? asked
    let types = [asked, answered].compactMap { $0 }
    guard !types.isEmpty else { return }
    draft.isRelevant = (types + [draft.evidence.resource.name]).contains(where: isWayIn)
  }

  private static func isWayIn(_ text: String) -> Bool {
    let text = text.lowercased()
    return beginnings.contains { text.hasPrefix($0) }
  }

  private static func type(
    _ tree: borrowing JSONTree, _ body: JSONNode
  ) throws(Unreadable) -> String? {
    guard tree.kind(body) == .object else { throw Unreadable(reason: "it is no object") }
    // Beside the properties stands the type of the resource, which all extensions share.
    guard let properties = tree.value(of: body, "properties") else { return nil }
    guard tree.kind(properties) == .object else {
      throw Unreadable(reason: "its properties are no object")
    }
    guard let node = tree.value(of: properties, "type") else { return nil }
    guard let text = tree.string(node).map(Blank.trimmed) else {
      throw Unreadable(reason: "its type is no text")
    }
    return text
  }
}

/// Which diagnostic settings export the activity log itself.
enum DiagnosticScope {
  /// True for a setting of a subscription or of a management group, not of one resource.
  static func isOfTheLog(_ resource: ResourceID) -> Bool {
    var parts = resource.canonical.split(separator: "/")
    guard parts.count > 4, parts[parts.count - 3] == "microsoft.insights",
      parts[parts.count - 2] == "diagnosticsettings"
    else { return false }
    parts.removeLast(3)
    guard parts.removeLast() == "providers" else { return false }
    return parts.count == 2 && parts[0] == "subscriptions"
      || parts.count == 4 && parts[0] == "providers" && parts[1] == "microsoft.management"
        && parts[2] == "managementgroups"
  }
}
