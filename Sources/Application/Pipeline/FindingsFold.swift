public import Access
public import Detection

/// The findings that a set of requests makes: the batch form of every detector.
public enum FindingsFold {
  /// All findings, by slice and id.
  ///
  /// The requests are all those that exist, by time.
  public static func findings(
    of requests: [AccessRequest], by detectors: DetectorSet
  ) -> [Finding] {
    var findings = requests.flatMap { detectors.judge($0) }
    for detector in detectors.burstDetectors {
      findings += bursts(of: requests.filter(detector.counts), by: detector)
    }
    return findings.sorted { ($0.slice, $0.idText) < ($1.slice, $1.idText) }
  }

  private struct Subject: Hashable {
    let identity: String
    let vm: ResourceID?
  }

  private static func bursts(
    of requests: [AccessRequest], by detector: any BurstDetector
  ) -> [Finding] {
    var subjects: [Subject: [AccessRequest]] = [:]
    for request in requests {
      let vms: Set<ResourceID?> =
        detector.subject == .actor ? [nil] : Set(request.grants.map(\.vm))
      for vm in vms {
        subjects[Subject(identity: request.actorIdentity, vm: vm), default: []].append(request)
      }
    }
    return subjects.flatMap { subject, requests in
      bursts(of: subject, requests, by: detector)
    }
  }

  private static func bursts(
    of subject: Subject, _ requests: [AccessRequest], by detector: any BurstDetector
  ) -> [Finding] {
    // Requests are by time: the days they are on, each judged with the span before it.
    var findings: [Finding] = []
    var start = 0
    var lastDay: Int?
    for request in requests where request.requestedAt.day != lastDay {
      let day = request.requestedAt.day
      lastDay = day
      let reach = detector.reach(ofDay: day)
      while requests[start].requestedAt < reach.lowerBound { start += 1 }
      let counted = requests[start...].prefix { $0.requestedAt < reach.upperBound }
      if counted.count >= detector.count,
        let finding = detector.judge(day: day, vm: subject.vm, requests: Array(counted))
      {
        findings.append(finding)
      }
    }
    return findings
  }
}
