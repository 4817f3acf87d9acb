import CommandLineTool
import Foundation
import TestSupport
import Testing

@Suite(.serialized) struct `A completion script` {
  /// Sources the script in bash and completes the last word of a line, cut as bash cuts it.
  private func complete(_ words: [String], in folder: String = "/") throws -> [String] {
    let program =
      Completions(sample).script(for: .bash) + """

        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
        cd "$FOLDER" && _desk
        printf '%s\\n' "${COMPREPLY[@]}"
        """
    let run = try CommandRun(
      "/bin/bash", ["--norc", "-c", program, "bash", "desk"] + words,
      environment: ["FOLDER": folder, "PATH": "/usr/bin:/bin"])
    #expect(run.errorOutput == "")
    return run.output.split(separator: "\n").map(String.init)
  }

  @Test(arguments: [
    ([""], ["lend", "list", "import", "notice", "shelf", "scan", "help"]),
    (["li"], ["list"]),
    (["--"], ["--config", "--quiet", "--help", "--version"]),
    (["--quiet", "li"], ["list"]),
    (["--config", "x", "li"], ["list"]),
    (["list", "--o"], ["--output"]),
    (["list", "-"], ["--output", "-o", "--config", "-c", "--quiet", "-q", "--help", "-h"]),
    (["list", "--output", ""], ["table", "json", "ndjson"]),
    (["list", "--output", "n"], ["ndjson"]),
    (["list", "--output", "="], ["table", "json", "ndjson"]),
    (["list", "--output", "=", "j"], ["json"]),
    (["list", "--output", "=", "json", "--q"], ["--quiet"]),
    (["list", "-o", "t"], ["table"]),
    (["list", "--secret", "x", "--sec"], []),
    (["notice", ""], ["test"]),
    (["notice", "test", ""], ["letter", "post-card"]),
    (["notice", "test", "letter", ""], []),
    (["notice", "test", "--f"], ["--folder"]),
    (["lend", ""], []),
    (["lend", "--", "--f"], []),
    (["help", "l"], ["lend", "list"]),
    (["shelf", ""], ["add", "drop"]),
    (["unknown", ""], []),
  ])
  func `for bash offers what fits`(words: [String], expected: [String]) throws {
    #expect(try complete(words) == expected)
  }

  @Test func `for bash offers files and folders`() throws {
    let folder = try TemporaryFolder()
    try Data().write(to: URL(filePath: folder.file("a file.json")))
    try FileManager.default.createDirectory(
      atPath: folder.file("afolder"), withIntermediateDirectories: false)
    #expect(
      Set(try complete(["import", "x", "a"], in: folder.path)) == ["a file.json", "afolder"])
    #expect(try complete(["scan", "a"], in: folder.path) == [])
    #expect(try complete(["scan", "b1", "x", "afo"], in: folder.path) == ["afolder"])
    #expect(
      Set(try complete(["list", "--config", "a"], in: folder.path)) == ["a file.json", "afolder"])
    #expect(try complete(["notice", "test", "--folder", "a"], in: folder.path) == ["afolder"])
  }

  @Test(arguments: [
    (Shell.bash, "bash", ["-n"]), (.zsh, "zsh", ["-f", "-n"]),
    (.fish, "fish", ["--no-config", "--no-execute"]),
  ])
  func `is read by its shell`(shell: Shell, name: String, options: [String]) throws {
    let places = ["/bin/\(name)", "/usr/bin/\(name)"]
    guard let path = places.first(where: FileManager.default.isExecutableFile) else { return }
    let folder = try TemporaryFolder()
    let file = folder.file("script")
    try Completions(sample).script(for: shell).write(
      toFile: file, atomically: false, encoding: .utf8)
    let run = try CommandRun(path, options + [file])
    #expect(run.exitCode == 0)
    #expect(run.errorOutput == "")
  }

  @Test func `for zsh and fish names commands and options`() {
    let zsh = Completions(sample).script(for: .zsh)
    #expect(zsh.hasPrefix("#compdef desk\n"))
    #expect(zsh.contains("'(--until -u)--until=[When they are due]:TIME: '"))
    #expect(zsh.contains("'(--force -f)-f[Lend although it'\\''s reserved]'"))
    #expect(zsh.contains("_desk_notice_test() {"))
    let fish = Completions(sample).script(for: .fish)
    #expect(fish.contains("-l output -s o -r -f -a 'table json ndjson' -d 'Shape of the rows'"))
    #expect(fish.contains("-l force -s f -d 'Lend although it\\'s reserved'"))
    for script in [zsh, fish] {
      #expect(!script.contains("secret"))
      #expect(!script.contains("debug") && !script.contains("inner"))
    }
  }
}
