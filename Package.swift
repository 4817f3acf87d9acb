// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .strictMemorySafety(), .treatAllWarnings(as: .error),
]

/// The same without strict memory safety: in these modules nearly every line would say `unsafe`.
let nearC: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"), .treatAllWarnings(as: .error),
]

func cLibrary(_ name: String, links library: String) -> Target {
  .target(
    name: name, path: "Sources/CLibraries/\(name)", linkerSettings: [.linkedLibrary(library)])
}

func mechanism(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/Mechanisms/\(name)",
    swiftSettings: name == "JSONScan" ? nearC : strict)
}

func domain(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/Domain/\(name)", swiftSettings: strict)
}

func application(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/Application/\(name)",
    swiftSettings: strict)
}

func tests(_ module: String, _ more: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(module)Tests", dependencies: [.byName(name: module), "TestSupport"] + more,
    path: "Tests/\(module)Tests", swiftSettings: nearC)
}

/// A program that libFuzzer drives; links only under the sanitizers that `make fuzz` sets.
func fuzzing(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name, dependencies: dependencies, path: "Tests/Fuzzing/\(name)",
    swiftSettings: nearC + [.unsafeFlags(["-parse-as-library"])])
}

let fuzzers: [Target] =
  Context.environment["GATEBOOK_FUZZING"] == nil
  ? []
  : [
    fuzzing("FuzzScan", ["JSONScan"]),
    fuzzing("FuzzDecode", ["AccessDecoding", "FuzzChecks"]),
    fuzzing("FuzzCSV", ["Access", "AccessDecoding", "Files", "FuzzChecks"]),
    .target(
      name: "FuzzChecks", dependencies: ["Access", "AccessDecoding"],
      path: "Tests/Fuzzing/FuzzChecks", swiftSettings: nearC),
  ]

let package = Package(
  name: "gatebook",
  products: [.executable(name: "gatebook", targets: ["gatebook"])],
  targets: [
    // CLibraries
    cLibrary("CRdKafka", links: "rdkafka"),
    cLibrary("CSimdJSON", links: "simdjson"),
    cLibrary("CSQLite", links: "sqlite3"),
    cLibrary("CZlib", links: "z"),
    cLibrary("CYAML", links: "yaml"),
    cLibrary("COpenSSL", links: "crypto"),

    // Mechanisms
    mechanism("Kafka", ["CRdKafka"]),
    mechanism("JSONScan", ["CSimdJSON"]),
    mechanism("SQLite", ["CSQLite"]),
    mechanism("Hashing", ["COpenSSL"]),
    mechanism("Compression", ["CZlib"]),
    mechanism("YAML", ["CYAML"]),
    mechanism("Files", ["Compression", "Hashing"]),
    mechanism("TimeZones"),
    mechanism("CommandLineTool"),
    mechanism("Telemetry"),
    mechanism("Lifecycle"),

    // Domain
    domain("Access", ["Hashing"]),
    domain("AccessDecoding", ["Access", "JSONScan"]),
    domain("Timelines", ["Access"]),
    domain("Detection", ["Access", "Timelines", "TimeZones"]),

    // Application
    application(
      "Ledger", ["Access", "Timelines", "SQLite", "Compression", "Hashing", "Lifecycle"]),
    application("Contract", ["Access"]),
    application("Alerting", ["Access", "Contract", "Telemetry", "Kafka", "Lifecycle"]),
    application("Simulation", ["Access", "Contract", "Kafka"]),
    application(
      "Pipeline",
      [
        "Access", "AccessDecoding", "Detection", "Files", "Kafka", "Ledger", "Lifecycle",
        "Telemetry", "Timelines",
      ]),
    application(
      "Settings",
      [
        "Access", "AccessDecoding", "Alerting", "Detection", "Kafka", "Ledger", "Pipeline",
        "Timelines", "YAML",
      ]),

    .executableTarget(
      name: "gatebook",
      dependencies: [
        "Access", "AccessDecoding", "Alerting", "CommandLineTool", "Contract", "Detection",
        "Files", "Kafka", "Ledger", "Lifecycle", "Pipeline", "Settings", "Simulation",
        "Telemetry", "Timelines",
      ],
      path: "Sources/gatebook", swiftSettings: strict),

    // Tests
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: nearC),
    tests("Kafka"), tests("JSONScan"), tests("SQLite"), tests("Hashing"), tests("Compression"),
    tests("YAML"), tests("Files", ["Compression"]), tests("TimeZones"), tests("CommandLineTool"),
    tests("Telemetry"), tests("Lifecycle"),
    tests("Access"), tests("AccessDecoding", ["Access"]), tests("Timelines", ["Access"]),
    tests("Detection", ["Access", "Timelines", "TimeZones"]),
    tests("Ledger", ["Access", "Contract", "Timelines", "SQLite"]), tests("Contract", ["Access"]),
    tests("Alerting", ["Access", "Contract", "Lifecycle", "Telemetry"]),
    tests("Simulation", ["Access", "Contract"]),
    tests(
      "Pipeline",
      [
        "Access", "AccessDecoding", "Detection", "Kafka", "Ledger", "SQLite", "Simulation",
        "Timelines",
      ]),
    tests("Settings", ["AccessDecoding", "Access", "Alerting", "Detection", "Kafka", "YAML"]),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "Access", "Contract", "Detection", "JSONScan", "Kafka", "Ledger", "Pipeline", "SQLite",
        "TestSupport",
      ],
      path: "Tests/EndToEndTests", swiftSettings: nearC),
    .testTarget(name: "TidyTests", path: "Tests/TidyTests", swiftSettings: nearC),
    // What the benchmarks compare with: a consumer and a scan that do the least there is to do.
    .target(
      name: "BareConsumer", path: "Tests/BareConsumer",
      linkerSettings: [.linkedLibrary("rdkafka")]),
    .target(
      name: "BareScan", path: "Tests/BareScan", linkerSettings: [.linkedLibrary("simdjson")]),
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "Access", "AccessDecoding", "BareConsumer", "BareScan", "Detection", "Kafka",
        "Ledger", "Pipeline", "Settings", "Simulation", "SQLite", "TestSupport",
      ],
      path: "Tests/Benchmarks", exclude: ["README.md"], swiftSettings: nearC),
  ] + fuzzers,
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
