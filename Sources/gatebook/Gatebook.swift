internal import CommandLineTool
internal import Contract
internal import Glibc
internal import Simulation

/// The program: reads the command line, runs the command and says how it went.
@main
enum Gatebook {
  static func main() {
    exit(run(Array(CommandLine.arguments.dropFirst())))
  }

  private static func run(_ words: [String]) -> Int32 {
    let output = StandardOutput()
    do {
      let code = try answer(words, output)
      try output.flush()
      return code
    } catch let error as OutputError where error == .readerGone {
      return error.exitCode
    } catch let error as SimulationFileError where error.isReaderGone {
      return 0
    } catch {
      // What was written before the failure belongs to the reader.
      try? output.flush()
      return report(error)
    }
  }

  private static func answer(_ words: [String], _ output: StandardOutput) throws -> Int32 {
    let program = GatebookProgram.program
    let terminal = Terminal.current()
    let help = HelpText(program, width: terminal.width, usesColor: terminal.usesColor)
    switch try CommandLineParser(program).parse(words) {
    case .help(let path): try output.write(help.text(for: path))
    case .version: try output.write(help.version)
    case .nothing:
      StandardError.write(HelpText(program, width: terminal.width).text())
      return UsageError.exitCode
    case .run(let arguments):
      let console = Console(arguments, output: output)
      return try GatebookProgram.entry(of: arguments).run(arguments, console)
    }
    return 0
  }

  /// Says what went wrong, and with which code the program ends.
  private static func report(_ error: any Error) -> Int32 {
    for line in "\(error)".split(separator: "\n", omittingEmptySubsequences: false) {
      StandardError.line(TerminalText.neutralised(String(line)))
    }
    return error is UsageError ? UsageError.exitCode : 1
  }
}
