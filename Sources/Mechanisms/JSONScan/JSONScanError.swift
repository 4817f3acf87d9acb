internal import CSimdJSON

/// Why bytes could not be read as JSON, and where.
public struct JSONScanError: Error, Hashable, Sendable {
  /// What is wrong.
  public let code: Code
  /// The byte at which it is wrong, when that is known; for a damaged message where the rest begins.
  public let offset: Int?

  /// What can be wrong with JSON text.
  public struct Code: Hashable, Sendable {
    let number: UInt32

    /// Nothing but blanks.
    public static let empty = Code(GB_JSON_EMPTY)
    /// A message that is neither an array nor an object.
    public static let notAContainer = Code(GB_JSON_NOT_A_CONTAINER)
    /// The array key of a message holds something else than an array.
    public static let arrayKeyWithoutArray = Code(GB_JSON_ARRAY_KEY_WITHOUT_ARRAY)
    /// A message that is `{}`.
    public static let emptyObject = Code(GB_JSON_EMPTY_OBJECT)
    /// An array that has elements and no object among them.
    public static let noObjects = Code(GB_JSON_NO_OBJECTS)
    /// A string without its closing quote.
    public static let unclosedString = Code(GB_JSON_UNCLOSED_STRING)
    /// Bytes that are not UTF-8.
    public static let invalidUTF8 = Code(GB_JSON_INVALID_UTF8)
    /// A raw control character, such as a newline, inside a string.
    public static let controlCharacter = Code(GB_JSON_CONTROL_CHARACTER)
    /// An array or object without its closing bracket.
    public static let unclosedContainer = Code(GB_JSON_UNCLOSED_CONTAINER)
    /// Brackets that close what was not opened.
    public static let mismatchedBracket = Code(GB_JSON_MISMATCHED_BRACKET)
    /// A value, comma, colon or bracket where it may not stand.
    public static let unexpectedToken = Code(GB_JSON_UNEXPECTED_TOKEN)
    /// More text after the end of the document.
    public static let trailingContent = Code(GB_JSON_TRAILING_CONTENT)
    /// A number that does not follow the grammar.
    public static let invalidNumber = Code(GB_JSON_INVALID_NUMBER)
    /// A word that is none of `true`, `false` and `null`.
    public static let invalidLiteral = Code(GB_JSON_INVALID_LITERAL)
    /// An escape that JSON does not have.
    public static let invalidEscape = Code(GB_JSON_INVALID_ESCAPE)
    /// More than 512 arrays and objects inside each other.
    public static let tooDeep = Code(GB_JSON_TOO_DEEP)
    /// A text of a gibibyte or more.
    public static let tooLarge = Code(GB_JSON_TOO_LARGE)
    /// Memory ran out.
    public static let outOfMemory = Code(GB_JSON_OUT_OF_MEMORY)

    init(number: UInt32) {
      self.number = number
    }

    private init(_ constant: Int) {
      self.number = UInt32(constant)
    }
  }
}

extension JSONScanError.Code: CustomStringConvertible {
  /// A short clause such as "a string is not closed".
  public var description: String {
    Self.texts[self] ?? "the text cannot be read"
  }

  private static let texts: [Self: String] = [
    .empty: "the text is empty",
    .notAContainer: "the text is neither an array nor an object",
    .arrayKeyWithoutArray: "the key of the records holds no array",
    .emptyObject: "the object is empty",
    .noObjects: "no element of the array is an object",
    .unclosedString: "a string is not closed",
    .invalidUTF8: "the text is not UTF-8",
    .controlCharacter: "a control character stands in a string",
    .unclosedContainer: "an array or object is not closed",
    .mismatchedBracket: "a bracket closes what was not opened",
    .unexpectedToken: "a value, comma, colon or bracket stands where it may not",
    .trailingContent: "text follows the end of the document",
    .invalidNumber: "a number is malformed",
    .invalidLiteral: "a word is neither true, false nor null",
    .invalidEscape: "an escape in a string is malformed",
    .tooDeep: "arrays and objects are nested too deeply",
    .tooLarge: "the text is too large",
    .outOfMemory: "memory ran out",
  ]
}

extension JSONScanError: CustomStringConvertible {
  /// The clause of the code with its place, such as "a string is not closed at byte 17".
  public var description: String {
    guard let offset else { return code.description }
    return "\(code) at byte \(offset)"
  }
}
