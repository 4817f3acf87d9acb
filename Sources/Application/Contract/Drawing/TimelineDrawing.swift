public import Access

/// The windows of a VM drawn to scale for a terminal: one lane a port, more where they overlap.
public struct TimelineDrawing: Sendable {
  /// How a drawing looks.
  public struct Style: Hashable, Sendable {
    /// The columns that there are.
    public var width: Int
    /// False where the terminal shows nothing but ASCII.
    public var unicode: Bool
    /// True where states are coloured.
    public var colour: Bool

    /// A look; Unicode without colours unless said otherwise.
    public init(width: Int, unicode: Bool = true, colour: Bool = false) {
      self.width = width
      self.unicode = unicode
      self.colour = colour
    }
  }

  /// The VM.
  public let vm: ResourceID
  /// Where the drawing begins.
  public let from: EventTime
  /// Where the drawing ends.
  public let to: EventTime
  /// The instant at which states are told, marked where it lies in the drawing.
  public let instant: EventTime
  /// Windows; those of other VMs are left out.
  public var windows: [AccessWindow] = []
  /// Requests, of which the refused ones and those without a port are marked.
  public var requests: [AccessRequest] = []
  /// Spans without evidence, hatched.
  public var gaps: [EvidenceGap] = []

  /// So many lanes a port; what needs more is counted and not drawn.
  static let laneLimit = 6
  /// The narrowest drawing that can be read.
  static let narrowest = 40

  /// A drawing of a VM from one instant to another, as things stand at a third.
  public init(vm: ResourceID, from: EventTime, to: EventTime, instant: EventTime) {
    self.vm = vm
    // Outside of these no instant can be written down.
    self.from = min(max(from, .distantPast), .distantFuture)
    self.to = min(max(to, .distantPast), .distantFuture)
    self.instant = instant
  }

  /// The lines of the drawing, each at most as wide as the style says.
  public func lines(_ style: Style) -> [String] {
    let groups = portGroups
    let gutter = (groups.map(\.label.count).max() ?? 0) + 3
    let width = max(style.width, TimelineDrawing.narrowest)
    let axis = TimeAxis(from: from, to: to, width: width - gutter)
    var painter = LanePainter(axis: axis, style: style, gutter: gutter, drawing: self)
    let glyphs = Glyphs.of(style)
    painter.drawAxis()
    for group in groups {
      painter.draw(group.items(axis, cut: glyphs.cut), label: group.label)
    }
    if groups.isEmpty { painter.draw([], label: "") }
    return [title(width, cut: glyphs.cut)] + painter.lines + painter.legend(width)
  }

  private func title(_ width: Int, cut sign: Character) -> String {
    let zone = "\(from.shown.dropLast(4))Z to \(to.shown.dropLast(4))Z"
    let name = TerminalText.neutralised(vm.name)
    return ShownText.cut("\(name)  \(zone)  (\((to - from).spoken))", to: width, sign: sign)
  }

  /// Windows and marks of one port, nil being the requests that name none.
  private struct PortGroup {
    let label: String
    var windows: [(AccessWindow, AccessWindow.State, end: EventTime)] = []
    var marks: [(EventTime, Actor, DrawnItem.Look)] = []

    func items(_ axis: TimeAxis, cut sign: Character) -> [DrawnItem] {
      windows.map { window, state, end in
        DrawnItem(
          columns: axis.columns(from: window.opensAt, to: end),
          name: DrawnItem.shortName(of: window.actor, cut: sign),
          look: .bar(window, state, until: end))
      }
        + marks.map { at, actor, look in
          let column = axis.column(of: at)
          return DrawnItem(
            columns: column..<(column + 1), name: DrawnItem.shortName(of: actor, cut: sign),
            look: look)
        }
    }
  }

  private var portGroups: [PortGroup] {
    var groups: [Int: PortGroup] = [:]
    for window in windows where window.vm == vm {
      let standing = window.standing(at: instant)
      let end = window.drawnEnd(standing, at: instant)
      guard window.opensAt < to, end > from || window.opensAt >= from else { continue }
      groups[window.port, default: PortGroup(label: String(window.port))].windows
        .append((window, standing.state, end: end))
    }
    for (port, at, actor, look) in marks {
      groups[port ?? -1, default: PortGroup(label: port.map { String($0) } ?? "any")].marks
        .append((at, actor, look))
    }
    return groups.sorted { $0.key < $1.key }.map(\.value)
  }

  private var marks: [(port: Int?, EventTime, Actor, DrawnItem.Look)] {
    requests.filter { $0.requestedAt >= from && $0.requestedAt <= to }.flatMap { request in
      if request.isRefused && request.grants.isEmpty {
        return [(nil as Int?, request.requestedAt, request.actor, DrawnItem.Look.refused)]
      }
      return Set(request.grants.filter { $0.vm == vm }.map(\.port))
        .filter { request.isRefused || $0 == nil }
        .map { ($0, request.requestedAt, request.actor, request.isRefused ? .refused : .asked) }
    }
  }
}

extension AccessWindow {
  /// Where the bar of a window ends.
  func drawnEnd(_ standing: Standing, at instant: EventTime) -> EventTime {
    if let closedAt = standing.closedAt { return closedAt }
    switch standing.state {
    case .closing, .overdue: return max(instant, opensAt)
    default: return endsAt ?? max(instant, opensAt)
    }
  }
}
