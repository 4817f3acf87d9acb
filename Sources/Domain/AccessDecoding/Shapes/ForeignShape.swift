internal import JSONScan

/// The shapes that the activity log and Bastion's sessions have elsewhere, told apart by keys.
enum ForeignShape {
  /// Of the REST interface, and of the command line and the libraries that print it.
  case rest
  /// A row of the activity log in Log Analytics or of the portal.
  case activityRow
  /// A row of Bastion's sessions.
  case sessionRow
  /// A row of another table.
  case otherRow

  /// The shape of a record, or nil when it is a hub's or nothing that is known.
  init?(_ tree: borrowing JSONTree, _ root: JSONNode) {
    if ForeignShape.isREST(tree, root) {
      self = .rest
      return
    }
    let hasTime = tree.member(of: root, named: "TimeGenerated") != nil
    guard hasTime || tree.member(of: root, named: "OperationNameValue") != nil else { return nil }
    switch (tree.text(of: root, "Type") ?? tree.text(of: root, "$table"))?.lowercased() {
    case "azureactivity": self = .activityRow
    case "microsoftazurebastionauditlogs": self = .sessionRow
    case let type:
      if ForeignShape.isSession(tree, root) {
        self = .sessionRow
      } else if type == nil || type == "primaryresult" {
        // A query may have left out the column that names the table.
        guard ForeignShape.isActivity(tree, root) else { return nil }
        self = .activityRow
      } else {
        self = .otherRow
      }
    }
  }

  private static func isREST(_ tree: borrowing JSONTree, _ root: JSONNode) -> Bool {
    if tree.member(of: root, named: "eventTimestamp") != nil { return true }
    if tree.member(of: root, named: "event_timestamp") != nil { return true }
    guard let name = tree.member(of: root, named: "operationName") else { return false }
    return tree.kind(name) == .object && tree.member(of: name, named: "value") != nil
  }

  private static func isSession(_ tree: borrowing JSONTree, _ root: JSONNode) -> Bool {
    if let category = tree.value(of: root, "Category") {
      return tree.withStringBytes(category) { SessionReader.isCategory($0) } ?? false
    }
    return tree.member(of: root, named: "TargetResourceId") != nil
      && (tree.member(of: root, named: "TunnelId") != nil
        || tree.member(of: root, named: "UserName") != nil
        || tree.member(of: root, named: "TargetVMIPAddress") != nil)
  }

  private static func isActivity(_ tree: borrowing JSONTree, _ root: JSONNode) -> Bool {
    for name: StaticString in [
      "OperationNameValue", "ActivityStatusValue", "ActivityStatus", "CategoryValue",
      "ActivitySubstatusValue", "ActivitySubstatus",
    ] where tree.member(of: root, named: name) != nil {
      return true
    }
    return false
  }
}

/// Under which keys a shape has what a hub's record says; of several the first that says something.
protocol ForeignKeys {
  static var time: [StaticString] { get }
  static var operation: [StaticString] { get }
  static var title: [StaticString] { get }
  static var category: [StaticString] { get }
  static var status: [StaticString] { get }
  static var subStatus: [StaticString] { get }
  static var resource: [StaticString] { get }
  static var resourceType: [StaticString] { get }
  static var callerAddress: [StaticString] { get }
  static var request: [StaticString] { get }
  static var correlation: [StaticString] { get }
  static var description: [StaticString] { get }
  static var caller: [StaticString] { get }
  static var claims: [StaticString] { get }
  static var authorization: [StaticString] { get }
  static var properties: [StaticString] { get }
  static var eventName: [StaticString] { get }
}

/// The REST interface's keys; libraries write some of them with underscores.
enum RESTKeys: ForeignKeys {
  static let time: [StaticString] = ["eventTimestamp", "event_timestamp"]
  static let operation: [StaticString] = ["operationName", "operation_name"]
  static let title: [StaticString] = ["operationName", "operation_name"]
  static let category: [StaticString] = ["category"]
  static let status: [StaticString] = ["status"]
  static let subStatus: [StaticString] = ["subStatus", "sub_status"]
  static let resource: [StaticString] = ["resourceId", "resource_id"]
  static let resourceType: [StaticString] = ["resourceType", "resource_type"]
  static let callerAddress: [StaticString] = []
  static let request: [StaticString] = ["httpRequest", "http_request"]
  static let correlation: [StaticString] = ["correlationId", "correlation_id"]
  static let description: [StaticString] = ["description"]
  static let caller: [StaticString] = ["caller"]
  static let claims: [StaticString] = ["claims"]
  static let authorization: [StaticString] = ["authorization"]
  static let properties: [StaticString] = ["properties"]
  static let eventName: [StaticString] = ["eventName", "event_name"]
}

/// The columns of Log Analytics, present and former, and those that CSV tables are read with.
enum RowKeys: ForeignKeys {
  static let time: [StaticString] = ["TimeGenerated"]
  static let operation: [StaticString] = ["OperationNameValue"]
  static let title: [StaticString] = ["OperationName"]
  static let category: [StaticString] = ["CategoryValue", "Category"]
  static let status: [StaticString] = ["ActivityStatusValue", "ActivityStatus"]
  static let subStatus: [StaticString] = ["ActivitySubstatusValue", "ActivitySubstatus"]
  static let resource: [StaticString] = ["ResourceId", "_ResourceId"]
  static let resourceType: [StaticString] = ["ResourceType", "ResourceProviderValue"]
  static let callerAddress: [StaticString] = ["CallerIpAddress"]
  static let request: [StaticString] = ["HTTPRequest"]
  static let correlation: [StaticString] = ["CorrelationId"]
  static let description: [StaticString] = []
  static let caller: [StaticString] = ["Caller"]
  static let claims: [StaticString] = ["Claims", "Claims_d"]
  static let authorization: [StaticString] = ["Authorization", "Authorization_d"]
  static let properties: [StaticString] = ["Properties", "Properties_d"]
  static let eventName: [StaticString] = []
}
