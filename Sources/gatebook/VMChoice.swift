internal import Access
internal import CommandLineTool
internal import Detection
internal import Ledger

/// Which VMs the words of a command line mean.
struct VMChoice {
  private let ids: Set<ResourceID>
  private let patterns: [Glob]
  /// The VMs of the ledger that are meant, by id.
  let vms: [ResourceID]

  /// Looks words up among the VMs of a ledger; fails where one is unknown or ambiguous.
  init(_ words: [String], reader: LedgerReader) throws {
    // All there are: what an instant does not know yet is an empty answer and no typing mistake.
    let known = try reader.vms(at: .distantFuture)
    var ids: Set<ResourceID> = []
    var patterns: [Glob] = []
    for word in words {
      if word.contains("*") {
        patterns.append(Glob(word))
      } else {
        ids.insert(try VMChoice.lookUp(word, among: known))
      }
    }
    self.ids = ids
    self.patterns = patterns
    vms = known.filter { VMChoice.holds($0, ids, patterns) }
  }

  /// The choice of a repeated option; nil where it is not given, which is every VM.
  static func option(
    _ arguments: ParsedArguments, reader: LedgerReader
  ) throws -> VMChoice? {
    let words = arguments.strings("vm")
    return words.isEmpty ? nil : try VMChoice(words, reader: reader)
  }

  /// Whether a VM is meant; patterns also hold for VMs that came later.
  func contains(_ vm: ResourceID) -> Bool { VMChoice.holds(vm, ids, patterns) }

  private static func holds(
    _ vm: ResourceID, _ ids: Set<ResourceID>, _ patterns: [Glob]
  ) -> Bool {
    ids.contains(vm)
      || patterns.contains { $0.matches(vm.name) || $0.matches(vm.canonical) }
  }

  private static func lookUp(_ word: String, among known: [ResourceID]) throws -> ResourceID {
    let canonical = word.lowercased()
    let isID = canonical.hasPrefix("/")
    let matches = known.filter { (isID ? $0.canonical : $0.name.lowercased()) == canonical }
    if matches.count == 1 { return matches[0] }
    guard matches.isEmpty else {
      throw CommandFailure(
        "'\(word)' is the name of \(matches.count) VMs; use one of these ids, or a pattern:"
          + list(matches))
    }
    let name = ResourceID(canonical).name
    let near = NearNames.nearest(to: name, among: known)
    throw CommandFailure(
      "No VM '\(word)' is in the ledger; `gatebook vms` lists those that are."
        + (near.isEmpty ? "" : " Near matches:" + list(near)))
  }

  private static func list(_ vms: [ResourceID]) -> String {
    vms.prefix(20).map { "\n  \($0.name)  \($0.display)" }.joined()
      + (vms.count > 20 ? "\n  and \(vms.count - 20) more" : "")
  }
}
