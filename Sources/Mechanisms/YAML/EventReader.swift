internal import CYAML

/// One step through a YAML text.
struct Event {
  enum Kind {
    case streamStart
    case streamEnd
    case documentStart
    case documentEnd
    case alias
    case scalar(YAMLNode.Scalar)
    case sequenceStart
    case sequenceEnd
    case mappingStart
    case mappingEnd
  }

  let kind: Kind
  let place: Place
  let hasAnchor: Bool
  let hasTag: Bool
}

/// The owner of a libyaml parser and of the text it reads.
@safe
struct EventReader: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let text: UnsafeMutableBufferPointer<UInt8>

  init(_ bytes: some Collection<UInt8>) {
    unsafe text = .allocate(capacity: bytes.count)
    _ = unsafe text.initialize(fromContentsOf: bytes)
    unsafe parser = .allocate(capacity: 1)
    unsafe parser.initialize(to: yaml_parser_t())
    let result = unsafe yaml_parser_initialize(parser)
    precondition(result == 1, "There is no memory left to read YAML")
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    unsafe yaml_parser_set_input_string(parser, text.baseAddress, text.count)
  }

  deinit {
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
    unsafe text.deallocate()
  }

  /// The next step, until the end of the stream has been returned.
  func next() throws(Problem) -> Event {
    var event = unsafe yaml_event_t()
    guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw failure() }
    defer { unsafe yaml_event_delete(&event) }
    return unsafe Self.convert(event)
  }

  private static func convert(_ event: yaml_event_t) -> Event {
    func make(_ kind: Event.Kind, anchor: Bool = false, tag: Bool = false) -> Event {
      let place = unsafe Place(mark: event.start_mark)
      return Event(kind: kind, place: place, hasAnchor: anchor, hasTag: tag)
    }
    switch unsafe event.type {
    case YAML_STREAM_START_EVENT: return make(.streamStart)
    case YAML_DOCUMENT_START_EVENT: return make(.documentStart)
    case YAML_DOCUMENT_END_EVENT: return make(.documentEnd)
    case YAML_ALIAS_EVENT: return make(.alias)
    case YAML_SEQUENCE_END_EVENT: return make(.sequenceEnd)
    case YAML_MAPPING_END_EVENT: return make(.mappingEnd)
    case YAML_SCALAR_EVENT:
      let scalar = unsafe event.data.scalar
      let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      let text = unsafe String(decoding: bytes, as: UTF8.self)
      let isQuoted = unsafe scalar.style != YAML_PLAIN_SCALAR_STYLE
      return unsafe make(
        .scalar(YAMLNode.Scalar(text: text, isQuoted: isQuoted)), anchor: scalar.anchor != nil,
        tag: scalar.tag != nil)
    case YAML_SEQUENCE_START_EVENT:
      let start = unsafe event.data.sequence_start
      return unsafe make(.sequenceStart, anchor: start.anchor != nil, tag: start.tag != nil)
    case YAML_MAPPING_START_EVENT:
      let start = unsafe event.data.mapping_start
      return unsafe make(.mappingStart, anchor: start.anchor != nil, tag: start.tag != nil)
    default: return make(.streamEnd)
    }
  }

  private func failure() -> Problem {
    let reason = unsafe parser.pointee.problem
    let message = unsafe reason.map { unsafe String(cString: $0) } ?? "out of memory"
    let context = unsafe parser.pointee.context
    let detail = unsafe context.map { unsafe " \(String(cString: $0))" } ?? ""
    // Below the level of characters there are no marks, only the offset of a byte.
    let place =
      unsafe parser.pointee.error == YAML_READER_ERROR
      ? place(ofByte: parser.pointee.problem_offset)
      : Place(mark: parser.pointee.problem_mark)
    return Problem(place: place, message: "this is no valid YAML: \(message)\(detail)")
  }

  private func place(ofByte offset: Int) -> Place {
    let before = unsafe text.prefix(offset)
    let line = unsafe before.count { $0 == 0x0A } + 1
    let lineStart = unsafe before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    // Counts characters: all bytes but those that continue one.
    let column = unsafe before[lineStart...].count { $0 & 0xC0 != 0x80 } + 1
    return Place(line: line, column: column)
  }
}

extension Place {
  fileprivate init(mark: yaml_mark_t) {
    self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }
}
