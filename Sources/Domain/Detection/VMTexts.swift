internal import Access

/// The two texts by which patterns know a VM, in lower case.
struct VMTexts {
  let id: String
  let name: String

  init(_ vm: ResourceID) {
    id = vm.canonical
    name = vm.name.lowercased()
  }

  /// Whether the VM's name or its full id fits a pattern.
  func fit(_ pattern: Glob) -> Bool {
    pattern.matches(lowercased: name) || pattern.matches(lowercased: id)
  }
}
