import Testing

/// Files and functions that one screen, or a few, can hold.
@Suite struct `The size of the code` {
  static let fileLimit = 400
  static let functionLimit = 50
  static let medianLimit = 120

  /// Files that are one table of data, with what the table is.
  ///
  /// They may be longer than the limit.
  static let tables: [String: String] = [:]

  @Test func `keeps every file within the limit`() {
    for file in Repository.swiftFiles where Self.tables[file.path] == nil {
      #expect(
        file.lineCount <= Self.fileLimit,
        "\(file.path) has \(file.lineCount) lines: give its second topic a file of its own")
    }
  }

  @Test func `keeps every function within the limit`() {
    for file in Repository.swiftFiles where Self.tables[file.path] == nil {
      for function in file.functions {
        #expect(
          function.lineCount <= Self.functionLimit,
          "\(file.path):\(function.line): \(function.name) has \(function.lineCount) lines")
      }
    }
  }

  @Test func `keeps the median file of the program short`() {
    let median = Self.median(Repository.programFiles.map(\.lineCount))
    let all = Self.median(Repository.swiftFiles.map(\.lineCount))
    print("Median file: \(median) lines in Sources, \(all) with the tests.")
    #expect(median <= Self.medianLimit)
  }

  @Test func `excuses only tables that exist`() {
    for path in Self.tables.keys {
      #expect(Repository.read(path) != nil, "\(path) is excused from the limits but is not there")
    }
  }

  @Test func `is measured over the whole program`() {
    #expect(Repository.programFiles.contains { $0.path == "Sources/gatebook/Gatebook.swift" })
    #expect(Repository.swiftFiles.contains { $0.path == "Tests/TidyTests/SizeTests.swift" })
  }

  private static func median(_ counts: [Int]) -> Int {
    counts.isEmpty ? 0 : counts.sorted()[counts.count / 2]
  }
}
