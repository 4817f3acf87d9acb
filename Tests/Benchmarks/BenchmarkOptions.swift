import Foundation

/// What is to be measured, and at which size.
struct BenchmarkOptions {
  var sections = Section.allCases
  /// Records of a log that is read whole; a dense one has an eighth of them.
  var records = 400_000
  /// Repetitions of each measurement; the table shows medians.
  var repetitions = 3
  /// Pieces of evidence in the small and in the large ledger.
  var evidence = [10_000, 1_000_000]
  /// Dense records that are taken into each of these ledgers.
  var tail = 20_000
  /// Windows of a chain and requests on a policy, where everything happens in one place.
  var uneven = 100_000
  /// Records of a message.
  var recordsPerMessage = 100
  /// Whether reading over TLS is measured as well.
  var isSecure = false
  /// Whether one log only is read: its share of JIT records.
  var shares = [0.001, 1.0]
  /// The release binary.
  var program = ".build/release/gatebook"
  /// Where logs and ledgers stay for the next time; a temporary folder when nil.
  var folder: String?
  var wantsHelp = false

  static let help = """
    make bench [ARGS='[SECTION…] [OPTION…]']

      decode      messages in memory, beside simdjson reading one field of each record
      import      files
      catch-up    Apache Kafka (KAFKA_HOME), beside a consumer in C that counts bytes
      growth      cost of a record as the ledger grows
      uneven      the same where everything happens in one place
      rejudge     changed settings and a late record in a large ledger
      read        timeline and who on a large ledger

      --records N     records of a log (400000; dense: an eighth)       --repeat N    repetitions (3)
      --evidence N,M  sizes of the ledgers (10000,1000000) --tail N     records taken into them (20000)
      --share S       only this share of JIT records       --per-message N  records of a message (100)
      --uneven N      windows of one VM, writes of one group, a tenth of requests on one policy
                      (100000)
      --secure        catch-up also over SASL_SSL          --program PATH   the release binary
      --folder DIR    keep logs and ledgers here
    """

  init(_ words: [String]) throws {
    var named: [Section] = []
    var rest = words[...]
    while let word = rest.popFirst() {
      if let section = Section(rawValue: word) {
        named.append(section)
      } else if word == "--secure" {
        isSecure = true
      } else if word == "--help" {
        wantsHelp = true
      } else if word.hasPrefix("--"), let value = rest.popFirst() {
        try set(word, to: value)
      } else {
        throw BenchmarkFailure("There is no benchmark \(word); see --help.")
      }
    }
    if !named.isEmpty { sections = Section.allCases.filter(named.contains) }
  }

  private mutating func set(_ name: String, to value: String) throws {
    func number() throws -> Int {
      guard let number = Int(value), number > 0 else {
        throw BenchmarkFailure("\(name) takes a whole number above 0.")
      }
      return number
    }
    switch name {
    case "--records": records = try number()
    case "--repeat": repetitions = try number()
    case "--uneven": uneven = try number()
    case "--tail": tail = try number()
    case "--per-message": recordsPerMessage = try number()
    case "--program": program = value
    case "--folder": folder = value
    case "--share":
      guard let share = Double(value), (0...1).contains(share) else {
        throw BenchmarkFailure("--share takes a number from 0 to 1.")
      }
      shares = [share]
    case "--evidence":
      let sizes = value.split(separator: ",").compactMap { Int($0) }
      guard !sizes.isEmpty, sizes == sizes.sorted() else {
        throw BenchmarkFailure("--evidence takes one or two sizes, the smaller first.")
      }
      evidence = sizes
    default: throw BenchmarkFailure("There is no option \(name); see --help.")
    }
  }
}
