/// What a Bastion audit record says of a session, beside who and from where.
public struct SessionDetail: Hashable, Sendable {
  /// The VM that the session goes to.
  public var vm: ResourceID
  /// The name of the login on the VM.
  public var login: String?
  /// `ssh` or `rdp`.
  public var protocolName: String?
  /// The tunnel, by which records of one session are known.
  public var tunnelID: String?

  /// A session to a VM.
  public init(vm: ResourceID, login: String?, protocolName: String?, tunnelID: String?) {
    self.vm = vm
    self.login = login
    self.protocolName = protocolName
    self.tunnelID = tunnelID
  }
}
