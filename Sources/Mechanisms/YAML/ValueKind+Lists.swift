extension ValueKind {
  /// A list, each element of which is read in the same way.
  ///
  /// All elements are read, so that each wrong one is reported; the list is nil if one is wrong.
  public static func list<Element>(
    of element: ValueKind<Element>, count: ClosedRange<Int> = 0...10_000
  ) -> ValueKind<[Element]> where Value == [Element] {
    ValueKind<[Element]> { source in
      guard case .sequence(let nodes) = source.node.content else {
        source.report("expected a list, found \(source.node.kind)")
        return nil
      }
      guard count.contains(nodes.count) else {
        source.report(
          "expected \(count.lowerBound) to \(count.upperBound) elements, found \(nodes.count)")
        return nil
      }
      let values = nodes.enumerated().map { index, node in
        element.read(
          ValueKind<Element>.Source(
            node: node, path: "\(source.path)[\(index)]", problems: source.problems))
      }
      let good = values.compactMap { $0 }
      return good.count == values.count ? good : nil
    }
  }
}
