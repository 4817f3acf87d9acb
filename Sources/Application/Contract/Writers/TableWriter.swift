/// Lays rows out for people: in columns, or field by field.
struct TableWriter {
  private var layout: RowKind.Layout
  private let style: TableStyle
  private var held: [[String]] = []
  private var fit: ColumnFit?
  private var hasWritten = false

  /// How far lines beneath a row are indented.
  private static let margin = 5
  /// So many rows decide the widths; later ones are cut to them.
  private static let sampleSize = 500

  init(kind: RowKind, style: TableStyle) {
    layout = kind.layout
    self.style = style
  }

  mutating func write(_ row: ContractRow, to bytes: inout [UInt8]) {
    switch layout {
    case .fields: writeFields(of: row, to: &bytes)
    case .columns(let columns):
      let cells = columns.map { $0.cell(row) }
      if let fit {
        writeRow(cells, columns, fit, &bytes)
      } else {
        held.append(cells)
        if held.count == TableWriter.sampleSize { settle(columns, &bytes) }
      }
    }
  }

  mutating func flush(to bytes: inout [UInt8]) {
    guard case .columns(let columns) = layout, !held.isEmpty else { return }
    settle(columns, &bytes)
  }

  /// Decides columns and widths by the rows held, and writes the header and these rows.
  private mutating func settle(_ columns: [TableColumn], _ bytes: inout [UInt8]) {
    let natural = columns.indices.map { index in
      held.map { $0[index].count }.reduce(columns[index].title.count, max)
    }
    let fit = ColumnFit(columns, natural: natural, width: style.width)
    self.fit = fit
    let kept = fit.kept.map { columns[$0] }
    writeLine(kept.map(\.title), kept, fit.widths, &bytes, isHeader: true)
    for cells in held { writeRow(cells, columns, fit, &bytes) }
    held = []
  }

  /// Writes a row: a line, and what goes on below it.
  private func writeRow(
    _ cells: [String], _ columns: [TableColumn], _ fit: ColumnFit, _ bytes: inout [UInt8]
  ) {
    let kept = fit.kept.map { columns[$0] }
    var shown = fit.kept.map { cells[$0] }
    guard let width = style.width else { return writeLine(shown, kept, fit.widths, &bytes) }
    var (below, margin) = ([String](), TableWriter.margin)
    if let beneath = fit.beneath {
      below = ShownText.wrapped(cells[beneath], to: max(width - margin, 1))
    } else if let last = kept.last, last.isWrapped, let room = fit.widths.last {
      below = ShownText.wrapped(shown[kept.count - 1], to: room)
      shown[kept.count - 1] = below.removeFirst()
      margin = fit.widths.dropLast().reduce(0) { $0 + $1 + ColumnFit.separator.count }
    }
    writeLine(shown, kept, fit.widths, &bytes)
    for line in below {
      let text = String(repeating: " ", count: margin) + line
      bytes.append(contentsOf: ShownText.cut(text, to: width).utf8)
      bytes.append(UInt8(ascii: "\n"))
    }
  }

  private func writeLine(
    _ cells: [String], _ columns: [TableColumn], _ widths: [Int], _ bytes: inout [UInt8],
    isHeader: Bool = false
  ) {
    var line = ""
    var room = style.width ?? Int.max
    for (index, column) in columns.enumerated() {
      let gap = index == 0 ? "" : ColumnFit.separator
      // The last column is not filled up: blanks at the end of lines only get in the way.
      let isLast = index == columns.count - 1 && column.alignment == .left
      let text = style.width == nil ? cells[index] : ShownText.cut(cells[index], to: widths[index])
      let cell =
        isLast ? text : ShownText.padded(text, to: widths[index], right: column.alignment == .right)
      guard gap.count + cell.count <= room else { break }
      room -= gap.count + cell.count
      line += gap + painted(cell, word: cells[index], column, isHeader: isHeader)
    }
    while line.last == " " { line.removeLast() }
    bytes.append(contentsOf: line.utf8)
    bytes.append(UInt8(ascii: "\n"))
  }

  private func painted(
    _ cell: String, word: String, _ column: TableColumn, isHeader: Bool
  ) -> String {
    guard style.colour else { return cell }
    if isHeader { return Palette.paint(cell, .strong) }
    return column.isPainted ? Palette.paint(cell, Palette.colour(of: word)) : cell
  }

  private mutating func writeFields(of row: ContractRow, to bytes: inout [UInt8]) {
    if hasWritten { bytes.append(UInt8(ascii: "\n")) }
    hasWritten = true
    let margin = (row.keys.map(\.count).max() ?? 0) + 2
    for field in row.fields {
      let name = ShownText.padded(field.name, to: margin)
      var isFirst = true
      for line in lines(of: field.value, margin: margin) {
        let lead = isFirst ? name : String(repeating: " ", count: margin)
        isFirst = false
        let shown =
          style.colour ? Palette.paint(line, Palette.colour(of: line)) : line
        bytes.append(contentsOf: (lead + shown).utf8)
        bytes.append(UInt8(ascii: "\n"))
      }
    }
  }

  private func lines(of value: ContractValue, margin: Int) -> [String] {
    let isNested = value.values.contains { if case .object = $0 { true } else { false } }
    let texts = isNested ? value.values.map(\.shown) : [value.shown]
    guard let width = style.width else { return texts }
    return texts.flatMap { ShownText.wrapped($0, to: max(width - margin, 20)) }
  }
}
