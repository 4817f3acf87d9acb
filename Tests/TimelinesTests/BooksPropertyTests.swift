import Access
import Testing
import Timelines

/// The same numbers in every run.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Evidence in which keys, instants, VMs and people collide often.
struct RandomEvidence {
  private var numbers: SeededGenerator
  /// How far instants lie apart, in seconds: retries at one end, separate calls at the other.
  private let step: Int

  init(seed: UInt64) {
    numbers = SeededGenerator(seed: seed)
    step = [1, 60, 240, 7200, 40_000].randomElement(using: &numbers) ?? 1
  }

  mutating func records() -> [IdentifiedEvidence] {
    (0..<pick(1...24)).map { _ in record().identified }
  }

  mutating func shuffled(_ records: [IdentifiedEvidence]) -> [IdentifiedEvidence] {
    records.shuffled(using: &numbers)
  }

  mutating func instant() -> EventTime {
    Story.time("10:00:00") + .seconds(Int64(pick(0...12) * step))
  }

  private mutating func pick(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &numbers)
  }

  private mutating func chance(_ percent: Int) -> Bool { pick(1...100) <= percent }

  private mutating func record() -> Evidence {
    let at = instant().description
    let correlation = chance(15) ? "" : "c\(pick(1...2))"
    if chance(20) {
      return Story.note(
        at, on: "vm\(pick(1...2))", user: chance(20) ? nil : "u\(pick(1...2))@example.com",
        chance(50) ? "why \(pick(1...2))" : nil, correlation: correlation)
    }
    let phase = Phase.allCases[min(pick(0...7), 4) % Phase.allCases.count]
    var record = Story.record(
      phase == .other ? .start : phase, at,
      asked: chance(50) ? body() : nil, answered: phase == .accept && chance(50) ? body() : nil,
      by: claims(), from: chance(50) ? "203.0.113.\(pick(1...2))" : nil,
      on: Story.policy("p\(pick(1...2))"), correlation: correlation)
    if phase == .failure, chance(70) { record.error = ErrorDetail(code: "No", message: nil) }
    return record
  }

  private mutating func claims() -> Claims {
    switch pick(1...4) {
    case 1: Claims()
    case 2: Story.person("u\(pick(1...2))@example.com")
    case 3: Story.person("u\(pick(1...2))@example.com", objectID: "o\(pick(1...3))")
    default: Story.person(nil, objectID: "o\(pick(1...3))")
    }
  }

  private mutating func body() -> AccessBody {
    var body = AccessBody(ports: [])
    for _ in 0..<pick(1...2) {
      var port = Story.port("\(chance(20) ? "VM" : "vm")\(pick(1...2)):\(pick(1...2))")
      if chance(50) { port.duration = .minutes(Int64(pick(1...4) * 30)) }
      if chance(30) { port.endsAt = instant() }
      if chance(40) { port.sources = ["10.0.0.\(pick(1...2))"] }
      body.ports.append(port)
    }
    if chance(30) { body.startsAt = instant() }
    if chance(30) { body.justification = "because" }
    return body
  }
}

@Suite struct `Books of any evidence` {
  private func fingerprint(_ books: Books, at instant: EventTime) -> [String] {
    books.requests.map { String(decoding: $0.canonical, as: UTF8.self) }
      + books.windows.map { "\($0) \($0.standing(at: instant))" }
  }

  @Test(arguments: 0..<cases)
  func `are the same in any order and with any duplicates`(seed: Int) {
    var random = RandomEvidence(seed: UInt64(seed))
    let (records, instant) = (random.records(), random.instant())
    let books = Books(of: records, at: instant)
    let mixed = random.shuffled(records + records.prefix(7))
    #expect(
      fingerprint(Books(of: mixed, at: instant), at: instant)
        == fingerprint(books, at: instant))
  }

  @Test(arguments: 0..<cases)
  func `hold every record of a call in exactly one request`(seed: Int) {
    var random = RandomEvidence(seed: UInt64(seed))
    let records = Set(random.records())
    let books = Books(of: Array(records), at: .distantFuture)
    let notes = Set(records.filter(\.evidence.isNote).map(\.id))
    let held = books.requests.flatMap(\.evidence).filter { !notes.contains($0) }
    #expect(held.count == Set(held).count)
    #expect(Set(held) == Set(records.map(\.id)).subtracting(notes))
    #expect(Set(books.requests.map(\.id)).count == books.requests.count)
  }

  @Test(arguments: 0..<cases)
  func `never join records of a call more than 24 h apart`(seed: Int) throws {
    var random = RandomEvidence(seed: UInt64(seed))
    let records = random.records()
    let times = Dictionary(
      records.filter(\.evidence.isInitiate).map { ($0.id, $0.evidence.occurredAt) },
      uniquingKeysWith: { first, _ in first })
    for request in Books(of: records, at: .distantFuture).requests {
      let of = request.evidence.compactMap { times[$0] }
      let (first, last) = (try #require(of.min()), try #require(of.max()))
      #expect(first == request.requestedAt)
      #expect(last - first <= CallKey.reach)
    }
  }

  @Test(arguments: 0..<cases)
  func `join notes as one request after the other would`(seed: Int) {
    var random = RandomEvidence(seed: UInt64(seed))
    let records = random.records()
    let books = Books(of: records, at: .distantFuture)
    for note in Set(records) where note.evidence.isNote {
      // Stored requests have their notes already: that must not change which one a note joins.
      let joined = NoteFold.request(joinedBy: note.evidence, among: books.requests)
      let holders = books.requests.filter { $0.evidence.contains(note.id) }
      #expect(holders.map(\.id) == (joined.map { [$0.id] } ?? []))
    }
  }

  @Test(arguments: 0..<cases)
  func `come back from canonical JSON`(seed: Int) {
    var random = RandomEvidence(seed: UInt64(seed))
    for request in Books(of: random.records(), at: .distantFuture).requests {
      let again = AccessRequest(canonical: request.canonical)
      #expect(again == request)
      #expect(again?.canonical == request.canonical)
    }
  }
}
