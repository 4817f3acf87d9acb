internal import Access

/// Paints axis and lanes of a drawing, and remembers what its legend has to explain.
struct LanePainter {
  private(set) var lines: [String] = []

  private let axis: TimeAxis
  private let style: TimelineDrawing.Style
  private let gutter: Int
  private let glyphs: Glyphs
  private let ticks: [TimeAxis.Tick]
  private let gaps: [Range<Int>]
  /// The column of the instant, nil where it lies outside the drawing.
  private let marker: Int?
  private let instant: EventTime
  private var seenStates: Set<AccessWindow.State> = []
  private var hasRefused = false
  private var hasAsked = false
  private var hasFuture = false

  init(
    axis: TimeAxis, style: TimelineDrawing.Style, gutter: Int, drawing: TimelineDrawing
  ) {
    self.axis = axis
    self.style = style
    self.gutter = gutter
    glyphs = .of(style)
    ticks = axis.ticks
    instant = drawing.instant
    let isShown = instant >= axis.from && instant <= axis.to
    marker = isShown ? axis.column(of: instant) : nil
    gaps = drawing.gaps.filter { $0.from < axis.to && $0.to > axis.from }
      .map { axis.columns(from: $0.from, to: $0.to) }
  }

  /// Draws the labels of the ticks and the line under them.
  mutating func drawAxis() {
    var labels = CanvasLine(width: axis.width)
    var line = CanvasLine(width: axis.width)
    for column in 0..<axis.width { line.set(column, glyphs.axis, .dim) }
    if let marker {
      labels.set(marker, "T", .strong)
      line.set(marker, glyphs.markerHead, .strong)
    }
    for tick in ticks {
      let room = (tick.column - 1)..<(tick.column + tick.label.count + 1)
      if tick.column + tick.label.count <= axis.width, labels.isFree(room) {
        labels.write(tick.label, at: tick.column)
      }
      if tick.column != marker { line.set(tick.column, glyphs.tick, .dim) }
    }
    lines.append(prefix("", bar: " ") + labels.text(colour: style.colour))
    lines.append(prefix("", bar: glyphs.corner) + line.text(colour: style.colour))
  }

  /// Draws the items of a port, on as many lanes as they need.
  mutating func draw(_ items: [DrawnItem], label: String) {
    let packing = Lane.packing(items, width: axis.width, limit: TimelineDrawing.laneLimit)
    if packing.lanes.isEmpty { appendLane(CanvasLine(width: axis.width), label: label) }
    for (index, lane) in packing.lanes.enumerated() {
      var canvas = CanvasLine(width: axis.width)
      for entry in lane.items { draw(entry.item, on: &canvas) }
      for (index, entry) in lane.items.enumerated() {
        let next = index + 1 < lane.items.count ? lane.items[index + 1].item : nil
        writeName(of: entry.item, entry.place, before: next, on: &canvas)
      }
      appendLane(canvas, label: index == 0 ? label : "")
    }
    if packing.leftOut > 0 {
      lines.append(prefix("", bar: glyphs.wall) + " and \(packing.leftOut) more")
    }
  }

  private mutating func draw(_ item: DrawnItem, on canvas: inout CanvasLine) {
    switch item.look {
    case .refused:
      hasRefused = true
      canvas.set(item.columns.lowerBound, glyphs.refused, .red)
    case .asked:
      hasAsked = true
      canvas.set(item.columns.lowerBound, glyphs.asked, .cyan)
    case .bar(let window, let state, let end):
      drawBar(of: window, state, until: end, in: item.columns, on: &canvas)
    }
  }

