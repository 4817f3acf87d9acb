import JSONScan

/// libFuzzer's entry: the scanner, the tree and the repair, which are the C++ behind them.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzScan(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  var scanner = JSONScanner(
    arrayKey: "records", keys: ["operationName", "time", "category"], retainedLimit: 4096)
  var tree = JSONTree(retainedLimit: 4096)
  scan(input, &scanner, &tree)
  if let mended = JSONRepair.repair(input.span.bytes) {
    precondition(mended.bytes != input, "A repair changes something.")
    scan(mended.bytes, &scanner, &tree)
  }
  scanner.releaseExcess()
  parse(input.span.bytes, &tree)
  return 0
}

/// Every slice lies in the message, and records come in its order.
private func scan(
  _ input: [UInt8], _ scanner: inout JSONScanner, _ tree: inout JSONTree
) {
  let outcome = scanner.scan(input.span.bytes)
  precondition(outcome.records == scanner.recordCount)
  precondition(outcome.irregularRecords <= outcome.records)
  var end = 0
  for record in 0..<scanner.recordCount {
    let slot = scanner.slot(record)
    precondition(slot.offset >= end && slot.length >= 2, "Records follow each other.")
    end = slot.offset + slot.length
    precondition(end <= input.count, "A record lies in the message.")
    precondition(input[slot.offset] == UInt8(ascii: "{"))
    precondition(input[end - 1] == UInt8(ascii: "}"))
    for key in 0..<3 {
      let value = scanner.value(record, key: key)
      guard value.kind != .absent else { continue }
      precondition(value.offset >= slot.offset && value.offset + value.length <= end)
      scanner.withValue(record, key: key) { touch($0) }
    }
    // A whole record is read as a tree of its own, as the decoder does.
    if record < 8 { scanner.withRecord(record) { parse($0, &tree) } }
  }
}

private func parse(_ text: RawSpan, _ tree: inout JSONTree) {
  if tree.parse(text) != nil { return }
  guard let root = tree.root else { return }
  var left = 4096
  visit(root, tree, &left)
}

private func visit(_ node: JSONNode, _ tree: borrowing JSONTree, _ left: inout Int) {
  left -= 1
  tree.withRawBytes(node) { touch($0) }
  _ = tree.withStringBytes(node) { touch($0) }
  _ = tree.integer(node)
  _ = tree.member(of: node, named: "records")
  var child = tree.firstChild(node)
  while let found = child, left > 0 {
    visit(found, tree, &left)
    child = tree.next(found)
  }
}

/// Reads every byte, so that the sanitizer sees a slice that is too long.
private func touch(_ bytes: RawSpan) {
  var sum: UInt8 = 0
  for offset in 0..<bytes.byteCount {
    sum &+= bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }
  withExtendedLifetime(sum) {}
}
