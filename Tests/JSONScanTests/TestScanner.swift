@testable import JSONScan

/// A scanner for the key `time` behind a reference, because the expectation macros cannot look into
/// what is not copyable.
final class TestScanner {
  private var scanner: JSONScanner

  init(retainedLimit: Int = 1 << 20) {
    scanner = JSONScanner(arrayKey: "records", keys: ["time"], retainedLimit: retainedLimit)
  }

  @discardableResult
  func scan(_ message: String) -> ScanOutcome {
    scanner.scan(Array(message.utf8).span.bytes)
  }

  func releaseExcess() { scanner.releaseExcess() }
  var recordCount: Int { scanner.recordCount }
  func slot(_ record: Int) -> RecordSlot { scanner.slot(record) }
  func value(_ record: Int) -> ValueSlot { scanner.value(record, key: 0) }
  func valueText(_ record: Int) -> String { scanner.withValue(record, key: 0) { text($0) } }
}
