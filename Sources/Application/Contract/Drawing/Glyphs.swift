internal import Access

/// The signs of which a drawing is made.
struct Glyphs: Sendable {
  let axis: Character
  let tick: Character
  let corner: Character
  let wall: Character
  let grid: Character
  let marker: Character
  let markerHead: Character
  let open: Character
  let past: Character
  let late: Character
  let future: Character
  let onward: Character
  let backward: Character
  let hatch: Character
  let refused: Character
  let asked: Character
  let cut: Character

  static let unicode = Glyphs(
    axis: "─", tick: "┬", corner: "┌", wall: "│", grid: "┊", marker: "┃", markerHead: "▼",
    open: "█", past: "▒", late: "!", future: "░", onward: "▶", backward: "◀", hatch: "╱",
    refused: "×",
    asked: "?", cut: "…")

  static let ascii = Glyphs(
    axis: "-", tick: "+", corner: "+", wall: "|", grid: ":", marker: "|", markerHead: "v",
    open: "#", past: "=", late: "!", future: ".", onward: ">", backward: "<", hatch: "/",
    refused: "x",
    asked: "?", cut: "~")

  static func of(_ style: TimelineDrawing.Style) -> Glyphs { style.unicode ? unicode : ascii }

  /// The letter with which the bar of a state begins.
  static func letter(of state: AccessWindow.State) -> Character {
    switch state {
    case .pending: "P"
    case .open: "O"
    case .closing: "L"
    case .overdue: "V"
    case .closed: "C"
    case .revoked: "R"
    case .superseded: "S"
    case .expired: "E"
    }
  }
}
