import Access
import Contract
import Testing

/// A minute, an hour, a week, a year, some thousand years.
private let spans: [Int64] = [1, 60, 10_080, 525_600, 4_730_400_000]

@Suite struct `A drawing of a timeline` {
  @Test func `is to scale, with a lane a port and more where windows overlap`() {
    #expect(
      text(week, TimelineDrawing.Style(width: 80)) == """
        Web-01  2026-08-05 22:41Z to 2026-08-12 22:41Z  (7 d)
               08-06     08-07      08-08     08-09      08-10     08-11      08-12    T
              ┌┬─────────┬──────────┬─────────┬──────────┬─────────┬──────────┬────────▼
           22 │┊   E▒ Ada    E bob ▒▒▒▒▒▒▒    ┊ × Ada  ╱╱╱╱╱╱╱     ┊          ┊        ┃
              │┊         ┊        E▒▒ Ada     ┊        ╱╱╱╱╱╱╱     ┊          ┊        ┃
         3389 │┊         ┊          ┊         ┊        ╱╱╱╱╱╱╱     ┊         O Ada ████▶
              │┊         ┊          ┊         ┊        ╱╱╱╱╱╱╱     ┊          ┊   bob O▶
               O open   E expired   × refused   ╱ no evidence   T 2026-08-12 22:41:07Z
        """)
  }

  @Test func `can be had in ASCII`() {
    #expect(
      text(day, TimelineDrawing.Style(width: 100, unicode: false)) == """
        Web-01  2026-08-12 00:00Z to 2026-08-13 00:00Z  (24 h)
               08-12  02:00   04:00   06:00   08:00  10:00   12:00   14:00       T  18:00   20:00   22:00
              ++------+-------+-------+-------+------+-------+-------+-------+---v--+-------+-------+-------
           22 |:      :       :       :     x Ada    : E bob ======= :       O Ada ......   :       :
              |:      :       :       :       E Ada ======   :       :       :   |  :       :       :
         3389 |:  O bob #########################################################>  :       :       :
               O open   E expired   . to come   x refused   T 2026-08-12 17:10:00Z
        """)
  }

  @Test func `says so when there is nothing to draw`() {
    let empty = TimelineDrawing(
      vm: Fixture.vm, from: day.from, to: day.to, instant: day.to + .hours(4))
    let lines = empty.lines(TimelineDrawing.Style(width: 80))
    #expect(lines.count == 5)
    #expect(lines.last == "   no window   T 2026-08-13 04:00:00Z")
  }

  @Test func `counts what needs more lanes than there are`() {
    let lines = crowded.lines(TimelineDrawing.Style(width: 80))
    #expect(lines.contains("    │ and 282 more"))
    #expect(lines.count == 3 + 6 + 2)
  }

  @Test func `marks bars that began before it or go on after it`() {
    var drawing = day
    drawing.requests = []
    drawing.windows = [
      Fixture.window(opensAt: "2026-08-11T20:00:00Z", endsAt: "2026-08-13T20:00:00Z")
    ]
    let lane = drawing.lines(TimelineDrawing.Style(width: 80))[3]
    #expect(lane.hasPrefix(" 22 │◀O Ada ███"))
    #expect(lane.hasSuffix("░░▶"))
  }

  @Test(arguments: [40, 61, 80, 140, 300], spans)
  func `is never wider than the terminal`(width: Int, minutes: Int64) {
    for other in [week, day, crowded] {
      var drawing = TimelineDrawing(
        vm: other.vm, from: other.instant - .minutes(minutes),
        to: other.instant + .minutes(minutes / 10), instant: other.instant)
      drawing.windows = other.windows
      drawing.requests = other.requests
      drawing.gaps = other.gaps
      for unicode in [true, false] {
        let lines = drawing.lines(TimelineDrawing.Style(width: width, unicode: unicode))
        #expect(lines.allSatisfy { $0.count <= width })
        let isASCII = lines.allSatisfy { line in line.utf8.allSatisfy { $0 < 0x80 } }
        #expect(unicode || isASCII)
      }
    }
  }

  @Test func `has colours only when asked, and no others' escape sequences`() {
    var drawing = day
    let evil = Actor(kind: .user, name: "\u{1B}[2Jx\n@contoso.com", objectID: nil, appID: nil)
    drawing.windows = [Fixture.window(opensAt: "2026-08-12T08:00:00Z", endsAt: nil, actor: evil)]
    let plain = text(drawing, TimelineDrawing.Style(width: 80))
    #expect(!plain.contains("\u{1B}"))
    #expect(plain.contains(#"\x1B[2Jx\n"#))
    let coloured = text(drawing, TimelineDrawing.Style(width: 80, colour: true))
    #expect(coloured.contains("\u{1B}[32mO"))
    #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
  }

  private func text(_ drawing: TimelineDrawing, _ style: TimelineDrawing.Style) -> String {
    drawing.lines(style).joined(separator: "\n")
  }

  private var crowded: TimelineDrawing {
    var drawing = TimelineDrawing(
      vm: Fixture.vm, from: Fixture.time("2024-01-15T00:00:00Z"),
      to: Fixture.time("2026-08-13T00:00:00Z"), instant: Fixture.time("2026-08-12T17:10:00Z"))
    for hour in 0..<500 {
      let start = Fixture.time("2026-08-01T00:00:00Z") + .hours(Int64(hour))
      drawing.windows.append(
        Fixture.window(opensAt: start.description, endsAt: (start + .hours(3)).description))
    }
    drawing.windows.append(Fixture.window(port: 22, opensAt: "2023-12-01T00:00:00Z", endsAt: nil))
    return drawing
  }

  private var bob: Actor { Actor(kind: .user, name: "bob@contoso.com", objectID: nil, appID: nil) }

  private var week: TimelineDrawing {
    var drawing = TimelineDrawing(
      vm: Fixture.vm, from: Fixture.time("2026-08-05T22:41:07Z"),
      to: Fixture.time("2026-08-12T22:41:07Z"), instant: Fixture.time("2026-08-12T22:41:07Z"))
    drawing.windows = [
      Fixture.window(opensAt: "2026-08-06T08:00:00Z", endsAt: "2026-08-06T11:00:00Z"),
      Fixture.window(opensAt: "2026-08-07T08:00:00Z", endsAt: "2026-08-08T11:00:00Z", actor: bob),
      Fixture.window(opensAt: "2026-08-07T20:00:00Z", endsAt: "2026-08-08T01:00:00Z"),
      Fixture.window(
        port: 3389, opensAt: "2026-08-12T20:00:00Z", endsAt: "2026-08-12T23:00:00Z", actor: bob),
      Fixture.window(port: 3389, opensAt: "2026-08-11T23:00:00Z", endsAt: nil),
    ]
    drawing.requests = [refused("2026-08-09T03:00:00Z")]
    drawing.gaps = [
      EvidenceGap(
        from: Fixture.time("2026-08-09T20:00:00Z"), to: Fixture.time("2026-08-10T09:00:00Z"),
        source: "s", reason: "r")
    ]
    return drawing
  }

  private var day: TimelineDrawing {
    var drawing = TimelineDrawing(
      vm: Fixture.vm, from: Fixture.time("2026-08-12T00:00:00Z"),
      to: Fixture.time("2026-08-13T00:00:00Z"), instant: Fixture.time("2026-08-12T17:10:00Z"))
    drawing.windows = [
      Fixture.window(opensAt: "2026-08-12T08:00:00Z", endsAt: "2026-08-12T11:00:00Z"),
      Fixture.window(opensAt: "2026-08-12T10:30:00Z", endsAt: "2026-08-12T13:30:00Z", actor: bob),
      Fixture.window(opensAt: "2026-08-12T16:00:00Z", endsAt: "2026-08-12T19:00:00Z"),
      Fixture.window(port: 3389, opensAt: "2026-08-12T01:00:00Z", endsAt: nil, actor: bob),
    ]
    drawing.requests = [refused("2026-08-12T07:40:00Z")]
    return drawing
  }

  private func refused(_ at: String) -> AccessRequest {
    var request = Fixture.request()
    request.requestedAt = Fixture.time(at)
    request.refusedAt = request.requestedAt
    return request
  }
}
