import Access
import Foundation
import Testing
import Timelines

/// Makes the records of a story.
///
/// Times of day are on 2026-08-12.
enum Story {
  static let operation = "microsoft.security/locations/jitnetworkaccesspolicies/initiate/action"
  static let group = "/subscriptions/S1/resourceGroups/rg-app/providers/"
  static let correlation = "7399f689-ddf5-4ade-b65c-43eecf2b0292"

  static func policy(_ name: String = "default") -> ResourceID {
    ResourceID(
      group + "Microsoft.Security/locations/westeurope/jitNetworkAccessPolicies/" + name)
  }

  static func vm(_ name: String) -> ResourceID {
    ResourceID(group + "Microsoft.Compute/virtualMachines/" + name)
  }

  static func time(_ text: String) -> EventTime {
    EventTime(rfc3339: text.contains("T") ? text : "2026-08-12T\(text)Z")!
  }

  /// A body of `vm:port` texts, all with the same sources and length.
  static func body(
    _ ports: String..., sources: [String] = [], endsAt: String? = nil,
    duration: TimeSpan? = nil, startsAt: String? = nil, justification: String? = nil
  ) -> AccessBody {
    AccessBody(
      ports: ports.map { port($0, sources: sources, endsAt: endsAt, duration: duration) },
      startsAt: startsAt.map(time), justification: justification)
  }

  static func port(
    _ text: String, sources: [String] = [], endsAt: String? = nil, duration: TimeSpan? = nil
  ) -> AccessBody.Port {
    let parts = text.split(separator: ":")
    return AccessBody.Port(
      vm: vm(String(parts[0])), number: Int(parts[1])!, sources: sources,
      endsAt: endsAt.map(time), duration: duration)
  }

  static func person(_ name: String?, objectID: String? = nil) -> Claims {
    var claims = Claims()
    claims.userPrincipalName = name
    claims.objectID = objectID
    return claims
  }

  /// One phase of an initiate call.
  static func record(
    _ phase: Phase, _ at: String, asked: AccessBody? = nil, answered: AccessBody? = nil,
    by claims: Claims = Claims(), from address: String? = nil, on policy: ResourceID = policy(),
    correlation: String = correlation
  ) -> Evidence {
    let kind: Evidence.Kind =
      switch phase {
      case .accept, .success: .accessAccepted
      case .failure: .accessRefused
      case .start, .other: .accessRequested
      }
    var evidence = Evidence(
      kind: kind, occurredAt: time(at), operation: operation, phase: phase, resource: policy,
      correlationID: correlation)
    evidence.asked = asked
    evidence.answered = answered
    evidence.claims = claims
    evidence.callerAddress = address
    return evidence
  }

  static func start(
    _ at: String, _ asked: AccessBody? = nil, by claims: Claims = Claims(),
    from address: String? = nil, on policy: ResourceID = policy(),
    correlation: String = correlation
  ) -> Evidence {
    record(
      .start, at, asked: asked, by: claims, from: address, on: policy, correlation: correlation)
  }

  static func accept(
    _ at: String, _ answered: AccessBody? = nil, correlation: String = correlation
  ) -> Evidence {
    record(.accept, at, answered: answered, correlation: correlation)
  }

  static func failure(
    _ at: String, _ code: String? = "AuthorizationFailed", correlation: String = correlation
  ) -> Evidence {
    var evidence = record(.failure, at, correlation: correlation)
    evidence.error = code.map { ErrorDetail(code: $0, message: nil) }
    return evidence
  }

  /// The provider's own record on a VM.
  static func note(
    _ at: String, on name: String = "vm1", user: String? = "user@example.com",
    _ justification: String? = nil, correlation: String = correlation
  ) -> Evidence {
    var evidence = Evidence(
      kind: .accessNoted, occurredAt: time(at), operation: operation, phase: .success,
      resource: vm(name), correlationID: correlation)
    evidence.note = AccessNote(user: user, justification: justification)
    return evidence
  }

  /// The requests that records of one key make.
  static func requests(_ records: Evidence...) -> [AccessRequest] {
    RequestFold.requests(of: records.map(\.identified))
  }

  /// The one request that records make.
  static func request(_ records: Evidence...) throws -> AccessRequest {
    let requests = RequestFold.requests(of: records.map(\.identified))
    try #require(requests.count == 1)
    return requests[0]
  }

  /// The calls that records of one key make, each as the times of day of its records.
  static func calls(_ records: Evidence...) -> [[String]] {
    CallStitcher.calls(of: records.map(\.identified)).map { call in
      call.records.map { String($0.evidence.occurredAt.description.dropFirst(11).dropLast()) }
    }
  }

  static func books(_ records: Evidence..., at instant: String = "23:59:59") -> Books {
    Books(of: records.map(\.identified), at: time(instant))
  }
}

extension AccessGrant {
  /// `vm:port`, or the VM alone.
  var target: String { vm.name + (port.map { ":\($0)" } ?? "") }
}

/// The number of cases of a property, set by the environment variable `CASES`.
let cases = ProcessInfo.processInfo.environment["CASES"].flatMap { Int($0) } ?? 100