  private mutating func drawBar(
    of window: AccessWindow, _ state: AccessWindow.State, until end: EventTime,
    in columns: Range<Int>, on canvas: inout CanvasLine
  ) {
    seenStates.insert(state)
    let colour = Palette.colour(of: state.rawValue)
    for column in columns { canvas.set(column, fill(of: window, state, at: column), colour) }
    let goesOn = end > axis.to || (window.endsAt == nil && state == .open)
    if goesOn && columns.count > 1 {
      canvas.set(columns.upperBound - 1, glyphs.onward, colour)
    }
    let isCut = isCut(window, columns)
    if isCut { canvas.set(columns.lowerBound, glyphs.backward, colour) }
    canvas.set(columns.lowerBound + (isCut ? 1 : 0), Glyphs.letter(of: state), colour)
  }

  /// True for a bar that began before the drawing and is long enough to say so.
  private func isCut(_ window: AccessWindow, _ columns: Range<Int>) -> Bool {
    window.opensAt < axis.from && columns.count > 2
  }

  private func isCut(_ item: DrawnItem) -> Bool {
    guard case .bar(let window, _, _) = item.look else { return false }
    return isCut(window, item.columns)
  }

  private mutating func fill(
    of window: AccessWindow, _ state: AccessWindow.State, at column: Int
  ) -> Character {
    if let marker, column > marker {
      hasFuture = true
      return glyphs.future
    }
    switch state {
    case .open: return glyphs.open
    case .pending: return glyphs.future
    case .closing, .overdue:
      let isLate = window.endsAt.map { column >= axis.column(of: $0) } ?? false
      return isLate ? glyphs.late : glyphs.open
    case .closed, .revoked, .superseded, .expired: return glyphs.past
    }
  }

  /// Writes a name where the packing has kept room for it, else where there happens to be some.
  private func writeName(
    of item: DrawnItem, _ place: DrawnItem.NamePlace, before next: DrawnItem?,
    on canvas: inout CanvasLine
  ) {
    let (start, end) = (item.columns.lowerBound, item.columns.upperBound)
    switch place {
    case .inside: canvas.write(" \(item.name) ", at: start + (isCut(item) ? 2 : 1))
    case .right: canvas.write(item.name, at: end + 1)
    case .left: canvas.write(item.name, at: start - 1 - item.name.count)
    case .none:
      let room = (next?.columns.lowerBound ?? axis.width + 1) - end - 2
      guard room >= min(item.name.count, 4) else { return }
      let name = ShownText.cut(
        item.name, to: min(room, axis.width - end - 1), sign: glyphs.cut)
      canvas.write(name, at: end + 1)
    }
  }

  private mutating func appendLane(_ lane: CanvasLine, label: String) {
    var canvas = lane
    if let marker { canvas.fill(marker, glyphs.marker, .strong) }
    for gap in gaps { for column in gap { canvas.fill(column, glyphs.hatch, .dim) } }
    for tick in ticks { canvas.fill(tick.column, glyphs.grid, .dim) }
    lines.append(prefix(label, bar: glyphs.wall) + canvas.text(colour: style.colour))
  }

  private func prefix(_ label: String, bar: Character) -> String {
    ShownText.padded(label, to: gutter - 2, right: true) + " " + String(bar)
  }

  /// What the letters and signs of this drawing mean, in lines that fit.
  func legend(_ width: Int) -> [String] {
    var entries = AccessWindow.State.allCases.filter(seenStates.contains)
      .map { "\(Glyphs.letter(of: $0)) \($0.rawValue)" }
    if hasFuture { entries.append("\(glyphs.future) to come") }
    if hasRefused { entries.append("\(glyphs.refused) refused") }
    if hasAsked { entries.append("\(glyphs.asked) asked, port unknown") }
    if !gaps.isEmpty { entries.append("\(glyphs.hatch) no evidence") }
    if seenStates.isEmpty && !hasRefused && !hasAsked { entries.insert("no window", at: 0) }
    entries.append("T \(instant.shown)")
    var lines: [String] = []
    for entry in entries {
      if let last = lines.last, last.count + 3 + entry.count <= width {
        lines[lines.count - 1] = last + "   " + entry
      } else {
        lines.append(String(repeating: " ", count: gutter) + entry)
      }
    }
    return lines
  }
}
