internal import Access

/// What a row of a table is before all of it is looked at.
enum TableRow {
  /// It cannot be one of its table.
  case broken(reason: String)
  /// It says nothing about access; the instant is one that stream time may follow.
  case irrelevant(EventTime?)
  /// It has to be read as an object.
  case object
}

/// The columns of a table of the activity log or of Bastion's sessions, by the names above it.
struct TableColumns {
  /// The name that each column has in Log Analytics, or its own where that is not known.
  let names: [String]
  /// Where the operation, the time and the category stand, if the table has them.
  let operation: Int?
  let time: Int?
  let category: Int?
  /// Whether rows may name an operation elsewhere too.
  let hasOtherOperations: Bool
  /// The zone that the times are in when it is not UTC.
  let foreignZone: String?

  /// The columns, whatever table they are of.
  init(_ stated: [String]) {
    var zone: String?
    let names = stated.map { TableColumns.name($0, &zone) }
    self.names = names
    func place(_ name: String) -> Int? {
      names.firstIndex { $0.lowercased() == name.lowercased() }
    }
    operation = place("OperationNameValue")
    time = place("TimeGenerated")
    category = place("CategoryValue") ?? place("Category")
    hasOtherOperations =
      place("OperationName") != nil || place("TargetResourceId") != nil
      || place("Authorization") != nil || place("Authorization_d") != nil
    foreignZone = zone
  }

  /// Whether this is a table of the activity log or of Bastion's sessions.
  var isKnown: Bool {
    let known = Set(names.map { $0.lowercased() })
    if known.contains("operationnamevalue") { return true }
    return known.contains("timegenerated")
      && (known.contains("operationname") || known.contains("targetresourceid"))
  }

  /// Why the times of the table cannot be used.
  var timeTrouble: String? {
    foreignZone.map { "its time is in the zone '\($0)' and not in UTC" }
  }

  /// The names of the portal's columns, and those that they have in Log Analytics.
  private static let portal = [
    "time": "TimeGenerated", "operation name": "OperationName", "status": "ActivityStatus",
    "event category": "Category", "event initiated by": "Caller",
    "correlation id": "CorrelationId", "subscription": "SubscriptionId",
    "resource type": "ResourceType", "resource group": "ResourceGroup", "$table": "Type",
  ]

  /// A name without the zone that the portal puts behind it: `TimeGenerated [UTC]`.
  private static func name(_ stated: String, _ zone: inout String?) -> String {
    var name = Blank.trimmed(stated)
    if name.hasSuffix("]"), let open = name.lastIndex(of: "[") {
      let stated = name[name.index(after: open)...].dropLast()
      name = Blank.trimmed(String(name[..<open]))
      let isTime = ["timegenerated", "time"].contains(name.lowercased())
      if isTime, stated.uppercased() != "UTC" { zone = String(stated) }
    }
    return portal[name.lowercased()] ?? name
  }
}
