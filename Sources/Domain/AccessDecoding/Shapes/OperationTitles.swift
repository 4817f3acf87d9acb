/// The names that the portal and older tables give to operations, as far as these matter.
enum OperationTitles {
  /// The operation that a title means, in lower case.
  ///
  /// `resource` is the id or the type of the row's resource, where it is known: titles that several
  /// providers use need it.
  static func operation(titled title: String, resource: String?) -> String? {
    let words = title.lowercased().split { $0.isWhitespace || $0 == "-" || $0 == "(" || $0 == ")" }
    let key = words.map(singular).joined(separator: " ")
    if let name = titles[key] { return name }
    guard let resource = resource?.lowercased(), resource.contains("microsoft.eventhub") else {
      return nil
    }
    return eventHubTitles[key]
  }

  private static func singular(_ word: Substring) -> String {
    switch word {
    case "policies": "policy"
    case "groups", "rules", "settings", "machines", "extensions", "firewalls", "commands":
      String(word.dropLast())
    case "creates", "updates", "deletes", "initiates", "runs", "connects":
      String(word.dropLast())
    default: String(word)
    }
  }

  private static let jit = "microsoft.security/locations/jitnetworkaccesspolicies"
  private static let compute = "microsoft.compute/virtualmachines"
  private static let network = "microsoft.network"

  private static let titles: [String: String] = {
    var titles = [
      "initiate jit network access policy": "\(jit)/initiate/action",
      "initiate just in time network access policy": "\(jit)/initiate/action",
      "initiate just in time network access policy request": "\(jit)/initiate/action",
      "run command on virtual machine": "\(compute)/runcommand/action",
      "connect to serial port": "microsoft.serialconsole/serialports/connect/action",
      "connect to a serial port": "microsoft.serialconsole/serialports/connect/action",
      "connect serial port": "microsoft.serialconsole/serialports/connect/action",
    ]
    let written = [
      "jit network access policy": jit, "just in time network access policy": jit,
      "network security group": "\(network)/networksecuritygroups",
      "security rule": "\(network)/networksecuritygroups/securityrules",
      "network security group rule": "\(network)/networksecuritygroups/securityrules",
      "azure firewall": "\(network)/azurefirewalls",
      "virtual machine extension": "\(compute)/extensions",
      "virtual machine run command": "\(compute)/runcommands",
      "diagnostic setting": "microsoft.insights/diagnosticsettings",
      "resource diagnostic setting": "microsoft.insights/diagnosticsettings",
      "subscription diagnostic setting": "microsoft.insights/diagnosticsettings",
    ]
    for (thing, type) in written {
      for verb in ["create or update", "create", "update", "write"] {
        titles["\(verb) \(thing)"] = "\(type)/write"
      }
      titles["delete \(thing)"] = "\(type)/delete"
    }
    return titles
  }()

  private static let eventHubTitles = [
    "delete namespace": "microsoft.eventhub/namespaces/delete",
    "delete event hub namespace": "microsoft.eventhub/namespaces/delete",
    "delete eventhub namespace": "microsoft.eventhub/namespaces/delete",
    "delete eventhub": "microsoft.eventhub/namespaces/eventhubs/delete",
    "delete event hub": "microsoft.eventhub/namespaces/eventhubs/delete",
    "delete namespace authorization rule":
      "microsoft.eventhub/namespaces/authorizationrules/delete",
    "delete eventhub authorization rule":
      "microsoft.eventhub/namespaces/eventhubs/authorizationrules/delete",
    "delete event hub authorization rule":
      "microsoft.eventhub/namespaces/eventhubs/authorizationrules/delete",
  ]
}
