import Foundation

/// A target as Package.swift declares it, read from its text: asking the package manager would wait
/// for the build that runs this test.
struct PackageTarget {
  let name: String
  let path: String
  let dependencies: [String]

  static let all: [PackageTarget] = {
    let text = Repository.read("Package.swift") ?? ""
    let call =
      #/\b(cLibrary|mechanism|domain|application|fuzzing|tests|target|executableTarget|testTarget)\(/#
    return text.matches(of: call).compactMap { match in
      let arguments = balanced(text[match.range.upperBound...])
      return PackageTarget(kind: String(match.output.1), arguments: String(arguments))
    }
  }()

  private init?(kind: String, arguments: String) {
    let quoted = arguments.matches(of: #/(\w+: *)?"([^"]*)"/#)
    let folders = [
      "cLibrary": "Sources/CLibraries", "mechanism": "Sources/Mechanisms",
      "domain": "Sources/Domain", "application": "Sources/Application",
      "fuzzing": "Tests/Fuzzing",
    ]
    guard let first = quoted.first.map({ String($0.output.2) }) else { return nil }
    let unlabelled = quoted.filter { $0.output.1 == nil }.map { String($0.output.2) }
    if kind == "tests" {
      guard !first.contains("\\") else { return nil }
      self.init(name: "\(first)Tests", path: "Tests/\(first)Tests", dependencies: [])
    } else if let folder = folders[kind] {
      // The package's own little functions: the first text is the name, the others are modules.
      guard !arguments.contains("_ name") else { return nil }
      let names = kind == "cLibrary" ? [] : Array(unlabelled.dropFirst())
      self.init(name: first, path: "\(folder)/\(first)", dependencies: names)
    } else {
      guard quoted[0].output.1?.hasPrefix("name") == true, !first.contains("\\") else { return nil }
      let path = quoted.first { $0.output.1?.hasPrefix("path") == true }.map { String($0.output.2) }
      self.init(
        name: first, path: path ?? "Sources/\(first)",
        dependencies: unlabelled.filter { !$0.contains(".") })
    }
  }

  private init(name: String, path: String, dependencies: [String]) {
    self.name = name
    self.path = path
    self.dependencies = dependencies
  }

  /// The text as far as the parenthesis that closes the one before it.
  private static func balanced(_ text: Substring) -> Substring {
    var depth = 1
    for index in text.indices {
      if text[index] == "(" { depth += 1 }
      if text[index] == ")" { depth -= 1 }
      if depth == 0 { return text[..<index] }
    }
    return text
  }
}
