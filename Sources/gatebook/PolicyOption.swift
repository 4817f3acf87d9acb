internal import Access
internal import AccessDecoding
internal import Alerting
internal import CommandLineTool
internal import Files
internal import Pipeline

/// What `import --policies FILE --as-of T` asks for, read before any ledger is touched.
struct PolicyOption {
  private let path: String
  private let policies: [DecodedRecord]
  private let isDated: Bool

  /// A file of policies is small; what is larger than this is something else.
  private static let limit = 64 << 20

  /// Reads the file, or is nil where the line names none.
  init?(_ arguments: ParsedArguments) throws {
    guard let path = arguments.string("policies") else {
      if arguments.string("as-of") != nil {
        throw arguments.usageError("--as-of says when the policies of --policies FILE were read.")
      }
      return nil
    }
    let asOf = try arguments.value("as-of", expected: "an RFC 3339 time") {
      EventTime(rfc3339: $0)
    }
    let bytes: [UInt8]?
    do throws(FileError) {
      bytes = try ByteStream.contents(of: .file(path: path), limit: PolicyOption.limit)
    } catch { throw CommandFailure(error.description) }
    guard let bytes else { throw CommandFailure("\(path) is no file of policies: it is too long.") }
    do throws(PolicyFileError) {
      policies = try PolicyFileReader.read(bytes, asOf: asOf)
    } catch { throw CommandFailure("\(path): \(error.reason)") }
    self.path = path
    isDated = asOf != nil
  }

  /// Takes the policies in and says what came of them.
  func take(into session: LedgerSession, _ console: Console) throws {
    let outcome = try PolicyImport.take(
      policies, from: path, isDated: isDated, judge: session.judge,
      at: AlertDispatcher.wallClock())
    let known = outcome.policies - outcome.new
    console.note(
      "\(outcome.policies) \(outcome.policies == 1 ? "policy" : "policies") of \(path)"
        + (known > 0 ? ", \(known) of them known already" : ""))
  }
}
