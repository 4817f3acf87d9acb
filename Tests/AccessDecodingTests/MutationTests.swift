import Access
import Foundation
import TestSupport
import Testing

@testable import AccessDecoding

@Suite struct `A mutated message` {
  static let seeds: [String] =
    [
      #"{"records":[\#(Fixture().text),\#(Fixture.irrelevant),{}]}"#,
      "[null,"
        + Fixture(["properties": #"{"requestbody":\#(Fixture.ports(#"{"number":22}"#).quoted)}"#])
        .text
        + ",42]",
      Fixture(["identity": InitiateSeeds.identity.quoted, "properties": #""{\"a\":1}""#]).text,
      #"[{"records":[\#(Fixture(["resultType": #""Failure""#]).text)]},\#(Fixture.irrelevant)]"#,
      Fixture.irrelevant + "\n" + Fixture().text + "\n",
    ]
    + [
      CallFixture(`Rules of a network security group`.write, on: CallFixture.group)
        .with(request: `Rules of a network security group`.granted).text,
      CallFixture("Microsoft.Network/azureFirewalls/write", on: CallFixture.firewall)
        .with(
          response:
            #"{"properties":{"natRuleCollections":[\#(`Rules of a classic Azure Firewall`.nat)]}}"#,
          asText: false
        ).text,
      CallFixture("\(`The body of a JIT policy`.operation)/write", on: Fixture.policy)
        .with(request: `The body of a JIT policy`.policy(#"{"number":22}"#)).text,
      `A Bastion audit record`.record(#""message":"Login Failed","tunnelId":"t""#).text,
      CallFixture("Microsoft.Compute/virtualMachines/extensions/write", on: Fixture.vm)
        .with(request: `A way around the door`.type("VMAccessAgent")).text,
      #"{"value":[\#(ActivityEvent().rest),null,{}]}"#,
      ActivityEvent.json(ActivityEvent().row), ActivityEvent.json(ActivityEvent().legacyRow),
      `One event in another shape`.answer(ActivityEvent()),
    ]

  @Test func `never ends the decoder and always adds up`() {
    let cases = ProcessInfo.processInfo.environment["CASES"].flatMap(Int.init) ?? 1000
    var generator = Generator(state: 42)
    var decoder = MessageDecoder()
    var output = DecodedInput()
    var (evidence, rejected) = (0, 0)
    for number in 0..<cases * 5 {
      let message = Self.mutated(Array(Self.seeds[number % Self.seeds.count].utf8), &generator)
      let kind: MessageKind = number % 7 == 0 ? .element : .message
      decoder.decode(message.span.bytes, as: kind, into: &output)
      let text = String(decoding: message, as: UTF8.self)
      #expect(output.reconciles, "\(text)")
      let told = output.rejects.count { $0.kind == .record }
      #expect(told == output.counts.rejected, "\(text)")
      #expect(output.rejects.count == told + output.counts.messagesRejected, "\(text)")
      #expect(output.counts.messagesRejected <= 1)
      evidence += output.records.count
      rejected += output.rejects.count
    }
    #expect(evidence > 0 && rejected > 0)
  }

  private static func mutated(_ message: [UInt8], _ generator: inout Generator) -> [UInt8] {
    var message = message
    for _ in 0...Int.random(in: 0..<4, using: &generator) where !message.isEmpty {
      let place = Int.random(in: 0..<message.count, using: &generator)
      switch Int.random(in: 0..<6, using: &generator) {
      case 0: message[place] = UInt8.random(in: 0...255, using: &generator)
      case 1: message[place] = Array("\"'{}[],:\\ \n0".utf8).randomElement(using: &generator) ?? 0
      case 2: message.removeSubrange(place...)
      case 3: message.remove(at: place)
      case 4: message.insert(contentsOf: message[place...].prefix(50), at: place)
      default: message.removeSubrange(place..<min(place + 9, message.count))
      }
    }
    return message
  }
}

enum InitiateSeeds {
  static let identity = #"{"claims":{"upn":"u@x","appid":"a"},"authorization":{"scope":"s"}}"#
}

/// A small generator with a seed, so that a failure can be repeated.
struct Generator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
