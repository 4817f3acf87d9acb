import Access
import AccessDecoding
import Files
import FuzzChecks

/// Headers of tables that are known, so that what follows is read as their rows at once: the
/// present and the former columns of Log Analytics, the portal's, and those of Bastion's sessions.
private let headers = [
  "TimeGenerated,CallerIpAddress,CategoryValue,CorrelationId,Authorization,Claims,"
    + "OperationNameValue,Properties,Caller,HTTPRequest,ActivityStatusValue,"
    + "ActivitySubstatusValue,SubscriptionId,Type,_ResourceId",
  "TimeGenerated [UTC],Category,CorrelationId,Authorization,Claims,OperationName,Properties,"
    + "Caller,HTTPRequest,ActivityStatus,ActivitySubstatus,ResourceId,Type",
  "Correlation id,Operation name,Status,Event category,Level,Time,Subscription,"
    + "Event initiated by,Resource type,Resource group,Resource",
  "TimeGenerated,Category,UserName,UserEmail,ClientIpAddress,Protocol,TargetResourceId,Message,"
    + "TunnelId,Duration,_ResourceId",
].map { Array($0.utf8) }

/// libFuzzer's entry: tables, under their own first row and under headers that are known.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCSV(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  let rows = rows(of: input)
  precondition(rows.map(\.count).reduce(0, +) <= input.count, "Rows lie in their file.")
  var decoder = MessageDecoder()
  if let header = rows.first { read(rows.dropFirst(), under: header, &decoder) }
  for header in headers { read(rows[...], under: header, &decoder) }
  return 0
}

/// The rows of a file as it is cut by the splitter of files: without their line breaks, blank lines
/// passed over.
private func rows(of input: [UInt8]) -> [[UInt8]] {
  var rows: [[UInt8]] = []
  var start = 0
  while start < input.count {
    var scanner = RowScanner()
    let end = scanner.end(in: input.span.extracting(start...)).map { start + $0 }
    var row = input[start..<(end ?? input.count)]
    if row.last == UInt8(ascii: "\r") { row.removeLast() }
    if !row.isEmpty { rows.append(Array(row)) }
    start = (end ?? input.count) + 1
  }
  return rows
}

/// What becomes of a row is the same the second time, whatever was read between.
private func read(
  _ rows: ArraySlice<[UInt8]>, under header: [UInt8], _ decoder: inout MessageDecoder
) {
  let isTable = decoder.begin(tableUnder: header.span.bytes)
  precondition(isTable == TableHeader.isKnown(header.span.bytes), "A table is one by its header.")
  var output = DecodedInput()
  var told: [DecodedInput] = []
  for row in rows {
    decoder.decode(row.span.bytes, as: .row, into: &output)
    FuzzChecks.check(output, of: row)
    check(output, row, isTable ? header : nil)
    told.append(output)
  }
  for (row, first) in zip(rows, told) {
    decoder.decode(row.span.bytes, as: .row, into: &output)
    precondition(output.counts == first.counts, "The same row has the same counts.")
    precondition(output.rejects == first.rejects, "The same row is rejected for the same reason.")
    precondition(
      output.newestOccurredAt == first.newestOccurredAt, "The same row has the same time.")
    precondition(
      FuzzChecks.identities(output) == FuzzChecks.identities(first),
      "The same row is the same evidence.")
  }
}

/// A row is one record, and what is kept of it is the row with its header.
private func check(_ output: DecodedInput, _ row: [UInt8], _ header: [UInt8]?) {
  precondition(output.counts.recordsRead == 1 && output.counts.messagesRejected == 0)
  precondition(header != nil || output.counts.rejected == 1, "Without a header nothing is read.")
  for reject in output.rejects {
    precondition(reject.kind == .record && reject.bytes == row && reject.header == header)
  }
  for record in output.records {
    precondition(record.raw == row && record.offset == 0)
    precondition(record.bodyRejects.allSatisfy { $0.header == header })
  }
}
