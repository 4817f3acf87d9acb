import Testing

/// Which module may know which: the walls of the house.
///
/// A module that is not in the table, or an import that is not in its row, is a change of the house
/// and begins here.
@Suite struct `The arrows between modules` {
  /// The modules of ours that each may import.
  static let arrows: [String: Set<String>] = [
    // Application
    "Settings": [
      "Access", "AccessDecoding", "Alerting", "Detection", "Kafka", "Ledger", "Pipeline",
      "Timelines", "YAML",
    ],
    "Pipeline": [
      "Access", "AccessDecoding", "Detection", "Files", "Kafka", "Ledger", "Lifecycle",
      "Telemetry", "Timelines",
    ],
    "Alerting": ["Access", "Contract", "Kafka", "Lifecycle", "Telemetry"],
    // The truth of a simulation must not come from the code that it judges.
    "Simulation": ["Access", "Contract", "Kafka"],
    "Ledger": ["Access", "Compression", "Hashing", "Lifecycle", "SQLite", "Timelines"],
    "Contract": ["Access"],
    // Domain
    "AccessDecoding": ["Access", "JSONScan"],
    "Detection": ["Access", "TimeZones", "Timelines"],
    "Timelines": ["Access"],
    "Access": ["Hashing"],
    // Mechanisms
    "Kafka": ["CRdKafka"],
    "JSONScan": ["CSimdJSON"],
    "SQLite": ["CSQLite"],
    "Files": ["Compression", "Hashing"],
    "Compression": ["CZlib"],
    "YAML": ["CYAML"],
    "Hashing": ["COpenSSL"],
    "CommandLineTool": [],
    "Telemetry": [],
    "Lifecycle": [],
    "TimeZones": [],
  ]

  /// What the toolchain brings and any module may import.
  static let toolchain: Set<String> = [
    "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Synchronization",
  ]

  static let cLibraries = Set(arrows.values.joined().filter { arrows[$0] == nil })

  @Test func `point only where the table lets them`() {
    for file in Repository.programFiles {
      guard let module = file.module else { continue }
      for found in ImportLine.all(in: file) where !Self.toolchain.contains(found.module) {
        #expect(
          Self.mayImport(found.module, from: module),
          "\(file.path):\(found.line): \(module) may not import \(found.module)")
      }
    }
  }

  @Test func `are declared in Package.swift as in the table`() {
    for target in PackageTarget.all where !target.path.hasPrefix("Tests/") {
      for dependency in target.dependencies {
        #expect(
          Self.mayImport(dependency, from: target.name),
          "Package.swift lets \(target.name) import \(dependency)")
      }
    }
  }

  @Test func `have a row for every module`() {
    let modules = Set(
      PackageTarget.all.filter { !$0.path.hasPrefix("Tests/") && $0.name != "gatebook" }.map(\.name)
    )
    #expect(modules == Set(Self.arrows.keys).union(Self.cLibraries))
    #expect(Set(Repository.programFiles.compactMap(\.module)).subtracting(modules) == ["gatebook"])
  }

  @Test(arguments: cLibraries.sorted())
  func `reach each C library from one module, internally`(library: String) {
    var importers: Set<String> = []
    for file in Repository.programFiles {
      for found in ImportLine.all(in: file) where found.module == library {
        importers.insert(file.module ?? file.path)
        #expect(found.access == "internal", "\(file.path):\(found.line): `internal import` it")
      }
    }
    #expect(importers.count == 1, "\(library) is imported by \(importers.sorted())")
  }

  private static func mayImport(_ imported: String, from module: String) -> Bool {
    // The entry wires everything, but talks to no C library itself.
    if module == "gatebook" { return arrows[imported] != nil }
    return arrows[module]?.contains(imported) == true
  }
}

/// One `import` of a file.
struct ImportLine {
  let module: String
  let access: String?
  let line: Int

  static func all(in file: SwiftSource) -> [ImportLine] {
    file.code.enumerated().compactMap { index, code in
      let words = code.split { $0 == " " || $0 == ";" }.map(String.init)
      guard let keyword = words.firstIndex(of: "import"), keyword + 1 < words.count else {
        return nil
      }
      // What stands before it can only be an attribute or an access level.
      let access = words[..<keyword].filter { !$0.hasPrefix("@") }
      guard
        access.allSatisfy({
          ["public", "internal", "package", "private", "fileprivate"].contains($0)
        })
      else { return nil }
      let kinds = ["struct", "class", "enum", "protocol", "func", "typealias", "let", "var"]
      let names = words[(keyword + 1)...].drop { kinds.contains($0) }
      guard let module = names.first?.split(separator: ".").first else { return nil }
      return ImportLine(module: String(module), access: access.last, line: index + 1)
    }
  }
}
