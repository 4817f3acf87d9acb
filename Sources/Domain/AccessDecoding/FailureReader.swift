internal import Access
internal import JSONScan

/// Collects what a failed call's record says about the failure, and chooses the best of it.
struct FailureReader {
  private let signatureCode: String?
  private let description: String?
  private var statusCode: String?
  private var statusText: String?
  private var bodyCode: String?
  private var bodyMessage: String?

  /// Takes what stands in the record itself.
  init(_ tree: borrowing JSONTree, _ record: JSONNode) {
    signatureCode = tree.text(of: record, "resultSignature").flatMap(FailureReader.secondHalf)
    description = tree.trimmedText(of: record, "resultDescription")
  }

  /// The failure as it is told: the body's code and message first.
  var detail: ErrorDetail {
    ErrorDetail(
      code: bodyCode ?? signatureCode ?? statusCode,
      message: bodyMessage ?? statusText ?? description)
  }

  /// The error object of a body of the shape `{"error":{…}}`; nil when the body has another one.
  static func errorObject(_ tree: borrowing JSONTree, _ body: JSONNode) -> JSONNode? {
    guard let error = tree.member(of: body, named: "error"), tree.kind(error) == .object else {
      return nil
    }
    return error
  }

  /// Takes code and message of an error object; what a body before it said stays.
  mutating func take(_ tree: borrowing JSONTree, error: JSONNode) {
    bodyCode = bodyCode ?? FailureReader.word(tree, error, "code")
    bodyMessage = bodyMessage ?? tree.text(of: error, "message")
  }

  /// Takes `statusCode` and `statusMessage`, which is JSON or plain text.
  mutating func takeStatus(
    _ tree: borrowing JSONTree, _ properties: JSONNode, bodyTree: inout JSONTree
  ) {
    statusCode = FailureReader.word(tree, properties, "statusCode")
    guard let message = tree.value(of: properties, "statusMessage") else { return }
    var isRepaired = false
    switch Nested.locate(message, in: tree, parsingInto: &bodyTree, isRepaired: &isRepaired) {
    case .absent: return
    case .inPlace(let node):
      if let error = FailureReader.statusError(tree, node) {
        return take(tree, error: error)
      }
    case .inText(let node):
      if let error = FailureReader.statusError(bodyTree, node) {
        return take(bodyTree, error: error)
      }
    case .unreadable: break
    }
    statusText = String(decoding: tree.bytes(message), as: UTF8.self)
  }

  /// The error object of a status message: it may stand without the `error` around it.
  private static func statusError(_ tree: borrowing JSONTree, _ body: JSONNode) -> JSONNode? {
    if let error = errorObject(tree, body) { return error }
    guard tree.kind(body) == .object else { return nil }
    return word(tree, body, "code") == nil ? nil : body
  }

  /// A word, or a number as it is written.
  private static func word(
    _ tree: borrowing JSONTree, _ node: JSONNode, _ name: StaticString
  ) -> String? {
    guard let value = tree.value(of: node, name) else { return nil }
    return tree.numberText(value) ?? tree.string(value).map(Blank.trimmed)
  }

  /// What follows the dot of `Failed.NotFound`.
  private static func secondHalf(_ signature: String) -> String? {
    guard let dot = signature.firstIndex(of: ".") else { return nil }
    let half = Blank.trimmed(String(signature[signature.index(after: dot)...]))
    return half.isEmpty ? nil : half
  }
}
