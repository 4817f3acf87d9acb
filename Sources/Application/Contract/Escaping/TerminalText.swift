/// Text on its way to a terminal: nothing in it moves the cursor, colours or reverses a line.
public enum TerminalText {
  /// The text on one line, with controls, escape sequences and direction overrides shown.
  public static func neutralised(_ text: String) -> String { UnsafeScalar.neutralised(text) }
}
