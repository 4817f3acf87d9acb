internal import Access
internal import JSONScan

// Records in other shapes than a hub's.
extension MessageDecoder {
  /// Reads a record of a message when it has another shape; false leaves it to the others.
  mutating func visitForeign(
    _ record: Int, _ shift: Int, into output: inout DecodedInput
  ) -> Bool {
    let finding = scanner.withRecord(record) { [catalog] in foreign.read($0, catalog) }
    if case .notForeign = finding { return false }
    let raw = { (scanner: borrowing JSONScanner) in scanner.withRecord(record) { copied($0) } }
    switch finding {
    case .notForeign, .irrelevant: take(finding, of: [], at: 0, into: &output)
    case .relevant, .broken:
      take(finding, of: raw(scanner), at: scanner.slot(record).offset + shift, into: &output)
    }
    return true
  }

  /// Counts a record that was read in another shape, and decodes it when it is relevant.
  mutating func take(
    _ finding: ForeignReader.Finding, of raw: [UInt8], at offset: Int,
    into output: inout DecodedInput
  ) {
    switch finding {
    case .notForeign: output.counts.irrelevant += 1
    case .irrelevant(let time):
      output.counts.irrelevant += 1
      if let time { output.noteActivity(at: time) }
    case .broken(let reason): output.reject(raw, at: offset, reason: reason)
    case .relevant(let operation):
      do throws(Unreadable) {
        let hubRecord = foreign.hubRecord
        let decoded = unsafe try decoder.decode(hubRecord.span.bytes, as: operation)
        isRepaired = isRepaired || decoder.isRepaired || foreign.isRepaired
        output.take(decoded, at: offset, raw)
      } catch {
        output.reject(raw, at: offset, reason: error.reason)
      }
    }
  }
}

// Rows of tables, which are not JSON or no objects.
extension MessageDecoder {
  /// Begins a table of which rows will follow; false when its header names none that is known.
  public mutating func begin(tableUnder header: RawSpan) -> Bool {
    table = CSVTable(header: header)
    tableHeader = table.map { _ in copied(header) }
    return table != nil
  }

  /// Decodes one row of the table that was begun; what is rejected of it keeps the table's header.
  mutating func decodeRow(_ row: RawSpan, into output: inout DecodedInput) {
    read(row: row, into: &output)
    for index in output.rejects.indices { output.rejects[index].header = tableHeader }
    for record in output.records.indices {
      for body in output.records[record].bodyRejects.indices {
        output.records[record].bodyRejects[body].header = tableHeader
      }
    }
  }

  private mutating func read(row: RawSpan, into output: inout DecodedInput) {
    output.counts.recordsRead += 1
    guard table != nil else {
      return output.reject(copied(row), at: 0, reason: "no header is known")
    }
    switch table?.read(row, catalog) {
    case .irrelevant(let time): take(.irrelevant(time), of: [], at: 0, into: &output)
    case .broken(let reason): output.reject(copied(row), at: 0, reason: reason)
    case .object, nil:
      let object = table?.object ?? []
      let finding = unsafe foreign.read(object.span.bytes, catalog)
      take(finding, of: copied(row), at: 0, into: &output)
    }
  }
}

// Messages that hold records in another way than a hub's.
extension MessageDecoder {
  /// Whether a message is one object that says nothing of itself, so that it may hold records.
  func mayHold(_ outcome: ScanOutcome) -> Bool {
    outcome.isComplete && outcome.shape == .single && scanner.recordCount == 1
      && kind(0, .time) == .absent && kind(0, .operationName) == .absent
      && kind(0, .category) == .absent
  }

  /// Reads a page of the REST interface or an answer of Log Analytics; false when it is neither.
  mutating func readContainer(_ message: RawSpan, into output: inout DecodedInput) -> Bool {
    guard answer.parse(message) else { return false }
    if let list = answer.list {
      let text = unsafe list.bytes.span.bytes
      let outcome = scanner.scan(text)
      if outcome.isComplete && outcome.irregularRecords == 0 && outcome.nonObjects == 0 {
        take(outcome, into: &output)
      } else {
        readTroubled(text, outcome, as: .message, into: &output)
      }
      output.shift(by: list.offset)
      return true
    }
    guard answer.beginTables() else { return false }
    while let row = answer.nextRow(catalog) {
      output.counts.recordsRead += 1
      switch row.content {
      case .irrelevant(let time): take(.irrelevant(time), of: [], at: 0, into: &output)
      case .broken(let reason):
        output.reject(answer.source(row.node), at: answer.offset(row.node), reason: reason)
      case .object:
        let object = answer.object
        let finding = unsafe foreign.read(object.span.bytes, catalog)
        take(
          finding, of: answer.source(row.node), at: answer.offset(row.node), into: &output)
      }
    }
    return true
  }
}

extension DecodedInput {
  /// Counts places from the beginning of the message that the bytes were cut from.
  mutating func shift(by offset: Int) {
    for index in rejects.indices { rejects[index].offset += offset }
    for index in records.indices {
      records[index].offset += offset
      for body in records[index].bodyRejects.indices {
        records[index].bodyRejects[body].offset += offset
      }
    }
  }

  /// Takes what a relevant record was decoded to.
  mutating func take(
    _ decoded: RecordDecoder.Decoded?, at offset: Int, _ raw: @autoclosure () -> [UInt8]
  ) {
    guard let decoded else {
      counts.irrelevant += 1
      return
    }
    if decoded.isActivity { noteActivity(at: decoded.evidence.occurredAt) }
    guard decoded.isRelevant else {
      counts.irrelevant += 1
      return
    }
    var found = DecodedRecord(evidence: [decoded.evidence], raw: raw(), offset: offset)
    if let reason = decoded.trouble.reason {
      found.bodyRejects = [
        RejectedInput(kind: .body, reason: reason, offset: offset, bytes: decoded.trouble.bytes)
      ]
    }
    records.append(found)
  }

  /// Rejects a record for what is wrong with it.
  mutating func reject(_ raw: [UInt8], at offset: Int, reason: String) {
    rejectRecord(raw, at: offset, because: "The record cannot be used: \(reason).")
  }
}
