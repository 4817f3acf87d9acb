import Testing

@testable import Simulation

@Suite struct `Options of a simulation` {
  @Test func `are fine by default`() {
    #expect(SimulationOptions().problems.isEmpty)
    #expect("\(SimulationOptions().end)" == "2026-08-14T15:30:00Z")
  }

  @Test func `are refused all at once`() {
    var options = SimulationOptions()
    options.records = 0
    options.jitShare = 1.5
    options.partitions = 0
    #expect(options.problems.count == 3)
  }

  @Test func `come with settings that name every zone and the critical VMs`() {
    let settings = Story(SimulationOptions()).settings
    for zone in Zone.allCases { #expect(settings.contains(zone.rawValue)) }
    #expect(settings.contains("critical: true"))
    #expect(settings.contains("workingHours: {mon-fri: [\"22:00-06:00\"]}"))
    #expect(settings.contains("holidays: [2026-08-"))
  }
}
