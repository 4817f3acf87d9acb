import Foundation
import SQLite
import TestSupport
import Testing

/// What a user sees when something is wrong: one sentence that says what to do, and the exit code.
@Suite struct `Something wrong on this machine` {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func failure(_ arguments: String...) throws -> String {
    let run = try GatebookProgram.run(arguments)
    #expect(run.exitCode == 1)
    #expect(run.output.isEmpty)
    let lines = run.errorOutput.split(separator: "\n")
    #expect(lines.count == 1, "\(run.errorOutput)")
    return run.errorOutput
  }

  @Test func `is an unknown key, with its place and what was meant`() throws {
    let file = try folder.write(
      "source:\n  bootstrapServers: \"127.0.0.1:1\"\n  form: earliest\n", to: "settings.yaml")
    let text = try failure("run", "--config", file, "--ledger", folder.file("gatebook.db"))
    #expect(text.contains("settings.yaml:3:3: source.form: unknown key. Did you mean 'from'?"))
    #expect(!FileManager.default.fileExists(atPath: folder.file("gatebook.db")))
  }

  @Test func `is a settings file that is not there`() throws {
    let file = folder.file("none.yaml")
    #expect(try failure("run", "--config", file) == "There is no settings file \(file).\n")
    #expect(try failure("import", file, "--config", file) == "There is no settings file \(file).\n")
  }

  @Test func `is a connection string with a mistake, which is not shown`() throws {
    let file = try folder.write(
      "source: {connectionString: \"Endpoint=sb://ns.example/;SharedAccessKey=hushhush\"}\n",
      to: "settings.yaml")
    let text = try failure("run", "--config", file, "--ledger", folder.file("gatebook.db"))
    #expect(text.contains("source.connectionString"))
    #expect(text.contains("has no SharedAccessKeyName"))
    #expect(!text.contains("hushhush"))
  }

  @Test func `is a file that is not there, and the others are read`() throws {
    let good = try folder.write("{\"records\":[{\"operationName\":\"a\"}]}\n", to: "good.json")
    let missing = folder.file("missing.json")
    let ledger = folder.file("gatebook.db")
    let run = try GatebookProgram.run(["import", missing, good, "--ledger", ledger, "--quiet"])
    #expect(run.exitCode == 1)
    #expect(run.errorOutput == "There is no file or folder \(missing).\n")
    #expect(try GatebookProgram.status(ledger).first?["recordsRead"] as? Int == 1)
  }

  @Test func `is a message that is no JSON, or a megabyte of brackets: kept, and reading goes on`()
    throws
  {
    let brackets = String(repeating: "[", count: 1_000_000)
    let file = try folder.write(
      "this is no JSON\n\(brackets)\n{\"records\":[{\"operationName\":\"a\"}]}\n", to: "bad.json")
    let ledger = folder.file("gatebook.db")
    let run = try GatebookProgram.run(["import", file, "--ledger", ledger])
    #expect(run.exitCode == 0, "\(run.errorOutput)")
    #expect(run.errorOutput.contains("2 messages rejected"))
    let status = try #require(try GatebookProgram.status(ledger).first)
    #expect(status["messagesRejected"] as? Int == 2)
    #expect(status["recordsRead"] as? Int == 1)
    let rejects = try GatebookProgram.rows(["rejects", "--ledger", ledger])
    #expect(rejects.count == 2)
    for reject in rejects {
      #expect(reject["kind"] as? String == "message")
      let reason = try #require(reject["reason"] as? String)
      #expect(reason.hasPrefix("The message cannot be read: ") && reason.hasSuffix("."))
    }
    #expect(rejects.first?["raw"] as? String == Data("this is no JSON".utf8).base64EncodedString())
    try GatebookProgram.expectSound(ledger)
  }

  @Test func `is a ledger of a newer version, for who writes and for who reads`() throws {
    let ledger = folder.file("gatebook.db")
    let log = try folder.write("{\"records\":[]}\n", to: "log.json")
    #expect(try GatebookProgram.run(["import", log, "--ledger", ledger]).exitCode == 0)
    do {
      let connection = try Connection(path: ledger, mode: .readWrite)
      try connection.execute("PRAGMA user_version = 99")
    }
    for arguments in [["import", log], ["status"], ["digest"], ["requests"]] {
      let run = try GatebookProgram.run(arguments + ["--ledger", ledger])
      #expect(run.exitCode == 1)
      #expect(
        run.errorOutput
          == "The ledger \(ledger) is of version 99, and this program knows versions up to 2; use "
          + "the newer program that wrote it.\n")
    }
  }

  @Test func `is a file that is no ledger`() throws {
    let log = try folder.write("{\"records\":[]}\n", to: "log.json")
    let text = try failure("import", log, "--ledger", log, "--quiet")
    #expect(text.contains("\(log) is no ledger; name another file"))
    #expect(try folder.read("log.json") == "{\"records\":[]}\n")
  }
}
