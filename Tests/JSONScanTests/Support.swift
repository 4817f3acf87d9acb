import Foundation

@testable import JSONScan

/// What a test asks of a scan: the outcome, and the text of every record and value.
struct Scanned: Equatable {
  var outcome: ScanOutcome
  var records: [String] = []
  var values: [[String?]] = []
  var kinds: [[ValueSlot.Kind]] = []
}

let testKeys = ["time", "operationName", "category", "resultType"]

func makeScanner() -> JSONScanner {
  JSONScanner(arrayKey: "records", keys: testKeys)
}

func text(_ span: RawSpan) -> String {
  span.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
}

func scan(_ bytes: [UInt8], structurally: Bool = false) -> Scanned {
  var scanner = makeScanner()
  return scan(bytes, with: &scanner, structurally: structurally)
}

func scan(
  _ bytes: [UInt8], with scanner: inout JSONScanner, structurally: Bool = false
) -> Scanned {
  let outcome = scanner.scan(bytes.span.bytes, structurally: structurally)
  var result = Scanned(outcome: outcome)
  for record in 0..<scanner.recordCount {
    result.records.append(scanner.withRecord(record) { text($0) })
    let keys = testKeys.indices
    result.kinds.append(keys.map { scanner.value(record, key: $0).kind })
    result.values.append(
      keys.map { key in
        let isAbsent = scanner.value(record, key: key).kind == .absent
        return isAbsent ? nil : scanner.withValue(record, key: key) { text($0) }
      })
  }
  return result
}

func scan(_ message: String) -> Scanned { scan(Array(message.utf8)) }

extension ScanOutcome {
  /// The error's code, whether damaged or unreadable.
  var code: JSONScanError.Code? {
    switch verdict {
    case .complete: nil
    case .damaged(let error), .unreadable(let error): error.code
    }
  }

  var damage: JSONScanError? {
    if case .damaged(let error) = verdict { error } else { nil }
  }

  var isUnreadable: Bool {
    if case .unreadable = verdict { true } else { false }
  }
}

/// A small generator with a seed, so that a failing case can be repeated.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// The number of cases of a property, set by the environment variable `CASES`.
let cases = ProcessInfo.processInfo.environment["CASES"].flatMap { Int($0) } ?? 200

/// Writes random JSON, with the blanks, escapes and odd keys that messages have.
struct RandomJSON {
  var generator: SeededGenerator

  init(seed: Int) {
    generator = SeededGenerator(state: UInt64(seed))
  }

  mutating func pick<T>(_ choices: [T]) -> T {
    choices[Int.random(in: 0..<choices.count, using: &generator)]
  }

  mutating func blank() -> String {
    pick(["", "", "", " ", "\n", "\t ", "\r\n"])
  }

  mutating func string() -> String {
    let pieces = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
      pick([
        "a", "time", "\\\"", "\\\\", "{", "}", "[", "]", ",", ":", "é", "😀", "\\u00e9", "\\/",
        "'",
      ])
    }
    return "\"" + pieces.joined() + "\""
  }

  mutating func value(depth: Int) -> String {
    switch Int.random(in: 0..<(depth > 3 ? 4 : 6), using: &generator) {
    case 0: return pick(["null", "true", "false"])
    case 1: return pick(["0", "-12.5e+7", "1234567890123456789012345678901234567890"])
    case 2, 3: return string()
    case 4: return object(depth: depth + 1, mayHoldRecords: false)
    default:
      let count = Int.random(in: 0...3, using: &generator)
      let elements = (0..<count).map { _ in value(depth: depth + 1) + blank() }
      return "[" + elements.joined(separator: "," + blank()) + blank() + "]"
    }
  }

  mutating func object(depth: Int, mayHoldRecords: Bool) -> String {
    let count = Int.random(in: 0...6, using: &generator)
    var members = (0..<count).map { _ in
      let key = pick(testKeys + ["Time", "properties", "level", "a\\\"b", "tim", "timeX", ""])
      return blank() + "\"\(key)\"" + blank() + ":" + blank() + value(depth: depth) + blank()
    }
    if mayHoldRecords && Bool.random(using: &generator) {
      let nested = "\"records\":" + array(depth: depth + 1)
      members.insert(nested, at: Int.random(in: 0...members.count, using: &generator))
    }
    return "{" + members.joined(separator: ",") + blank() + "}"
  }

  mutating func array(depth: Int) -> String {
    let count = Int.random(in: 0...5, using: &generator)
    let elements = (0..<count).map { _ in
      Int.random(in: 0..<8, using: &generator) == 0
        ? value(depth: 3) : object(depth: depth + 1, mayHoldRecords: depth < 3)
    }
    return "[" + elements.map { blank() + $0 + blank() }.joined(separator: ",") + "]"
  }

  mutating func message() -> String {
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: return blank() + array(depth: 0) + blank()
    case 1: return object(depth: 0, mayHoldRecords: true)
    default:
      let more = pick(["", ",\"more\":" + value(depth: 2)])
      return "{" + blank() + "\"records\"" + blank() + ":" + array(depth: 0) + more + blank() + "}"
    }
  }
}
