internal import CommandLineTool
internal import Lifecycle
internal import Simulation

/// `gatebook demo`: everything at work on a made-up tenant, with no set-up.
enum DemoCommand {
  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> Int32 {
    var options = SimulationOptions()
    options.seed = UInt64(try arguments.int("seed", in: 0...Int.max) ?? 1)
    options.records = try arguments.int("records", in: 1000...10_000_000) ?? 60_000
    options.jitShare = 0.02
    options.days = 5
    let seconds = try arguments.int("seconds", in: 1...86_400)
    let stop = StopSignal()
    let signals = Signals(stop: stop)
    let demo = try Demo(options, console: console)
    defer { demo.removeFolder() }
    let code = try demo.run(seconds: seconds, until: stop)
    withExtendedLifetime(signals) {}
    return code
  }
}
