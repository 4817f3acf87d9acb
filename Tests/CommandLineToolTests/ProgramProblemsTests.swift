import CommandLineTool
import Testing

@Suite struct `The declarations of a program` {
  private func problems(_ commands: Command..., common: [Option] = []) -> [String] {
    Program(
      "p", version: "1", summary: "p", commands: commands,
      common: [OptionGroup("Common", common)]
    ).problems
  }

  @Test func `are fine in the sample`() {
    #expect(sample.problems == [])
  }

  @Test func `may not repeat a name`() {
    #expect(
      problems(Command("a", summary: ""), Command("a", summary: ""))
        == ["command a is declared twice"])
    let clash = Command("a", summary: "", options: [Option(flag: "quiet", short: "h", help: "")])
    #expect(
      problems(clash, common: [Option(flag: "quiet", help: "")])
        == ["p a: quiet is declared twice", "p a: -h is declared twice"])
    let below = Command(
      "a", summary: "", subcommands: [Command("b", summary: ""), Command("b", summary: "")])
    #expect(problems(below) == ["p a: subcommand b is declared twice"])
  }

  @Test func `keep arguments in an order that can be read`() {
    let repeated = Command(
      "a", summary: "",
      arguments: [Argument("X", help: "", isRepeated: true), Argument("Y", help: "")])
    #expect(problems(repeated) == ["p a: only the last argument may repeat"])
    let optional = Command(
      "a", summary: "",
      arguments: [Argument("X", help: "", isOptional: true), Argument("Y", help: "")])
    #expect(problems(optional) == ["p a: a needed argument follows one that may be left out"])
  }

  @Test func `keep defaults among the choices and names plain`() {
    let command = Command(
      "a", summary: "",
      options: [
        Option("x", value: "X", help: "", default: "c", values: .choices(["a"])),
        Option(flag: "Bad name", help: ""),
      ])
    #expect(
      problems(command)
        == [
          "p a: the default of --x is not one of its choices",
          "p a: 'Bad name' is not a name for an option",
        ])
  }

  @Test func `have two levels at most`() {
    let deep = Command(
      "a", summary: "",
      subcommands: [Command("b", summary: "", subcommands: [Command("c", summary: "")])])
    #expect(problems(deep) == ["p a b: subcommands have no subcommands"])
    #expect(
      problems(Command("a", summary: "", needsSubcommand: true))
        == ["p a: needs a subcommand and has none"])
  }
}
