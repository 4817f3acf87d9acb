import Access
import Testing

@testable import AccessDecoding

@Suite struct `A way around the door` {
  static let operations: [(operation: String, part: String)] = [
    ("MICROSOFT.COMPUTE/VIRTUALMACHINES/RUNCOMMAND/ACTION", ""),
    ("Microsoft.Compute/virtualMachines/runCommands/write", "/runCommands/c1"),
    (
      "Microsoft.SerialConsole/serialPorts/connect/action",
      "/providers/Microsoft.SerialConsole/serialPorts/0"
    ),
  ]

  @Test(arguments: operations)
  func `is evidence on its VM`(operation: String, part: String) throws {
    let call = CallFixture(operation, on: Fixture.vm + part)
    let found = try #require(call.with(request: "not read", response: "{}").found)
    #expect(found.evidence[0].kind == .bypassUsed && found.rejectedBodies == 0)
    #expect(found.evidence[0].operation == operation.lowercased())
    #expect(found.evidence[0].resource.display == Fixture.vm + part)
    #expect(found.evidence[0].resource.virtualMachine == ResourceID(Fixture.vm))
    #expect(found.evidence[0].extensionType == nil)
  }

  @Test func `tells why it was refused`() throws {
    var call = CallFixture(
      operationWithBody, on: Fixture.vm, ["resultType": #""Failure""#])
    call = call.with(response: #"{"error":{"code":"Conflict","message":"busy"}}"#)
    #expect(call.evidence?.error == ErrorDetail(code: "Conflict", message: "busy"))
  }

  private let operationWithBody = "Microsoft.Compute/virtualMachines/runCommand/action"

  static func type(_ name: String) -> String {
    #"{"type":"Microsoft.Compute/virtualMachines/extensions","properties":{"type":"\#(name)"}}"#
  }

  static let extensions:
    [(name: String, request: String?, response: String?, type: String?, broken: Int)] = [
      ("a", type("VMAccessAgent"), nil, "VMAccessAgent", 0),
      ("a", nil, type("VMAccessForLinux"), "VMAccessForLinux", 0),
      ("a", type("CUSTOMSCRIPT"), type("CustomScriptExtension"), "CustomScriptExtension", 0),
      ("enablevmaccess", nil, nil, nil, 0), ("MonitoringAgent", nil, nil, nil, 0),
      ("enablevmAccess", type("MonitoringAgent"), nil, "MonitoringAgent", 0),
      ("CustomScript1", nil, type("Other"), "Other", 0), ("a", "{}", "null", nil, 0),
      ("a", #"{"properties":{}}"#, nil, nil, 0), ("a", #"{"properties":7}"#, nil, nil, 1),
      ("a", #"{"properties":{"type":7}}"#, nil, nil, 1), ("a", "[]", nil, nil, 1),
      ("a", "not JSON", nil, nil, 1), ("a", "x", type("enablevmaccess"), "enablevmaccess", 1),
    ]

  @Test(arguments: extensions)
  func `may be an extension by its type, its name or what is not known of it`(
    name: String, request: String?, response: String?, type: String?, broken: Int
  ) throws {
    let call = CallFixture(
      "MICROSOFT.COMPUTE/VIRTUALMACHINES/EXTENSIONS/WRITE", on: "\(Fixture.vm)/extensions/\(name)")
    let found = try #require(call.with(request: request, response: response).found)
    #expect(found.evidence[0].kind == .bypassUsed)
    #expect(found.evidence[0].extensionType == type && found.rejectedBodies == broken)
  }

  static let harmless: [(String?, String?)] = [
    (type("MicrosoftMonitoringAgent"), nil), (nil, type("AADSSHLoginForLinux")),
    ("x", type("MyVMAccess")),
  ]

  @Test(arguments: harmless)
  func `is no extension of another type`(request: String?, response: String?) {
    let call = CallFixture(
      "Microsoft.Compute/virtualMachines/extensions/write", on: "\(Fixture.vm)/extensions/agent")
    let output = call.with(request: request, response: response).decoded
    #expect(told(output) == "1 read, 1 irrelevant, 0 rejected, 0 evidence, 0 messages")
    #expect(output.rejects.isEmpty)
    #expect(output.activityRecords == 1 && output.newestOccurredAt != nil)
  }
}

@Suite struct `The way of the log` {
  static let hub =
    "/subscriptions/\(Fixture.subscription)/resourceGroups/rg/providers/Microsoft.EventHub/"
    + "namespaces/n"
  static let subscription =
    "/subscriptions/\(Fixture.subscription)/providers/microsoft.insights/diagnosticSettings/export"
  static let managementGroup =
    "/providers/Microsoft.Management/managementGroups/mg1/providers/microsoft.insights/"
    + "diagnosticSettings/export"

  static let tampering: [(operation: String, resource: String)] = [
    ("MICROSOFT.INSIGHTS/DIAGNOSTICSETTINGS/DELETE", subscription),
    ("microsoft.insights/diagnosticSettings/write", subscription.uppercased()),
    ("microsoft.insights/diagnosticSettings/write", managementGroup),
    ("microsoft.insights/diagnosticSettings/delete", managementGroup + "/"),
    ("Microsoft.EventHub/namespaces/delete", hub),
    ("Microsoft.EventHub/namespaces/eventhubs/delete", hub + "/eventhubs/h"),
    ("Microsoft.EventHub/namespaces/authorizationRules/delete", hub + "/authorizationRules/r"),
    (
      "Microsoft.EventHub/namespaces/eventhubs/authorizationRules/delete",
      hub + "/eventhubs/h/authorizationRules/r"
    ),
  ]

  @Test(arguments: tampering)
  func `is cut or changed by few operations`(operation: String, resource: String) throws {
    let call = CallFixture(operation, on: resource)
    let found = try #require(call.with(request: "not read").found)
    #expect(found.evidence[0].kind == .feedTampered && found.rejectedBodies == 0)
    #expect(found.evidence[0].resource == ResourceID(resource))
  }

  static let others: [(operation: String, resource: String)] = [
    (
      "microsoft.insights/diagnosticSettings/delete",
      hub + "/providers/microsoft.insights/diagnosticSettings/s"
    ),
    (
      "microsoft.insights/diagnosticSettings/write",
      "/subscriptions/\(Fixture.subscription)/resourceGroups/rg/providers/microsoft.insights/"
        + "diagnosticSettings/s"
    ),
    ("microsoft.insights/diagnosticSettings/write", "/subscriptions/1"),
    ("microsoft.insights/diagnosticSettings/write", "/"),
    ("Microsoft.EventHub/namespaces/write", hub),
  ]

  @Test(arguments: others)
  func `is not concerned by others`(operation: String, resource: String) {
    let output = CallFixture(operation, on: resource).decoded
    #expect(told(output) == "1 read, 1 irrelevant, 0 rejected, 0 evidence, 0 messages")
    #expect(output.activityRecords == 1)
  }
}

@Suite struct `Operations of the settings` {
  static let added: [(DecodingSettings, Evidence.Kind?)] = [
    (DecodingSettings(), nil),
    (DecodingSettings(initiateOperations: ["X.Y/z/Action"]), .accessNoted),
    (DecodingSettings(bypassOperations: ["X.Y/z/Action"]), .bypassUsed),
    (DecodingSettings(feedOperations: ["x.y/Z/action"]), .feedTampered),
    (
      DecodingSettings(bypassOperations: ["x.y/z/action"], feedOperations: ["x.y/z/action"]),
      .bypassUsed
    ),
  ]

  @Test(arguments: added)
  func `are evidence of their family`(settings: DecodingSettings, kind: Evidence.Kind?) {
    let record = CallFixture("X.Y/Z/ACTION", on: Fixture.vm).record
    #expect(decode(record.text, as: .message, settings).records.first?.evidence[0].kind == kind)
  }

  @Test func `do not take known ones from theirs`() {
    let settings = DecodingSettings(feedOperations: [Fixture.operation])
    let found = decode(Fixture().text, as: .message, settings).records.first
    #expect(found?.evidence[0].kind == .accessRequested)
  }
}
