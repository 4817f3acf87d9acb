import Access
import AccessDecoding
import Foundation
import Settings
import TestSupport
import Testing

@Suite struct `A settings file` {
  @Test func `tells all that is wrong with it at once, in its order`() throws {
    let text = """
      source:
        bootstrapServers: broker:9092
        auth: {method: none}
        form: latest
        lateness: 10 minutes
      ledger: {path: gatebook.db, mode: "0777"}
      calender: {}
      windows: {grace: -5m}
      """
    let found = try problems(text)
    #expect(
      found == [
        "4:3: source.form: unknown key. Did you mean 'from'?",
        "5:13: source.lateness: expected a duration such as 90s, 10m, 2h or 7d, from 0s to 7d, "
          + "found '10 minutes'.",
        "6:35: ledger.mode: expected permissions such as \"0600\" or \"0640\", found '0777'.",
        "7:1: calender: unknown key. Did you mean 'calendar'?",
        "8:18: windows.grace: expected a duration such as 90s, 10m, 2h or 7d, from 0s to 7d, "
          + "found '-5m'.",
      ])
  }

  @Test func `names itself in front of each problem`() throws {
    let loading = try Loading("ledger: {pth: a.db}\nalert: []\n")
    let error = #expect(throws: SettingsError.self) { try loading.load() }
    #expect(
      error?.description == """
        \(loading.file):1:10: ledger.pth: unknown key. Did you mean 'path'?
        \(loading.file):2:1: alert: unknown key. Did you mean 'alerts'?
        """)
  }

  @Test func `that does not exist is one sentence`() throws {
    let path = try TemporaryFolder().file("none.yaml")
    let error = #expect(throws: SettingsError.self) {
      try SettingsFile.load(path: path, environment: [:])
    }
    #expect(error?.description == "There is no settings file \(path).")
  }

  @Test func `that cannot be read is one sentence`() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: SettingsError.self) {
      try SettingsFile.load(path: folder.path, environment: [:])
    }
    #expect(
      error?.description == "The settings file \(folder.path) cannot be read: is a directory.")
  }

  @Test(arguments: ["a: [", "a: 1\na: 2\n", "a: &x 1\n", "--- 1\n--- 2\n", "just text"])
  func `that is no table of settings is a problem with a place`(text: String) throws {
    let found = try problems(text)
    #expect(found.count == 1)
    #expect(found.allSatisfy { $0.contains(#/^[0-9]+:[0-9]+: /#) })
  }

  @Test(arguments: ["", "# nothing yet\n", "{}", "source:\nalerts:\n"])
  func `that says nothing means the defaults`(text: String) throws {
    let settings = try settings(text)
    #expect(settings.source == nil)
    #expect(settings.ledger.mode == 0o600 && settings.ledger.keepRaw)
    #expect(settings.ledger.retentionDays == 400)
    #expect(settings.detection == SettingsFile.defaults.detection)
    #expect(settings.windowGrace == .minutes(15))
    #expect(settings.alerts == [SinkSettings(.standardOutput, minimumSeverity: .low)])
    #expect(settings.suppress.isEmpty)
  }

  @Test func `may be JSON, also with tabs`() throws {
    let text =
      "{\n\t\"ledger\": {\n\t\t\"path\": \"/var/g.db\",\n\t\t\"keepRaw\": false\n\t},\n"
      + "\t\"windows\": {\"grace\": \"20m\"}\n}\n"
    let settings = try settings(text)
    #expect(settings.ledger.path == "/var/g.db" && !settings.ledger.keepRaw)
    #expect(settings.windowGrace == .minutes(20))
  }

  @Test func `is where relative paths count from`() throws {
    let loading = try Loading(
      "ledger: {path: data/g.db}\nalerts: [{sink: file, path: alerts.ndjson}]\n")
    let settings = try loading.load()
    #expect(settings.ledger.path == loading.folder.file("data/g.db"))
    #expect(
      settings.alerts.map(\.destination) == [.file(path: loading.folder.file("alerts.ndjson"))])
  }

  @Test func `has a ledger at its side unless it says otherwise`() throws {
    let loading = try Loading("")
    #expect(try loading.load().ledger.path == loading.folder.file("gatebook.db"))
    #expect(SettingsFile.defaults.ledger.path == "gatebook.db")
  }

  @Test(arguments: [
    ("0600", 0o600), ("600", 0o600), ("\"0640\"", 0o640), ("0660", 0o660), ("0644", 0o644),
  ])
  func `takes permissions in octal`(text: String, mode: Int) throws {
    #expect(try settings("ledger: {mode: \(text)}").ledger.mode == UInt32(mode))
  }

  @Test(arguments: ["0700", "0666", "0400", "384", "rw", "00600", "0x180"])
  func `refuses permissions that make no sense`(text: String) throws {
    let found = try problems("ledger: {mode: \(text)}")
    #expect(found.count == 1)
  }

  @Test func `keeps raw records for whole days`() throws {
    #expect(try settings("ledger: {retention: 48h}").ledger.retentionDays == 2)
    let found = try problems("ledger: {retention: 36h}")
    #expect(
      found
        == ["1:21: ledger.retention: expected whole days, such as 400d."])
  }

  @Test func `does not guess what a tilde means`() throws {
    let found = try problems("ledger: {path: ~/g.db}")
    #expect(
      found
        == ["1:16: ledger.path: '~' is not expanded in paths; ${HOME} is."])
  }

  @Test func `adds operations in any case`() throws {
    let decoding = try settings(
      """
      operations:
        initiate: [Contoso.Security/JIT/INITIATE/ACTION]
        bypass: [Contoso.Compute/shells/connect/action]
        feed: [Contoso.Logs/exports/delete]
      """
    ).decoding
    #expect(decoding.initiateOperations == ["Contoso.Security/JIT/INITIATE/ACTION"])
    #expect(decoding.bypassOperations == ["Contoso.Compute/shells/connect/action"])
    #expect(decoding.feedOperations == ["Contoso.Logs/exports/delete"])
  }
}
