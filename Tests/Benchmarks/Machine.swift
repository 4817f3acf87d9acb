import BareConsumer
import Foundation

/// Where and of what the figures are.
enum Machine {
  static func line() -> String {
    let name = first(of: "model name", in: "/proc/cpuinfo") ?? "unknown processor"
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let date = String(ISO8601DateFormatter().string(from: Date()).prefix(10))
    return
      "\(name), \(cores) cores, \(kernel); librdkafka \(String(cString: bare_library_version()))"
      + "\ncommit \(commit), \(date)"
  }

  private static var kernel: String {
    let text = try? String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8)
    return "Linux " + (text ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static var commit: String {
    let head = try? ChildProcess.run("git", ["rev-parse", "--short", "HEAD"])
    let changes = try? ChildProcess.run("git", ["status", "--porcelain", "--untracked-files=no"])
    let name = (head?.output ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    return (name.isEmpty ? "unknown" : name) + (changes?.output.isEmpty ?? true ? "" : " + changes")
  }

  private static func first(of key: String, in path: String) -> String? {
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix(key) }
    return line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
