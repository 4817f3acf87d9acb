internal import JSONScan

/// The operations that are evidence, found by the raw bytes of an operation name in any case.
struct OperationCatalog: Sendable {
  /// Which parser an operation belongs to.
  enum Family: Sendable {
    case initiate
    /// A network security group.
    case ruleSet
    /// A rule of a network security group.
    case rule
    /// A classic Azure Firewall.
    case firewall
    /// A NAT or network rule collection of a classic Azure Firewall.
    case ruleCollection
    /// An application rule collection, whose rules open no port.
    case applicationCollection
    case policy
    /// A Bastion audit record, which is known by its category.
    case session
    case bypass
    case vmExtension
    case feed
    case diagnosticSetting
  }

  /// One operation; its name is in lower case.
  struct Operation: Sendable {
    let name: String
    let family: Family

    /// Whether the operation deletes its resource.
    var isDelete: Bool { name.hasSuffix("/delete") }

    /// Whether the answer may say that the resource was made, and this is of interest.
    var mayCreate: Bool {
      switch family {
      case .ruleSet, .rule, .firewall, .ruleCollection, .applicationCollection, .policy: !isDelete
      default: false
      }
    }

    /// What Bastion's records are decoded as, whatever their operation.
    static let session = Operation(name: "microsoft.network/bastionhost/connect", family: .session)
  }

  private var operations: [Operation] = []
  /// The names one after the other, so that a look-up touches no array of arrays.
  private var letters: [UInt8] = []
  private var places: [Range<Int>] = []
  /// For each length of a name the operations of that length, which are neighbours.
  private var ofLength: [Range<Int>] = []

  init(_ settings: DecodingSettings) {
    var families = Dictionary(
      OperationCatalog.builtIn.map { ($0.name, $0.family) }, uniquingKeysWith: { first, _ in first }
    )
    let added: [([String], Family)] = [
      (settings.initiateOperations, .initiate), (settings.bypassOperations, .bypass),
      (settings.feedOperations, .feed),
    ]
    for (names, family) in added {
      for name in names.map({ $0.lowercased() }) where families[name] == nil {
        families[name] = family
      }
    }
    let names = families.keys.filter { !$0.isEmpty }
    for name in names.sorted(by: { ($0.utf8.count, $0) < ($1.utf8.count, $1) }) {
      guard let family = families[name] else { continue }
      add(Operation(name: name, family: family))
    }
  }

  private mutating func add(_ operation: Operation) {
    let length = operation.name.utf8.count
    while ofLength.count <= length { ofLength.append(operations.count..<operations.count) }
    operations.append(operation)
    ofLength[length] = ofLength[length].lowerBound..<operations.count
    places.append(letters.count..<(letters.count + length))
    letters.append(contentsOf: operation.name.utf8)
  }

  /// The operation of this name, or nil when it is not evidence.
  func operation(named name: RawSpan) -> Operation? {
    guard name.byteCount < ofLength.count else { return nil }
    let bytes = Span<UInt8>(_bytes: name)
    for index in ofLength[bytes.count] where isSame(bytes, places[index].lowerBound) {
      return operations[index]
    }
    return nil
  }

  /// Compares from the end: names of one provider share their beginning.
  private func isSame(_ name: Span<UInt8>, _ start: Int) -> Bool {
    var index = name.count - 1
    while index >= 0 {
      guard lowered(name[index]) == letters[start + index] else { return false }
      index -= 1
    }
    return true
  }
}

/// The byte with an ASCII capital letter made small.
@inline(__always)
func lowered(_ byte: UInt8) -> UInt8 {
  byte &- 0x41 < 26 ? byte | 0x20 : byte
}
