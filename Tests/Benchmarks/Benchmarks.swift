import Glibc

/// `make bench`: what the program costs, beside what the least that could be done costs.
@main
enum Benchmarks {
  static func main() {
    do {
      try run(Array(CommandLine.arguments.dropFirst()))
    } catch {
      Screen.note("\(error)")
      exit(1)
    }
  }

  private static func run(_ words: [String]) throws {
    // The program runs itself where something is to be measured as a process of its own.
    if let task = words.first.flatMap(ChildTask.init(rawValue:)) {
      return try task.run(Array(words.dropFirst()))
    }
    let options = try BenchmarkOptions(words)
    if options.wantsHelp { return Screen.line(BenchmarkOptions.help) }
    let folder = try WorkFolder(options)
    Screen.line(Machine.line())
    for section in options.sections {
      Screen.line("")
      try section.run(options, folder)
    }
  }
}

/// The parts of the benchmarks, in the order in which they run.
enum Section: String, CaseIterable {
  case decode
  case importing = "import"
  case catchUp = "catch-up"
  case growth
  case uneven
  case rejudge
  case read

  fileprivate func run(_ options: BenchmarkOptions, _ folder: WorkFolder) throws {
    switch self {
    case .decode: try DecodeBenchmark(options, folder).run()
    case .importing: try ImportBenchmark(options, folder).run()
    case .catchUp: try CatchUpBenchmark(options, folder).run()
    case .growth: try GrowthBenchmark(options, folder).run()
    case .uneven: try UnevenBenchmark(options, folder).run()
    case .rejudge: try RejudgeBenchmark(options, folder).run()
    case .read: try ReadBenchmark(options, folder).run()
    }
  }
}

/// What the program does as its own child.
enum ChildTask: String {
  case consume = "child-consume"
  case settings = "child-settings"
  case late = "child-late"

  fileprivate func run(_ words: [String]) throws {
    switch self {
    case .consume: try BareConsumption.run(words)
    case .settings: try Rejudging.changeSettings(words)
    case .late: try Rejudging.takeLateRecord(words)
    }
  }
}

/// Why a benchmark has no figures.
struct BenchmarkFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
