public import Access

/// What kind of tenant to make up, and how much of its log.
public struct SimulationOptions: Hashable, Sendable {
  /// The same seed and the same other options give the same bytes.
  public var seed: UInt64 = 1
  /// How many records are written, duplicates included.
  public var records = 100_000
  /// The part of the records that tells of access: requests, rules, policies, sessions, and ways
  /// around; 0 to 1.
  public var jitShare = 0.005
  /// How many days of event time the log spans.
  public var days = 14
  /// The end of the span: the newest record is not later.
  public var end = EventTime(seconds: 1_786_721_400)
  /// How many subscriptions the tenant has.
  public var subscriptions = 3
  /// How many people and applications ask for access; nil for a number that fits the requests.
  public var people: Int?
  /// How many VMs there are; nil for a number that fits the people.
  public var machines: Int?
  /// The part of the records that is written twice, 0 to 0.5.
  public var duplicateShare = 0.02
  /// The part of the records that comes hours or days late, 0 to 1.
  public var lateShare = 0.02
  /// The part of the records in the legacy export's shape, 0 to 1.
  public var legacyShare = 0.15
  /// False for a tenant whose export has no bodies of initiates: only rules tell what was asked for.
  public var hasBodies = true
  /// How many records a message holds on average.
  public var recordsPerMessage = 20
  /// Over how many partitions the messages are spread.
  public var partitions = 4

  /// The defaults: 100,000 records of two weeks that end on Friday, 14 August 2026, 15:30 UTC.
  public init() {}

  /// What is wrong with the options, each as one sentence; empty when nothing is.
  public var problems: [String] {
    var problems: [String] = []
    func check(_ holds: Bool, _ sentence: String) { if !holds { problems.append(sentence) } }
    check((1...1_000_000_000).contains(records), "The number of records is 1 to 1,000,000,000.")
    check((0...1).contains(jitShare), "The JIT share is a number from 0 to 1.")
    check((1...3650).contains(days), "The span is 1 to 3650 days.")
    check((1...1000).contains(subscriptions), "The number of subscriptions is 1 to 1000.")
    check((8...100_000).contains(people ?? 8), "The number of people is 8 to 100,000.")
    check((8...1_000_000).contains(machines ?? 8), "The number of VMs is 8 to 1,000,000.")
    check((0...0.5).contains(duplicateShare), "The share of duplicates is 0 to 0.5.")
    check((0...1).contains(lateShare), "The share of late records is 0 to 1.")
    check((0...1).contains(legacyShare), "The share of legacy records is 0 to 1.")
    check((1...200).contains(recordsPerMessage), "A message holds 1 to 200 records on average.")
    check((1...1024).contains(partitions), "The number of partitions is 1 to 1024.")
    check(
      end > .epoch + .days(3650) && end < .epoch + .days(60_000),
      "The end lies between the years 1980 and 2134.")
    return problems
  }

  /// The start of the span.
  public var start: EventTime { end - .days(Int64(days)) }

  /// How many records tell of access and of what surrounds it.
  var jitRecords: Int { min(records, Int((Double(records) * jitShare).rounded())) }

  /// A request has about seven records with all that follows, and a person makes about three a day.
  var peopleCount: Int { people ?? min(20_000, max(32, jitRecords / 7 / (days * 3))) }

  var machineCount: Int { machines ?? peopleCount * 3 }
}
