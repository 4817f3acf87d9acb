internal import Access

/// Writes Bastion's audit records.
struct SessionWriter {
  let estate: Estate

  /// The record of the beginning (0) or the end (1) of a session.
  func write(_ session: Session, record index: Int, to bytes: inout [UInt8]) {
    let vm = estate.machines[session.machine]
    let subscription = estate.subscriptions[estate.policies[vm.policy].subscription]
    let isEnd = index == 1
    var json = JSONText(bytes: bytes)
    bytes = []
    json.raw("{")
    json.member("time", time(isEnd ? session.until ?? session.since : session.since))
    json.member(
      "resourceId",
      "/subscriptions/\(subscription)/resourceGroups/RG-Hub/providers/Microsoft.Network"
        .uppercased() + "/BASTIONHOSTS/BASTION-HUB")
    json.member("operationName", "Microsoft.Network/BastionHost/connect")
    json.member("category", "BastionAuditLogs")
    json.member("level", "Informational")
    json.member("location", "westeurope")
    json.raw(",\"properties\":{")
    json.member("userName", session.login)
    json.member("userAgent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64)")
    json.member("clientIpAddress", session.address)
    json.raw(",\"clientPort\":36895")
    json.member("protocol", session.protocolName)
    json.member("targetResourceId", vm.id.uppercased())
    json.member("subscriptionId", subscription)
    json.member("message", message(of: session, isEnd: isEnd))
    json.member("resourceType", "VM")
    json.member("targetVMIPAddress", vm.address)
    if let person = session.person { json.member("userEmail", estate.people[person].name) }
    if let tunnel = session.tunnel { json.member("tunnelId", tunnel.text) }
    if isEnd, let until = session.until {
      json.raw(",\"duration\":\((until - session.since).wholeSeconds + 1)")
    }
    json.raw("}}")
    bytes = json.bytes
  }

  private func message(of session: Session, isEnd: Bool) -> String {
    if session.isRefused { return "Login Failed" }
    return isEnd ? "Session Disconnected." : "Successfully Connected."
  }

  /// Milliseconds are as fine as these records are.
  private func time(_ instant: EventTime) -> String {
    String(LogTime.text(instant, trimmed: false).dropLast(5)) + "Z"
  }
}
