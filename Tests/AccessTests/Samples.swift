import Access
import Foundation
import Testing

func time(_ text: String) -> EventTime { EventTime(rfc3339: text)! }

func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// The number of cases of a property, set by the environment variable `CASES`.
let cases = ProcessInfo.processInfo.environment["CASES"].flatMap { Int($0) } ?? 100

/// The same numbers in every run.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Values with every field present or absent, and texts that need escapes.
struct RandomValues {
  private var numbers: SeededGenerator

  init(seed: Int) { numbers = SeededGenerator(seed: UInt64(seed)) }

  mutating func pick(_ range: ClosedRange<Int64>) -> Int64 {
    Int64.random(in: range, using: &numbers)
  }

  mutating func maybe<Value>(_ value: (inout RandomValues) -> Value) -> Value? {
    Bool.random(using: &numbers) ? value(&self) : nil
  }

  mutating func instant() -> EventTime {
    EventTime(ticks: pick(EventTime.distantPast.ticks...EventTime.distantFuture.ticks))
  }

  mutating func text() -> String {
    let letters = Array("aB/\"\\\n\t\u{1}\u{1F}\u{7F}é€😀, ")
    return String((0..<pick(0...8)).map { _ in letters.randomElement(using: &numbers) ?? "x" })
  }

  mutating func evidence() -> Evidence {
    var evidence = Evidence(
      kind: Evidence.Kind.allCases.randomElement(using: &numbers) ?? .accessNoted,
      occurredAt: instant(), operation: text(),
      phase: Phase.allCases.randomElement(using: &numbers) ?? .other,
      resource: ResourceID(text()), correlationID: text())
    evidence.claims.objectID = maybe { $0.text() }
    evidence.claims.appID = maybe { $0.text() }
    evidence.claims.nameClaim = maybe { $0.text() }
    evidence.callerAddress = maybe { $0.text() }
    evidence.role = maybe { $0.text() }
    evidence.asked = maybe { $0.body() }
    evidence.answered = maybe { $0.body() }
    evidence.error = maybe { values in
      ErrorDetail(code: values.maybe { $0.text() }, message: values.maybe { $0.text() })
    }
    evidence.note = maybe { values in
      AccessNote(user: values.maybe { $0.text() }, justification: values.maybe { $0.text() })
    }
    evidence.claims.emailAddress = maybe { $0.text() }
    evidence.askedRules = maybe { $0.rules() }
    evidence.answeredRules = maybe { $0.rules() }
    evidence.created = pick(0...1) == 1
    evidence.askedPolicy = maybe { $0.policy() }
    evidence.answeredPolicy = maybe { $0.policy() }
    evidence.session = maybe { values in
      SessionDetail(
        vm: ResourceID(values.text()), login: values.maybe { $0.text() },
        protocolName: values.maybe { $0.text() }, tunnelID: values.maybe { $0.text() })
    }
    evidence.extensionType = maybe { $0.text() }
    return evidence
  }

  mutating func rules() -> [NetworkRule] {
    (0..<pick(0...3)).map { _ in
      NetworkRule(
        name: text(), text: maybe { $0.text() }, access: text(), direction: text(),
        protocolName: text(), ports: texts(), sources: texts(), destinations: texts())
    }
  }

  private mutating func texts() -> [String] { (0..<pick(0...2)).map { _ in text() } }

  private mutating func policy() -> PolicyBody {
    PolicyBody(
      vms: texts().map { ResourceID($0) },
      ports: (0..<pick(0...3)).map { _ in
        PolicyBody.Port(
          vm: ResourceID(text()), number: Int(pick(0...65_535)), protocolName: maybe { $0.text() },
          sources: texts(), maximum: maybe { TimeSpan(ticks: $0.pick(Int64.min...Int64.max)) })
      })
  }

  private mutating func body() -> AccessBody {
    var body = AccessBody(ports: [])
    for _ in 0..<pick(0...3) {
      body.ports.append(
        AccessBody.Port(
          vm: ResourceID(text()), number: Int(pick(0...65_535)),
          sources: (0..<pick(0...2)).map { _ in text() }, endsAt: maybe { $0.instant() },
          duration: maybe { TimeSpan(ticks: $0.pick(Int64.min...Int64.max)) }))
    }
    body.startsAt = maybe { $0.instant() }
    body.justification = maybe { $0.text() }
    return body
  }
}
