import CommandLineTool
import Testing

@Suite struct `The text of a duration` {
  @Test(
    arguments: [
      ("90s", .seconds(90)), ("10m", .seconds(600)), ("2h", .seconds(7200)),
      ("7d", .seconds(604_800)), ("2w", .seconds(1_209_600)), ("250ms", .milliseconds(250)),
      ("1h30m", .seconds(5400)), ("0s", .zero), ("1m5ms", .milliseconds(60_005)),
    ] as [(String, Duration)])
  func `is read`(text: String, duration: Duration) {
    #expect(DurationText.parse(text) == duration)
  }

  @Test(arguments: [
    "", "5", "h", "-5s", "5 s", "5x", "1.5h", "5S", "30m1h", "1h1h", "99999999999999999999s",
    "9223372036854775807w", "٣s", "s5",
  ])
  func `is refused when it is not one`(text: String) {
    #expect(DurationText.parse(text) == nil)
  }

  @Test(arguments: [
    (0, "0s"), (-5, "0s"), (59, "59s"), (60, "1m"), (725, "12m 5s"), (3605, "1h"),
    (3660, "1h 1m"), (273_700, "3d 4h"), (259_207, "3d"),
  ])
  func `is written with its two largest units`(seconds: Int, text: String) {
    #expect(DurationText.brief(.seconds(seconds)) == text)
  }
}
