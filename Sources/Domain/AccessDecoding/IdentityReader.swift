internal import Access
internal import JSONScan

/// What a record's `identity` says about its caller.
struct IdentityReader {
  private(set) var scope: String?
  private(set) var role: String?
  private(set) var claims = Claims()

  /// Reads an identity; its claims may be an object or JSON text.
  init(
    _ tree: borrowing JSONTree, _ identity: JSONNode, claimsTree: inout JSONTree,
    isRepaired: inout Bool
  ) {
    if let node = tree.member(of: identity, named: "claims") {
      switch Nested.locate(node, in: tree, parsingInto: &claimsTree, isRepaired: &isRepaired) {
      case .inPlace(let node): readClaims(tree, node)
      case .inText(let node): readClaims(claimsTree, node)
      case .absent, .unreadable: break
      }
    }
    guard let authorization = tree.member(of: identity, named: "authorization") else { return }
    scope = tree.trimmedText(of: authorization, "scope")
    guard let evidence = tree.member(of: authorization, named: "evidence") else { return }
    role = tree.trimmedText(of: evidence, "role")
    claims.principalType = tree.trimmedText(of: evidence, "principalType")
  }

  private mutating func readClaims(_ tree: borrowing JSONTree, _ node: JSONNode) {
    claims.userPrincipalName =
      tree.trimmedText(of: node, "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn")
      ?? tree.trimmedText(of: node, "upn")
    claims.nameClaim = tree.trimmedText(
      of: node, "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name")
    claims.emailAddress = tree.trimmedText(
      of: node, "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress")
    claims.displayName = tree.trimmedText(of: node, "name")
    claims.objectID = tree.trimmedText(
      of: node, "http://schemas.microsoft.com/identity/claims/objectidentifier")
    claims.appID = tree.trimmedText(of: node, "appid")
    claims.idType = tree.trimmedText(of: node, "idtyp")
  }
}
