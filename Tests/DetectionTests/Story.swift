import Access
import Detection
import Testing

/// Makes the requests of a story, and judges them.
enum Story {
  static let group = "/subscriptions/S1/resourceGroups/rg-app/providers/"
  static let policy = ResourceID(
    group + "Microsoft.Security/locations/westeurope/jitNetworkAccessPolicies/default")

  static func vm(_ name: String, in resourceGroup: String = "rg-app") -> ResourceID {
    ResourceID(
      "/subscriptions/S1/resourceGroups/\(resourceGroup)"
        + "/providers/Microsoft.Compute/virtualMachines/\(name)")
  }

  static func time(_ text: String) -> EventTime { EventTime(rfc3339: text)! }

  static func day(_ date: String) -> Int { time(date + "T00:00:00Z").day }

  static func person(_ name: String, objectID: String? = nil) -> Actor {
    Actor(kind: .user, name: name, objectID: objectID, appID: nil)
  }

  /// The number-th piece of evidence of an instant.
  static func evidence(_ at: EventTime, _ number: Int) -> EvidenceID {
    let digits = String(UInt64(bitPattern: at.ticks), radix: 16) + "f" + String(number)
    let hex = String(repeating: "0", count: 64 - digits.utf8.count) + digits
    return EvidenceID(at.dateDigits + "-" + hex)!
  }

  static func request(
    _ at: String, by actor: Actor = person("user@example.com"), for vms: [ResourceID]? = nil,
    ports: [Int] = [3389], sources: [String] = ["203.0.113.10"], hours: Int64? = nil,
    refused: Bool = false, pieces: Int = 2
  ) -> AccessRequest {
    request(
      time(at), by: actor, for: vms, ports: ports, sources: sources,
      askedFor: hours.map { .hours($0) }, refused: refused, pieces: pieces)
  }

  static func request(
    _ at: EventTime, by actor: Actor = person("user@example.com"), for vms: [ResourceID]? = nil,
    ports: [Int] = [3389], sources: [String] = ["203.0.113.10"], askedFor: TimeSpan? = nil,
    refused: Bool = false, pieces: Int = 2
  ) -> AccessRequest {
    var request = AccessRequest(
      id: "request-\(at)", requestedAt: at, actor: actor, policy: policy)
    request.correlationID = "\(at.ticks)"
    request.hasBody = true
    request.grants = (vms ?? [vm("vm1")]).flatMap { vm in
      ports.map { port in
        AccessGrant(
          vm: vm, port: port, sources: sources, opensAt: at, endsAt: nil, askedFor: askedFor,
          inferred: false)
      }
    }
    if refused {
      request.refusedAt = at
      request.error = ErrorDetail(code: "AuthorizationFailed", message: nil)
    }
    request.evidence = (0..<pieces).map { evidence(at, $0) }
    return request
  }

  /// The set of detectors of settings that one change away from the defaults make.
  static func detectors(
    _ change: (inout DetectionSettings) -> Void = { _ in }
  ) throws -> DetectorSet {
    var settings = DetectionSettings()
    change(&settings)
    return try DetectorSet(settings)
  }

  /// The settings of an office in Berlin, Monday to Friday from eight to six.
  static func office(_ settings: inout DetectionSettings) {
    settings.calendar = CalendarSettings(
      timeZone: "Europe/Berlin", workingHours: hours("mon-fri", "08:00-18:00"),
      holidays: [CivilDate(year: 2026, month: 12, dayOfMonth: 25)!])
  }

  static func hours(_ days: String, _ ranges: String...) -> WorkingHours {
    WorkingHours(ranges.map { MinuteRange($0)! }, on: Weekday.days(days)!)
  }
}

extension DetectorSet {
  /// What one rule says of a request.
  func verdict(_ rule: String, on request: AccessRequest) -> Finding? {
    judge(request).first { $0.rule == rule }
  }

  /// A burst detector by its id.
  func burst(_ rule: String) throws -> any BurstDetector {
    try #require(burstDetectors.first { $0.rule == rule })
  }
}
