/// A line of single characters, each with a colour, into which a drawing is painted.
struct CanvasLine {
  private var characters: [Character]
  private var colours: [Palette.Colour?]
  /// True where something has been drawn, which may be a blank that belongs to a name.
  private var isTaken: [Bool]

  init(width: Int) {
    isTaken = Array(repeating: false, count: width)
    characters = Array(repeating: " ", count: width)
    colours = Array(repeating: nil, count: width)
  }

  /// Sets one character; outside the line nothing happens.
  mutating func set(_ column: Int, _ character: Character, _ colour: Palette.Colour? = nil) {
    guard characters.indices.contains(column) else { return }
    characters[column] = character
    colours[column] = colour
    isTaken[column] = true
  }

  /// Sets one character where nothing has been drawn yet.
  mutating func fill(_ column: Int, _ character: Character, _ colour: Palette.Colour? = nil) {
    guard characters.indices.contains(column), !isTaken[column] else { return }
    set(column, character, colour)
  }

  /// Writes a text from a column on, as far as there is room, with a blank around it.
  mutating func write(_ text: String, at column: Int, _ colour: Palette.Colour? = nil) {
    for (offset, character) in text.enumerated() { set(column + offset, character, colour) }
    fill(column - 1, " ")
    fill(column + text.count, " ")
  }

  /// True where nothing has been drawn in these columns, as far as they are on the line.
  func isFree(_ columns: Range<Int>) -> Bool {
    columns.clamped(to: characters.indices).allSatisfy { !isTaken[$0] }
  }

  /// The line as text, without blanks at its end.
  func text(colour isColoured: Bool) -> String {
    let end = (characters.lastIndex { $0 != " " } ?? -1) + 1
    guard isColoured else { return String(characters[..<end]) }
    var text = ""
    var start = 0
    while start < end {
      let colour = colours[start]
      let stop = (start..<end).first { colours[$0] != colour } ?? end
      text += Palette.paint(String(characters[start..<stop]), colour)
      start = stop
    }
    return text
  }
}
