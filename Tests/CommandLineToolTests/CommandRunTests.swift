import Foundation
import TestSupport
import Testing

@Suite(.serialized) struct `A command run by a test` {
  @Test func `gives its output, its talk and its exit code`() throws {
    let run = try CommandRun(
      "/bin/sh", ["-c", "cat; echo $WORD >&2; exit 3"], input: "a\n\nb\n",
      environment: ["WORD": "talk"])
    #expect(run.lines == ["a", "b"])
    #expect(run.outputBytes == Array("a\n\nb\n".utf8))
    #expect(run.errorOutput == "talk\n")
    #expect(run.exitCode == 3)
  }

  @Test func `takes more input and gives more output than a pipe holds`() throws {
    let text = String(repeating: "0123456789abcde\n", count: 50_000)
    #expect(try CommandRun("/bin/cat", input: text).output == text)
  }

  @Test func `may leave its input unread`() throws {
    let text = String(repeating: "x", count: 500_000)
    #expect(try CommandRun("/bin/true", input: text).exitCode == 0)
  }

  @Test func `sees only the environment it is given`() throws {
    let run = try CommandRun("/usr/bin/env", environment: ["WORD": "talk"])
    #expect(run.lines.contains("WORD=talk"))
    #expect(!run.output.contains("HOME="))
  }

  @Test func `runs in the folder it is given`() throws {
    let folder = try TemporaryFolder()
    let run = try CommandRun("/bin/pwd", folder: folder.path)
    #expect(run.lines == [folder.path])
  }

  @Test func `is killed when it does not end in time`() throws {
    #expect {
      try CommandRun("/bin/sh", ["-c", "echo begun; exec sleep 60"], timeout: .milliseconds(300))
    } throws: { error in
      "\(error)".contains("took too long.\nstdout: begun")
    }
  }

  @Test func `tells the signal that ended it`() throws {
    let running = try RunningCommand("/bin/sh", ["-c", "echo ready; exec sleep 60"])
    #expect(running.wait { $0.output == "ready\n" })
    running.send(SIGKILL)
    #expect(try running.finish().exitCode == -SIGKILL)
  }

  @Test func `ends a wait for what will not come`() throws {
    let running = try RunningCommand("/bin/true")
    #expect(!running.wait { $0.output == "never" })
  }

  @Test func `must be a product that is built`() {
    #expect(throws: CommandRunError.self) { try CommandRun.product("no-such-product") }
  }

  @Test func `leaves no folder behind`() throws {
    var folder: TemporaryFolder? = try TemporaryFolder()
    let path = try #require(folder?.path)
    try Data().write(to: URL(filePath: try #require(folder?.file("x"))))
    folder = nil
    #expect(!FileManager.default.fileExists(atPath: path))
  }
}
