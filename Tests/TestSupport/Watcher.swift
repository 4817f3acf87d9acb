import Foundation

/// Ends the broker of a folder and removes the folder when this process ends, however it ends.
final class Watcher: Sendable {
  private let line: FileHandle

  init(folder: String) throws {
    let pipe = Pipe()
    line = pipe.fileHandleForWriting
    // No child may keep the pipe open in our place.
    _ = fcntl(line.fileDescriptor, F_SETFD, FD_CLOEXEC)
    let script = """
      trap '' INT TERM
      read -r _
      [ -f "$0/pid" ] && kill -KILL "$(cat "$0/pid")"
      while rm -rf "$0"; [ -e "$0" ]; do :; done
      """
    let shell = try Tool.process("sh", ["-c", script, folder])
    shell.standardInput = pipe.fileHandleForReading
    try shell.run()
  }

  deinit { try? line.close() }
}
