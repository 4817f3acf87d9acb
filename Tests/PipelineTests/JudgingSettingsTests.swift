import AccessDecoding
import Detection
import Pipeline
import Testing

@Suite struct `Settings as the ledger keeps them` {
  static let operations = [
    DecodingSettings(), DecodingSettings(initiateOperations: ["a/b", "c/d"]),
    DecodingSettings(bypassOperations: ["a/b"], feedOperations: ["a/b", "c/d"]),
    DecodingSettings(
      initiateOperations: ["e/f"], bypassOperations: ["a/b"], feedOperations: ["c/d"]),
  ]

  @Test(arguments: operations)
  func `come back with the operations of every family`(decoding: DecodingSettings) throws {
    let settings = JudgingSettings(decoding: decoding)
    let again = try #require(JudgingSettings(canonical: settings.canonical))
    #expect(again == settings)
    #expect(again.canonical == settings.canonical)
  }

  @Test func `may be those of a version that had initiates only`() throws {
    let settings = JudgingSettings(decoding: DecodingSettings(initiateOperations: ["A/b"]))
    #expect(settings.canonical.hasSuffix(#","a/b"]"#))
    let again = try #require(JudgingSettings(canonical: settings.canonical))
    #expect(again.decoding.initiateOperations == ["a/b"])
    #expect(again.decoding.bypassOperations.isEmpty && again.decoding.feedOperations.isEmpty)
  }
}
