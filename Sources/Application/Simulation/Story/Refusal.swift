extension Call.Refusal {
  /// What the contract shows as the error's code.
  var code: String {
    switch self {
    case .forbidden: "AuthorizationFailed"
    case .badRequest: "InvalidJitRequest"
    case .notFound: "NotFound"
    case .conflict: "Conflict"
    }
  }

  /// The word of the HTTP status.
  var status: String {
    switch self {
    case .forbidden: "Forbidden"
    case .badRequest: "BadRequest"
    case .notFound: "NotFound"
    case .conflict: "Conflict"
    }
  }

  /// What the contract shows as the error's message.
  func message(for person: Person, on policy: Policy) -> String? {
    switch self {
    case .forbidden:
      "The client '\(person.name)' with object id '\(person.objectID.text)' does not have"
        + " authorization to perform action"
        + " 'Microsoft.Security/locations/jitNetworkAccessPolicies/initiate/action' over scope"
        + " '\(policy.id)' or the scope is invalid. If access was recently granted, please refresh"
        + " your credentials."
    case .badRequest: "The requested duration is \"longer\" than the policy allows."
    case .notFound: "The policy names a virtual machine that does not exist."
    case .conflict: nil
    }
  }

  /// The text of `statusMessage`, where there is one.
  func statusMessage(for person: Person, on policy: Policy) -> String? {
    guard let message = message(for: person, on: policy) else { return nil }
    if self == .notFound { return message }
    var json = JSONText()
    json.raw(self == .badRequest ? "{\"status\":\"Failed\",\"error\":{" : "{\"error\":{")
    json.member("code", code)
    json.member("message", message)
    json.raw("}}")
    return String(decoding: json.bytes, as: UTF8.self)
  }
}
