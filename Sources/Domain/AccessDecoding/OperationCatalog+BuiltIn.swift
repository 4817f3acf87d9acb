extension OperationCatalog {
  /// The operations that are known, in lower case.
  static let builtIn: [(name: String, family: Family)] =
    [
      ("microsoft.security/locations/jitnetworkaccesspolicies/initiate/action", .initiate),
      ("microsoft.serialconsole/serialports/connect/action", .bypass),
      ("microsoft.compute/virtualmachines/runcommand/action", .bypass),
      ("microsoft.compute/virtualmachines/runcommands/write", .bypass),
      ("microsoft.compute/virtualmachines/extensions/write", .vmExtension),
      ("microsoft.network/azurefirewalls/write", .firewall),
      ("microsoft.eventhub/namespaces/delete", .feed),
      ("microsoft.eventhub/namespaces/eventhubs/delete", .feed),
      ("microsoft.eventhub/namespaces/authorizationrules/delete", .feed),
      ("microsoft.eventhub/namespaces/eventhubs/authorizationrules/delete", .feed),
    ]
    + writesAndDeletes.flatMap { name, family in
      [("\(name)/write", family), ("\(name)/delete", family)]
    }

  private static let writesAndDeletes: [(String, Family)] = [
    ("microsoft.network/networksecuritygroups", .ruleSet),
    ("microsoft.network/networksecuritygroups/securityrules", .rule),
    ("microsoft.network/azurefirewalls/natrulecollections", .ruleCollection),
    ("microsoft.network/azurefirewalls/networkrulecollections", .ruleCollection),
    ("microsoft.network/azurefirewalls/applicationrulecollections", .applicationCollection),
    ("microsoft.security/locations/jitnetworkaccesspolicies", .policy),
    ("microsoft.insights/diagnosticsettings", .diagnosticSetting),
  ]
}
