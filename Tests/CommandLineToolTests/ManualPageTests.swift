import CommandLineTool
import Foundation
import TestSupport
import Testing

@Suite(.serialized) struct `The manual page` {
  private let page = ManualPage(sample, date: "2026-01-02").text

  @Test func `has the sections of a manual`() {
    let headings = page.split(separator: "\n").filter { $0.hasPrefix(".SH ") }
    #expect(
      headings == [
        ".SH \"NAME\"", ".SH \"SYNOPSIS\"", ".SH \"DESCRIPTION\"", ".SH \"COMMANDS\"",
        ".SH \"COMMON OPTIONS\"", ".SH \"EXIT STATUS\"", ".SH \"ENVIRONMENT\"",
        ".SH \"EXAMPLES\"",
      ])
    #expect(page.hasPrefix(".TH \"DESK\" 1 \"2026\\-01\\-02\" \"desk 1.2.3\""))
    #expect(page.contains("\\fB\\-u, \\-\\-until\\fR \\fITIME\\fR\n"))
    #expect(!page.contains("debug") && !page.contains("inner"))
    #expect(!page.contains("secret"))
  }

  @Test func `escapes what roff would obey`() {
    var program = sample
    program.discussion = [".so /etc/passwd", "'br", "back\\slash \u{2192} x\ny"]
    let text = ManualPage(program, date: "").text
    #expect(text.contains("\n\\&.so /etc/passwd\n"))
    #expect(text.contains("\n\\(aqbr\n"))
    #expect(text.contains("\nback\\eslash \\[u2192] x y\n"))
  }

  @Test func `is set by groff without a complaint`() throws {
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/groff") else { return }
    let run = try CommandRun(
      "/usr/bin/groff", ["-man", "-Tascii", "-ww", "-P-c", "-P-b", "-P-u", "-P-o"], input: page)
    #expect(run.exitCode == 0)
    #expect(run.errorOutput == "")
    #expect(run.output.contains("desk - the lending desk of a library"))
    #expect(run.output.contains("-u, --until TIME"))
    #expect(run.output.contains("desk lend ada b1 b2 --until 7d"))
    #expect(run.output.contains("it's reserved"))
  }
}
