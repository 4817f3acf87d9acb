import Foundation
import TestSupport
import Testing

@Suite struct `The program` {
  private func run(_ arguments: String..., folder: String? = nil) throws -> CommandRun {
    try CommandRun(CommandRun.product("gatebook"), arguments, folder: folder)
  }

  static let commands = [
    "run", "import", "timeline", "requests", "windows", "who", "vms", "alerts", "evidence",
    "status", "rejects", "reparse", "digest", "verify", "check", "doctor", "simulate", "demo",
    "completions",
    "manual",
  ]

  @Test func `lists every command in its help, on standard output`() throws {
    let help = try run("--help")
    #expect(help.exitCode == 0)
    #expect(help.errorOutput.isEmpty)
    for command in Self.commands { #expect(help.output.contains("\n  \(command) "), "\(command)") }
    #expect(try run("help").output == help.output)
  }

  @Test(arguments: commands)
  func `explains each command with what to copy`(command: String) throws {
    let help = try run(command, "--help")
    #expect(help.exitCode == 0)
    #expect(help.output.hasPrefix("gatebook \(command): "))
    #expect(help.output.contains("Examples\n  "))
    let options = help.output.components(separatedBy: "\nExamples\n")[0]
    #expect(options.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func `shows its help as usage when nothing is asked`() throws {
    let nothing = try run()
    #expect(nothing.exitCode == 2)
    #expect(nothing.output.isEmpty)
    #expect(nothing.errorOutput.contains("Usage: gatebook COMMAND"))
  }

  @Test func `has a version`() throws {
    #expect(try run("--version").output.wholeMatch(of: #/gatebook \d+\.\d+\.\d+\n/#) != nil)
  }

  @Test(arguments: [
    (["tmieline", "vm1"], "Did you mean 'timeline'?"),
    (["timeline"], "needs VM"),
    (["requests", "--sinse", "7d"], "Did you mean '--since'?"),
    (["windows", "--state", "ajar"], "is not one of pending, open"),
    (["requests", "--output", "xml"], "is not one of table, json, ndjson, csv"),
    (["alerts", "--rule", "of-hours"], "Did you mean 'off-hours'?"),
    (["alerts", "--after", "x"], "is not a whole number"),
    (["evidence", "zzz"], "is not an id of an alert or a piece of evidence"),
    (["who"], "Name a VM, or a person with --actor."),
    (["who", "vm1", "--at", "2026-08-11", "--until", "2026-08-12"], "use one"),
    (["completions", "tcsh"], "is not one of bash, zsh, fish"),
    (["check"], "Name a settings file."),
  ])
  func `ends with 2 on a line that cannot be meant`(words: [String], message: String) throws {
    let run = try CommandRun(CommandRun.product("gatebook"), words)
    #expect(run.exitCode == 2)
    #expect(run.output.isEmpty)
    #expect(run.errorOutput.contains(message), "\(run.errorOutput)")
  }

  @Test(arguments: ["requests", "windows", "vms", "alerts", "status", "rejects"])
  func `makes no ledger where there is none`(command: String) throws {
    let folder = try TemporaryFolder()
    let run = try run(command, folder: folder.path)
    #expect(run.exitCode == 1)
    #expect(run.errorOutput.contains("There is no ledger at gatebook.db"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test func `shows a demo that leaves nothing behind`() throws {
    let folder = try TemporaryFolder()
    let run = try CommandRun(
      CommandRun.product("gatebook"), ["demo", "--records", "2000", "--seconds", "3"],
      environment: ["TMPDIR": folder.path])
    #expect(run.exitCode == 0, "\(run.errorOutput)")
    #expect(run.output.contains("gatebook import FILES"))
    #expect(!run.output.contains("\u{1B}"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test func `simulates without a word when its reader leaves`() throws {
    let program = try CommandRun.product("gatebook")
    let script = "'\(program)' simulate --records 20000 --output - --quiet | head -c 1 > /dev/null"
    let run = try CommandRun("/bin/bash", ["-c", script + "; echo ${PIPESTATUS[0]}"])
    #expect(run.output == "0\n")
    #expect(run.errorOutput.isEmpty)
  }

  @Test func `makes no ledger for a name that is no file`() throws {
    let folder = try TemporaryFolder()
    let run = try run("import", "none.json", folder: folder.path)
    #expect(run.exitCode == 1)
    #expect(run.errorOutput == "There is no file or folder none.json.\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `completes its commands in each shell`(shell: String) throws {
    let script = try run("completions", shell)
    #expect(script.exitCode == 0)
    for command in Self.commands { #expect(script.output.contains(command)) }
  }

  @Test func `has a manual page`() throws {
    let page = try run("manual").output
    #expect(page.contains("GATEBOOK"))
    for command in Self.commands { #expect(page.contains(command)) }
  }
}
