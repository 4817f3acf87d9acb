public import Access
internal import Hashing

/// Makes one request of the phases of an initiate call (semantics 2).
public enum RequestFold {
  /// The requests that the records of one key make, by time, with names not yet looked up.
  public static func requests(of records: [IdentifiedEvidence]) -> [AccessRequest] {
    var numbers: [Int: Int64] = [:]
    return CallStitcher.calls(of: records).map { call in
      let day = call.occurredAt.day
      numbers[day, default: 0] += 1
      return request(of: call, number: numbers[day, default: 1])
    }
  }

  static func request(of call: Call, number: Int64) -> AccessRequest {
    let first = call.records[0].evidence
    var request = AccessRequest(
      id: id(of: call, number: number), requestedAt: call.occurredAt,
      actor: Actor(call.claims), policy: call.resource)
    request.correlationID = first.correlationID
    request.evidence = call.records.map(\.id)
    for record in call.records { absorb(record.evidence, into: &request) }
    let bodies = Bodies(call)
    request.hasBody = bodies.asked != nil || bodies.answered != nil
    request.justification = bodies.justification
    request.grants = bodies.grants(
      requestedAt: request.requestedAt, caller: request.sourceAddress)
    return request
  }

  private static func absorb(_ evidence: Evidence, into request: inout AccessRequest) {
    request.sourceAddress = request.sourceAddress ?? evidence.callerAddress
    request.role = request.role ?? evidence.role
    switch evidence.phase {
    case .accept, .success: request.acceptedAt = request.acceptedAt ?? evidence.occurredAt
    case .failure:
      request.refusedAt = request.refusedAt ?? evidence.occurredAt
      if request.error == nil { request.error = evidence.error }
    case .start, .other: break
    }
  }

  /// SHA-256 of [correlationId, resource, date, number]; without correlation id the smallest
  /// evidence id of the call.
  private static func id(of call: Call, number: Int64) -> String {
    let first = call.records[0].evidence
    guard !first.correlationID.isEmpty else {
      return (call.records.map(\.id).min() ?? call.records[0].id).description
    }
    var json = CanonicalJSON()
    json.openArray()
    json.value(first.correlationID)
    json.value(first.resource.canonical)
    json.value(call.occurredAt.dateText)
    json.value(number)
    json.closeArray()
    return SHA256.digest(of: json.bytes).hex
  }
}

/// The bodies of a call: what was asked and what was answered, the first readable one of each.
private struct Bodies {
  let asked: AccessBody?
  let answered: AccessBody?

  init(_ call: Call) {
    asked = call.records.lazy.compactMap(\.evidence.asked).first
    answered = call.records.lazy.compactMap(\.evidence.answered).first
  }

  var justification: String? { asked?.justification ?? answered?.justification }

  /// One grant per VM × port of either body, by VM and port.
  func grants(requestedAt: EventTime, caller: String?) -> [AccessGrant] {
    let opensAt = answered?.startsAt ?? requestedAt
    let asked = Merged.ports(of: self.asked)
    let answered = Merged.ports(of: self.answered)
    return Set(asked.keys).union(answered.keys).sorted().compactMap { key in
      guard let any = asked[key] ?? answered[key] else { return nil }
      let (request, response) = (asked[key], answered[key])
      let named = request?.sources ?? []
      let sources = named.isEmpty ? response?.sources ?? [] : named
      let end =
        response?.endsAt ?? request?.endsAt
        ?? (request?.duration ?? response?.duration).map { opensAt + $0 }
      let vm = [request?.vm, response?.vm].compactMap { $0 }.reduce(any.vm) { $0.merging($1) }
      return AccessGrant(
        vm: vm, port: any.number,
        sources: sources.isEmpty ? caller.map { [$0] } ?? [] : sources,
        opensAt: opensAt, endsAt: end.flatMap { $0 > opensAt ? $0 : nil },
        askedFor: request?.duration ?? request?.endsAt.map { $0 - requestedAt }
          ?? response?.endsAt.map { $0 - requestedAt },
        inferred: false)
    }
  }
}

/// One VM × port of a body; the same one twice is united: all sources, the later end.
private struct Merged {
  var vm: ResourceID
  var number: Int
  var sources: [String]
  var endsAt: EventTime?
  var duration: TimeSpan?

  struct Key: Hashable, Comparable {
    let vm: String
    let number: Int

    static func < (left: Key, right: Key) -> Bool {
      (left.vm, left.number) < (right.vm, right.number)
    }
  }

  static func ports(of body: AccessBody?) -> [Key: Merged] {
    var merged: [Key: Merged] = [:]
    for port in body?.ports ?? [] {
      let key = Key(vm: port.vm.canonical, number: port.number)
      if let known = merged[key] {
        merged[key] = known.united(with: port)
      } else {
        merged[key] = Merged(port)
      }
    }
    return merged
  }

  private init(_ port: AccessBody.Port) {
    vm = port.vm
    number = port.number
    sources = Array(Set(port.sources)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    endsAt = port.endsAt
    duration = port.duration
  }

  private func united(with port: AccessBody.Port) -> Merged {
    var united = Merged(port)
    united.vm = vm.merging(port.vm)
    united.sources = Array(Set(sources + port.sources)).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    united.endsAt = [endsAt, port.endsAt].compactMap { $0 }.max()
    united.duration = [duration, port.duration].compactMap { $0 }.max()
    return united
  }
}
