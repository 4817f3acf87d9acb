extension YAMLNode {
  /// Replaces `${NAME}` in all single values by the value of the variable.
  ///
  /// `$${` stands for `${` itself, and any other `$` for itself. A variable that is not set, and
  /// braces around something that is no name, are problems; the text then stays as it is.
  public func expandingVariables(
    path: String = "", problems: ProblemList, lookup: (String) -> String?
  ) -> YAMLNode {
    switch content {
    case .scalar(let scalar):
      let expanded = Self.expand(scalar, lookup) { message, remedy in
        problems.add(Problem(place: place, path: path, message: message, remedy: remedy))
      }
      return YAMLNode(.scalar(expanded), at: place)
    case .sequence(let elements):
      let expanded = elements.enumerated().map { index, element in
        element.expandingVariables(path: "\(path)[\(index)]", problems: problems, lookup: lookup)
      }
      return YAMLNode(.sequence(expanded), at: place)
    case .mapping(let entries):
      let expanded = entries.map { entry in
        let path = path.isEmpty ? entry.key : "\(path).\(entry.key)"
        return Entry(
          key: entry.key, keyPlace: entry.keyPlace,
          value: entry.value.expandingVariables(path: path, problems: problems, lookup: lookup))
      }
      return YAMLNode(.mapping(expanded), at: place)
    }
  }

  private static func expand(
    _ scalar: Scalar, _ lookup: (String) -> String?, report: (String, String) -> Void
  ) -> Scalar {
    var rest = Substring(scalar.text)
    var result = ""
    var isSubstituted = scalar.isSubstituted
    while let dollar = rest.firstIndex(of: "$") {
      result += rest[..<dollar]
      rest = rest[dollar...]
      if rest.hasPrefix("$${") {
        result += "${"
        rest = rest.dropFirst(3)
      } else if rest.hasPrefix("${") {
        let end = rest.firstIndex(of: "}")
        let name = rest[..<(end ?? rest.endIndex)].dropFirst(2)
        let reference = rest[..<(end.map(rest.index(after:)) ?? rest.endIndex)]
        if end != nil, isVariableName(name) {
          if let value = lookup(String(name)) {
            result += value
            isSubstituted = true
          } else {
            report("the variable \(name) is not set", "Set it in the environment.")
            result += reference
          }
        } else {
          report("'${' is not followed by a name and '}'", "Write '$${' for the characters '${'.")
          result += reference
        }
        rest = rest[reference.endIndex...]
      } else {
        result += "$"
        rest = rest.dropFirst()
      }
    }
    result += rest
    return Scalar(text: result, isQuoted: scalar.isQuoted, isSubstituted: isSubstituted)
  }

  private static func isVariableName(_ name: Substring) -> Bool {
    guard let first = name.utf8.first, !(0x30...0x39).contains(first) else { return false }
    return name.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
        || (0x61...0x7A).contains(byte) || byte == 0x5F
    }
  }
}
