public import Access

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
    request(of: call, id: id(of: call, number: number))
  }

  /// The request that a call makes, under the id that it has, with names not yet looked up.
  public static func request(of call: Call, id: String) -> AccessRequest {
    let first = call.records[0].evidence
    var request = AccessRequest(
      id: id, requestedAt: call.occurredAt,
      actor: Actor(call.claims), policy: call.resource)
    request.correlationID = first.correlationID
    request.evidence = call.records.map(\.id)
    for record in call.records { absorb(record.evidence, into: &request) }
    let asked = BodyFold(call, \.asked)
    let answered = BodyFold(call, \.answered)
    request.hasBody = asked.isPresent || answered.isPresent
    request.justification = BodyFold.said(asked.justification, else: answered.justification)
    request.grants = grants(asked, answered, of: request)
    return request
  }

  private static func absorb(_ evidence: Evidence, into request: inout AccessRequest) {
    request.sourceAddress = request.sourceAddress ?? evidence.callerAddress
    request.role = request.role ?? evidence.role
    switch evidence.phase {
    case .accept, .success: request.acceptedAt = request.acceptedAt ?? evidence.occurredAt
    case .failure:
      request.refusedAt = request.refusedAt ?? evidence.occurredAt
      // Shown whenever a Failure was seen, also one that says nothing.
      let known = request.error
      request.error = ErrorDetail(
        code: known?.code ?? evidence.error?.code,
        message: known?.message ?? evidence.error?.message)
    case .start, .other: break
    }
  }

  /// One grant per VM × port of either body, by VM and port.
  private static func grants(
    _ asked: BodyFold, _ answered: BodyFold, of request: AccessRequest
  ) -> [AccessGrant] {
    let opensAt = answered.startsAt ?? request.requestedAt
    return Set(asked.ports.keys).union(answered.ports.keys).sorted().compactMap { key in
      let (own, reply) = (asked.ports[key], answered.ports[key])
      guard let any = own ?? reply else { return nil }
      let named = own.map(\.sources).flatMap { $0.isEmpty ? nil : $0 } ?? reply?.sources ?? []
      let sources = named.isEmpty ? request.sourceAddress.map { [$0] } ?? [] : Array(named)
      let stated = reply.flatMap { $0.hasEnd ? $0.end(from: opensAt) : nil }
      let end = stated ?? own?.end(from: opensAt) ?? reply?.end(from: opensAt)
      return AccessGrant(
        vm: reply.map { any.vm.merging($0.vm) } ?? any.vm, port: key.number,
        sources: sources.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) },
        opensAt: opensAt, endsAt: end.flatMap { $0 > opensAt ? $0 : nil },
        askedFor: own?.length(from: request.requestedAt)
          ?? reply?.length(from: request.requestedAt),
        inferred: false)
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
    return ResultHash.of(json.bytes)
  }
}
