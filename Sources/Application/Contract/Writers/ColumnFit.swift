/// Which columns of a table are shown, and how wide, so that its lines fit the terminal.
struct ColumnFit {
  static let separator = "  "

  /// The places of the columns that are shown.
  private(set) var kept: [Int]
  /// Their widths.
  private(set) var widths: [Int]
  /// The column that goes on lines of its own, beneath the others.
  private(set) var beneath: Int?

  private static let rigidMinimum = 3

  /// Fits columns whose widest cells are known into a width, or into none.
  ///
  /// Optional columns go first, from the right; where that is not enough, sentences go beneath the
  /// others. Then the widest flexible column gives way, then the next; the others only when there
  /// is no other way. What still does not fit is left to the cutting of lines.
  init(_ columns: [TableColumn], natural: [Int], width limit: Int?) {
    kept = Array(columns.indices)
    widths = natural
    guard let limit else { return }
    self = ColumnFit(kept, of: columns, natural: natural, limit: limit)
    guard let last = kept.last, columns[last].isWrapped, ColumnFit.total(widths) > limit else {
      shrinkRigid(to: limit)
      return
    }
    self = ColumnFit(Array(columns.indices.dropLast()), of: columns, natural: natural, limit: limit)
    beneath = last
    shrinkRigid(to: limit)
  }

  private init(_ places: [Int], of columns: [TableColumn], natural: [Int], limit: Int) {
    kept = places
    let minima = columns.indices.map { index in
      columns[index].minimum.map { min($0, natural[index]) } ?? natural[index]
    }
    while ColumnFit.total(kept.map { minima[$0] }) > limit,
      let place = kept.lastIndex(where: { columns[$0].isOptional })
    {
      kept.remove(at: place)
    }
    widths = kept.map { natural[$0] }
    shrink(to: limit, minima: kept.map { minima[$0] })
  }

  private mutating func shrinkRigid(to limit: Int) {
    shrink(to: limit, minima: kept.map { _ in ColumnFit.rigidMinimum })
  }

  private static func total(_ widths: [Int]) -> Int {
    widths.reduce(0, +) + separator.count * max(0, widths.count - 1)
  }

  private mutating func shrink(to limit: Int, minima: [Int]) {
    var excess = ColumnFit.total(widths) - limit
    while excess > 0 {
      let candidates = widths.indices.filter { widths[$0] > minima[$0] }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return }
      let next = candidates.filter { $0 != widest }.map { widths[$0] }.max() ?? 0
      let step = min(excess, max(1, widths[widest] - max(next, minima[widest])))
      widths[widest] -= step
      excess -= step
    }
  }
}
