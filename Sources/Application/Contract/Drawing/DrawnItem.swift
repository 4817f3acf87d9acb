internal import Access

/// Something that takes room on a lane: a window's bar, or the mark of a request.
struct DrawnItem {
  /// The columns of the bar or mark.
  let columns: Range<Int>
  /// Who, as short as it can be told.
  let name: String
  let look: Look

  enum Look {
    /// A window with its state, and where its bar ends.
    case bar(AccessWindow, AccessWindow.State, until: EventTime)
    case refused
    /// A request that names no port.
    case asked
  }

  /// Where its name stands, once that has been decided.
  enum NamePlace {
    case inside, right, left, none
  }

  static let longestName = 14

  /// The part of an actor's name before the domain, cut.
  static func shortName(of actor: Actor, cut sign: Character) -> String {
    let name = TerminalText.neutralised(actor.shownName)
    let local = name.split(separator: "@").first.map(String.init) ?? name
    return ShownText.cut(local, to: longestName, sign: sign)
  }

  /// True where the bar is long enough to hold the name with a margin.
  var holdsName: Bool { columns.count >= name.count + 5 }

  /// The place of the name where the whole lane is free.
  func freePlace(width: Int) -> NamePlace {
    if holdsName { return .inside }
    if columns.upperBound + 1 + name.count <= width { return .right }
    return columns.lowerBound - 1 - name.count >= 0 ? .left : .none
  }

  /// The columns that bar and name take together.
  func extent(_ place: NamePlace) -> Range<Int> {
    switch place {
    case .inside, .none: columns
    case .right: columns.lowerBound..<(columns.upperBound + 1 + name.count)
    case .left: (columns.lowerBound - 1 - name.count)..<columns.upperBound
    }
  }
}

/// Items side by side that do not touch.
struct Lane {
  private(set) var items: [(item: DrawnItem, place: DrawnItem.NamePlace)] = []
  private var end = -1

  /// Puts items on as few lanes as they need, with their names as long as that is not too many.
  ///
  /// What does not fit on so many lanes is counted and not drawn.
  static func packing(
    _ items: [DrawnItem], width: Int, limit: Int
  ) -> (lanes: [Lane], leftOut: Int) {
    let named = packed(items, width: width, named: true)
    if named.count <= limit { return (named, 0) }
    let bare = packed(items, width: width, named: false)
    let leftOut = bare.dropFirst(limit).reduce(0) { $0 + $1.items.count }
    return (Array(bare.prefix(limit)), leftOut)
  }

  private static func packed(_ items: [DrawnItem], width: Int, named: Bool) -> [Lane] {
    let placed = items.map { item in
      let place = named ? item.freePlace(width: width) : item.holdsName ? .inside : .none
      return (item: item, place: place, extent: item.extent(place))
    }
    var lanes: [Lane] = []
    for next in placed.sorted(by: { $0.extent.lowerBound < $1.extent.lowerBound }) {
      // A bar may follow another one without a blank: its letter shows where it begins.
      let lane = lanes.firstIndex { $0.end <= next.extent.lowerBound }
      if lane == nil { lanes.append(Lane()) }
      lanes[lane ?? lanes.count - 1].append(next.item, next.place, next.extent)
    }
    return lanes
  }

  private mutating func append(
    _ item: DrawnItem, _ place: DrawnItem.NamePlace, _ extent: Range<Int>
  ) {
    items.append((item, place))
    end = extent.upperBound + (place == .right ? 1 : 0)
  }
}
