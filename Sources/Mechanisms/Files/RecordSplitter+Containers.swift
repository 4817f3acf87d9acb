extension RecordSplitter {
  /// An array that is being lent element by element.
  struct Container {
    /// Whether it stands in an object, whose rest is to be passed over.
    var isInObject: Bool
    /// Whether it ends with the line at the latest.
    var isLine: Bool
  }

  /// Goes into the container that begins at `start`, if the prefix says that one does.
  func enter(_ prefix: ContainerPrefix, at start: Int) -> Bool {
    switch prefix {
    case .array(let elements):
      position = start + elements
      container = Container(isInObject: false, isLine: mode == .lines)
    case .object(let elements):
      position = start + elements
      container = Container(isInObject: true, isLine: mode == .lines)
    case .none, .open: return false
    }
    return true
  }

  /// Finds the next element, or what remains when the array is damaged.
  func advance(in container: Container) throws(FileError) -> Step {
    guard try skipSeparators(stopAtNewline: container.isLine) else { return missingRest() }
    switch window.byte(at: position) {
    case 0x0A: return missingRest()
    case 0x5D:
      self.container = nil
      position += 1
      return container.isInObject ? try skipObjectRest(container) : .again
    case 0x7D, 0x3A:
      self.container = nil
      let rest = container.isLine ? Boundary.newline : .endOfStream
      return lend(.message, try extent(from: position, to: rest))
    default:
      let value = Boundary.value(ValueScanner(stopsAtNewline: container.isLine))
      let element = try extent(from: position, to: value)
      if !element.isWhole { self.container = nil }
      return lend(element.isWhole ? .element : .message, element)
    }
  }

  /// The array never ends; that is said by a message without bytes, or nobody would know.
  private func missingRest() -> Step {
    container = nil
    return lend(.message, Extent(start: position, end: position, isWhole: false))
  }

  private func skipObjectRest(_ container: Container) throws(FileError) -> Step {
    let rest = Boundary.value(ValueScanner(stopsAtNewline: container.isLine, depth: 1))
    let skipped = try extent(from: position, to: rest)
    if !skipped.isWhole { return lend(.message, skipped) }
    position = skipped.end
    return .again
  }
}
