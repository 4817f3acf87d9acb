internal import Access

/// A request as it was and as it is; nil where there was or is none.
struct RequestChange {
  var old: AccessRequest?
  var new: AccessRequest?

  /// Both versions that exist.
  var versions: [AccessRequest] { [old, new].compactMap { $0 } }

  /// The version to go by: the new one where there is one.
  var current: AccessRequest? { new ?? old }
}
