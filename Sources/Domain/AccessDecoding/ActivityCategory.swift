internal import JSONScan

/// Which categories are the activity log's, as opposed to resource logs and metrics in the same hub.
enum ActivityCategory {
  /// Whether a category is one of the current export or of the legacy one, in any case.
  static func isKnown(_ category: RawSpan) -> Bool {
    switch category.byteCount {
    case 14:
      category.isEqualIgnoringASCIICase(to: "administrative")
        || category.isEqualIgnoringASCIICase(to: "recommendation")
        || category.isEqualIgnoringASCIICase(to: "resourcehealth")
    case 5:
      category.isEqualIgnoringASCIICase(to: "write")
        || category.isEqualIgnoringASCIICase(to: "alert")
    case 6:
      category.isEqualIgnoringASCIICase(to: "action")
        || category.isEqualIgnoringASCIICase(to: "delete")
        || category.isEqualIgnoringASCIICase(to: "policy")
    case 8: category.isEqualIgnoringASCIICase(to: "security")
    case 9: category.isEqualIgnoringASCIICase(to: "autoscale")
    case 13: category.isEqualIgnoringASCIICase(to: "servicehealth")
    default: false
    }
  }
}
