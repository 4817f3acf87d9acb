internal import Access
internal import CommandLineTool
internal import Contract
internal import Ledger

/// `gatebook vms`: the VMs that the evidence names.
enum VMsCommand {
  static let entry = CommandEntry(
    declaration: Command(
      "vms", summary: "List the VMs, with their ports, last request and windows in force",
      discussion: [
        "VMs are those that requests, policies, sessions and ways around name. Rules are those that "
          + "let in to management ports beside the windows in force, as `gatebook who` lists them.",
        CommonOptions.times, CommonOptions.vms,
      ],
      examples: [Example("gatebook vms --vm '*/rg-prod/*'", "The VMs of a resource group.")],
      options: [CommonOptions.vm, CommonOptions.at],
      groups: [CommonOptions.rows, CommonOptions.ledger], section: "Reading"),
    run: run)

  static func run(_ arguments: ParsedArguments, _ console: Console) throws -> Int32 {
    let rows = try RowOutput(arguments, .vms, console)
    let reader = try LedgerPlace.reader(arguments)
    try reader.consistently {
      let time = try AskedTime(arguments, reader: reader)
      let chosen = try VMChoice.option(arguments, reader: reader)
      for vm in try reader.vms(at: time.instant) where chosen?.contains(vm) ?? true {
        guard rows.write(.vm(try reader.summary(of: vm, at: time.instant))) else { return }
      }
    }
    try rows.finish(console, none: "No VMs.")
    return 0
  }
}
