/// What else goes on in the tenant.
struct NoiseOperation: Sendable {
  /// The type of resource, for example `Microsoft.Compute/virtualMachines`.
  let type: String
  /// What is done with it, for example `start/action`.
  let verb: String
  let category: String
  /// The phases of a call, in their order.
  let phases: [Phase]
  /// How often it is done, in proportion to the others.
  let weight: Int
  /// The body of the request, where it has one.
  let body: String?

  /// What stands in `resultType`, `resultSignature` and `statusCode`.
  enum Phase: String, Sendable {
    case start = "Start"
    case accept = "Accept"
    case success = "Success"
    case failure = "Failure"

    var signature: String {
      switch self {
      case .start: "Started."
      case .accept: "Accepted.Accepted"
      case .success: "Succeeded.OK"
      case .failure: "Failed.Conflict"
      }
    }

    var status: String {
      switch self {
      case .start: ""
      case .accept: "Accepted"
      case .success: "OK"
      case .failure: "Conflict"
      }
    }
  }

  private init(
    _ type: String, _ verb: String, _ phases: [Phase], weight: Int,
    category: String = "Administrative", body: String? = nil
  ) {
    self.type = type
    self.verb = verb
    self.phases = phases
    self.weight = weight
    self.category = category
    self.body = body
  }

  /// Operations that Azure Resource Manager writes.
  ///
  /// None of them is evidence about access, in this version or a later one; the role definition
  /// only names the operation that would be.
  static let all = [
    NoiseOperation(
      "Microsoft.Compute/virtualMachines", "start/action", [.start, .accept, .success], weight: 8),
    NoiseOperation(
      "Microsoft.Compute/virtualMachines", "deallocate/action", [.start, .accept, .success],
      weight: 8),
    NoiseOperation(
      "Microsoft.Compute/virtualMachines", "restart/action", [.start, .accept, .failure], weight: 1),
    NoiseOperation(
      "Microsoft.Compute/disks", "write", [.start, .accept, .success], weight: 4, body: disk),
    NoiseOperation(
      "Microsoft.Compute/snapshots", "write", [.start, .success], weight: 3, body: disk),
    NoiseOperation(
      "Microsoft.Storage/storageAccounts", "listKeys/action", [.start, .success], weight: 22),
    NoiseOperation(
      "Microsoft.Storage/storageAccounts", "write", [.start, .accept, .success], weight: 2,
      body: account),
    NoiseOperation(
      "Microsoft.KeyVault/vaults", "write", [.start, .success], weight: 2, body: vault),
    NoiseOperation("Microsoft.KeyVault/vaults/secrets", "write", [.start, .success], weight: 2),
    NoiseOperation(
      "Microsoft.Resources/deployments", "write", [.start, .accept, .success], weight: 8,
      body: deployment),
    NoiseOperation(
      "Microsoft.Resources/deployments", "validate/action", [.start, .success], weight: 4,
      body: deployment),
    NoiseOperation("Microsoft.Resources/tags", "write", [.start, .success], weight: 2),
    NoiseOperation(
      "Microsoft.Authorization/policies", "audit/action", [.start, .success], weight: 12,
      category: "Policy", body: assignment),
    NoiseOperation(
      "Microsoft.Authorization/policies", "auditIfNotExists/action", [.success], weight: 10,
      category: "Policy", body: assignment),
    NoiseOperation(
      "Microsoft.Authorization/roleDefinitions", "write", [.start, .success], weight: 1,
      body: roleDefinition),
    NoiseOperation(
      "Microsoft.ContainerService/managedClusters", "listClusterUserCredential/action",
      [.start, .success], weight: 8),
    NoiseOperation(
      "Microsoft.Network/networkSecurityGroups", "join/action", [.start, .success], weight: 2),
    NoiseOperation(
      "Microsoft.Network/networkInterfaces", "write", [.start, .accept, .success], weight: 3),
    NoiseOperation(
      "Microsoft.Network/virtualNetworks/subnets", "join/action", [.start, .success], weight: 3),
    NoiseOperation("Microsoft.Web/sites/config", "list/action", [.start, .success], weight: 8),
    NoiseOperation(
      "Microsoft.Sql/servers/databases", "pause/action", [.start, .accept, .success], weight: 2),
    NoiseOperation(
      "Microsoft.Insights/components", "listMigrationDate/action", [.start, .success], weight: 2),
    NoiseOperation("Microsoft.Security/assessments", "write", [.success], weight: 6),
    NoiseOperation(
      "Microsoft.RecoveryServices/vaults", "backup/action", [.start, .accept, .success], weight: 2),
  ]

  private static let disk =
    #"{"location":"westeurope","sku":{"name":"Premium_LRS"},"properties":{"creationData":{"createOption":"Copy"},"diskSizeGB":128},"tags":"******"}"#
  private static let account =
    #"{"sku":{"name":"Standard_LRS"},"kind":"StorageV2","properties":{"minimumTlsVersion":"TLS1_2","allowBlobPublicAccess":false,"networkAcls":{"defaultAction":"Deny","bypass":"AzureServices"}}}"#
  private static let vault =
    #"{"properties":{"sku":{"family":"A","name":"standard"},"enableSoftDelete":true,"enableRbacAuthorization":true,"accessPolicies":[]}}"#
  private static let deployment =
    #"{"properties":{"mode":"Incremental","templateLink":{"uri":"https://templates.contoso.com/spoke.json","contentVersion":"1.0.0.0"},"parameters":{"adminUsername":{"value":"ops"},"vmSize":{"value":"Standard_D4s_v5"},"ports":{"value":[22,3389]}}}}"#
  private static let assignment =
    "{\"policyDefinitionName\":\"Management ports of virtual machines should be protected with"
    + " just-in-time network access control\",\"effect\":\"audit\",\"isComplianceCheck\":\"True\"}"
  private static let roleDefinition =
    #"{"properties":{"roleName":"JIT VM Access User","assignableScopes":["/"],"permissions":[{"actions":["Microsoft.Security/locations/jitNetworkAccessPolicies/read","Microsoft.Security/locations/jitNetworkAccessPolicies/initiate/action","Microsoft.Compute/virtualMachines/read"],"notActions":[]}]}}"#
}
