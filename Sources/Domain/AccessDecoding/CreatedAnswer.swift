internal import JSONScan

/// Whether an answer says that the call has made its resource: `Created` or `201`.
enum CreatedAnswer {
  /// By the record: the second half of `resultSignature`, or `subStatus`, which may be an object.
  static func isStated(record: JSONNode, _ tree: borrowing JSONTree) -> Bool {
    if let signature = tree.text(of: record, "resultSignature") {
      let half = signature.split(separator: ".", omittingEmptySubsequences: false).last
      if isCreated(half.map(String.init)) { return true }
    }
    guard let status = tree.value(of: record, "subStatus") else { return false }
    return isCreated(tree.string(status) ?? tree.numberText(status))
      || isCreated(tree.text(of: status, "value"))
  }

  /// By the properties: `statusCode`, a word or a number.
  static func isStated(properties: JSONNode, _ tree: borrowing JSONTree) -> Bool {
    guard let code = tree.value(of: properties, "statusCode") else { return false }
    return isCreated(tree.string(code) ?? tree.numberText(code))
  }

  private static func isCreated(_ text: String?) -> Bool {
    guard let text else { return false }
    let word = Blank.trimmed(text).lowercased()
    return word == "created" || word == "201" || word.hasPrefix("created (")
  }
}
