internal import Access
internal import JSONScan

/// A CSV table of the activity log: knows its columns, and makes a JSON object of a row.
struct CSVTable {
  private let columns: TableColumns
  private var reader: CSVReader
  /// The row read last as a JSON object, as Log Analytics answers with.
  private(set) var object: [UInt8] = []

  /// The table under a header; nil when that is none of a table that is known.
  init?(header: RawSpan) {
    var header = header
    if header.byteCount >= 3, header.extracting(first: 3).isEqual(to: "\u{FEFF}") {
      header = header.extracting(3...)
    }
    var reader = CSVReader()
    guard reader.read(header) == nil, reader.fields.count > 1 else { return nil }
    let names = reader.fields.indices.map {
      String(decoding: reader.value($0, of: header), as: UTF8.self)
    }
    columns = TableColumns(names)
    self.reader = reader
    guard columns.isKnown else { return nil }
  }

  /// Reads a row as far as it has to be read.
  mutating func read(_ row: RawSpan, _ catalog: OperationCatalog) -> TableRow {
    if let fault = reader.read(row) { return .broken(reason: "\(fault)") }
    guard reader.fields.count == columns.names.count else {
      return .broken(
        reason: "it has \(reader.fields.count) fields under \(columns.names.count) names")
    }
    if let place = columns.operation, !reader.isBlank(place, of: row) {
      let name = row.extracting(reader.fields[place].range)
      if catalog.operation(named: name) == nil { return .irrelevant(activityTime(row)) }
    } else if !columns.hasOtherOperations {
      return .irrelevant(activityTime(row))
    }
    if let reason = columns.timeTrouble { return .broken(reason: reason) }
    write(row)
    return .object
  }

  private func activityTime(_ row: RawSpan) -> EventTime? {
    guard let time = columns.time, columns.foreignZone == nil else { return nil }
    if let place = columns.category, !reader.isBlank(place, of: row),
      !ActivityCategory.isKnown(row.extracting(reader.fields[place].range))
    {
      return nil
    }
    return Timestamp.parse(row.extracting(reader.fields[time].range))
  }

  /// Writes the fields that are not blank.
  private mutating func write(_ row: RawSpan) {
    object.removeAll(keepingCapacity: true)
    for (index, name) in columns.names.enumerated() where !reader.isBlank(index, of: row) {
      object.append(UInt8(ascii: object.isEmpty ? "{" : ","))
      JSONText.append(Array(name.utf8), to: &object)
      object.append(UInt8(ascii: ":"))
      JSONText.append(reader.value(index, of: row), to: &object)
    }
    if object.isEmpty { object.append(UInt8(ascii: "{")) }
    object.append(UInt8(ascii: "}"))
  }
}

/// Tells tables from other files.
public enum TableHeader {
  /// Whether this first row of a CSV text is the header of a table that can be read.
  public static func isKnown(_ row: RawSpan) -> Bool { CSVTable(header: row) != nil }
}
