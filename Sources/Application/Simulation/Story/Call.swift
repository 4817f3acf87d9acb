internal import Access

/// One initiate call as it happened, whatever of it the log will show.
struct Call: Sendable {
  /// One VM × port that is asked for.
  struct Target: Sendable {
    /// How the body says until when.
    enum Limit: Sendable {
      case until(EventTime)
      case lasting(TimeSpan)
      case nothing
    }

    var machine: Int
    var port: Int
    /// What the body names; empty where it names none.
    var sources: [String]
    var limit: Limit
    /// The end that the answer states, where it states one.
    var answeredEnd: EventTime?
  }

  /// One record that the log has of the call.
  struct Record: Sendable {
    var phase: Phase
    var at: EventTime
    /// True where the record carries the body of the request or of the answer.
    var hasBody: Bool
    /// True for the provider's own record on the first VM.
    var isNote = false
  }

  /// Why a call is refused, and how its record says so.
  enum Refusal: Sendable {
    /// No permission: an error as JSON text.
    case forbidden
    /// The policy does not allow it: an error as JSON text inside another object.
    case badRequest
    /// The VM is gone: plain text.
    case notFound
    /// Nothing but the status.
    case conflict
  }

  var person: Int
  var policy: Int
  var correlation: GUID
  var targets: [Target]
  var justification: String?
  /// The client that the person uses, or the application itself.
  var appID: String
  /// False where the claims of no record have an object id.
  var namesObjectID = true
  /// The caller's address as the contract shows it; nil where no record has one.
  var caller: String?
  /// False where no record says by which role the caller was authorised.
  var namesRole = true
  /// The start that the answer states.
  var startsAt: EventTime?
  var refusal: Refusal?
  var records: [Record] = []
  /// Decides about everything in the records' wording that changes nothing.
  var style: UInt64

  /// The earliest record of the call itself.
  var requestedAt: EventTime {
    records.lazy.filter { !$0.isNote }.map(\.at).min() ?? .distantFuture
  }
  var acceptedAt: EventTime? {
    records.lazy.filter { !$0.isNote && ($0.phase == .accept || $0.phase == .success) }
      .map(\.at).min()
  }
  var refusedAt: EventTime? {
    records.lazy.filter { $0.phase == .failure }.map(\.at).min()
  }
  /// Whether the log shows what was asked for.
  var showsRequest: Bool { records.contains { $0.phase == .start && $0.hasBody } }
  /// Whether the log shows what was answered.
  var showsAnswer: Bool {
    records.contains { ($0.phase == .accept || $0.phase == .success) && $0.hasBody }
  }
}

extension TimeSpan {
  static func + (left: TimeSpan, right: TimeSpan) -> TimeSpan {
    TimeSpan(ticks: left.ticks + right.ticks)
  }
}
