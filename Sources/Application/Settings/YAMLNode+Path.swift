internal import YAML

extension YAMLNode {
  /// The node that a path such as `groups[0].timeZone` leads to.
  func node(at path: String) -> YAMLNode? { trail(along: path).last { $0.path == path }?.node }

  /// Where the node of a path is, or the nearest one on the way to it.
  func place(of path: String) -> Place { trail(along: path).last?.node.place ?? place }

  /// The text of a single value at a path.
  func text(at path: String) -> String? {
    guard case .scalar(let scalar)? = node(at: path)?.content else { return nil }
    return scalar.text
  }

  /// Where a key of the table at a path is.
  func keyPlace(of key: String, in path: String) -> Place {
    let table = path.isEmpty ? self : node(at: path)
    guard case .mapping(let entries)? = table?.content,
      let entry = entries.first(where: { $0.key == key })
    else { return place(of: path) }
    return entry.keyPlace
  }

  /// All nodes on the way along a path, as far as they are there.
  private func trail(along path: String) -> [(path: String, node: YAMLNode)] {
    var trail: [(path: String, node: YAMLNode)] = []
    var (current, walked) = (self, "")
    for part in path.split(separator: ".") {
      let pieces = part.split(separator: "[")
      guard let key = pieces.first, let value = current.value(of: String(key)) else { break }
      current = value
      walked += (walked.isEmpty ? "" : ".") + key
      trail.append((walked, current))
      for index in pieces.dropFirst() {
        guard let element = current.element(Int(index.dropLast())) else { return trail }
        current = element
        walked += "[" + index
        trail.append((walked, current))
      }
    }
    return trail
  }

  private func value(of key: String) -> YAMLNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }

  private func element(_ index: Int?) -> YAMLNode? {
    guard case .sequence(let nodes) = content, let index, nodes.indices.contains(index) else {
      return nil
    }
    return nodes[index]
  }
}
