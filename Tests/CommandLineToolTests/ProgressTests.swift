import Synchronization
import Testing

@testable import CommandLineTool

@Suite struct `A progress line` {
  private let half = ProgressLine(
    label: "events.json", bytes: 1_234_567_890, totalBytes: 2_469_135_780, records: 412_345,
    elapsed: .seconds(2))

  @Test func `says how far, how fast and how long`() {
    #expect(
      half.text(width: 100, usesUnicode: true)
        == "events.json  [██████████░░░░░░░░░░]  50%  1.23 GB of 2.46 GB  412 k records  617 MB/s  2s left"
    )
    #expect(
      half.text(width: 100, usesUnicode: false)
        == "events.json  [##########..........]  50%  1.23 GB of 2.46 GB  412 k records  617 MB/s  2s left"
    )
  }

  @Test(arguments: 0...120)
  func `is always narrower than the terminal`(width: Int) {
    #expect(half.text(width: width, usesUnicode: true).count < max(1, width))
    let long = ProgressLine(label: String(repeating: "path/", count: 50), bytes: 5)
    #expect(long.text(width: width, usesUnicode: false).count < max(1, width))
  }

  @Test func `does without a total`() {
    let line = ProgressLine(label: "-", bytes: 900, records: 3, elapsed: .seconds(1))
    #expect(line.text(width: 80, usesUnicode: true) == "-  900 B  3 records  900 B/s")
    #expect(line.remaining == nil)
  }

  @Test func `keeps the end of a long name`() {
    let line = ProgressLine(label: String(repeating: "folder/", count: 9) + "end.json")
    #expect(line.text(width: 60, usesUnicode: true).contains("…"))
    #expect(line.text(width: 60, usesUnicode: true).contains("end.json  0 B"))
  }

  @Test func `shows no control characters of a name`() {
    let line = ProgressLine(label: "a\u{1B}[2Jb\n")
    #expect(line.text(width: 80, usesUnicode: true) == "a?[2Jb?  0 B  0 records")
  }

  @Test func `survives absurd numbers`() {
    let line = ProgressLine(
      label: "x", bytes: .max, totalBytes: 1, records: .max, elapsed: .seconds(5))
    #expect(line.fraction == 1)
    #expect(line.remaining == .zero)
    let slow = ProgressLine(label: "x", bytes: 1, totalBytes: .max, elapsed: .seconds(1))
    #expect(slow.remaining == nil)
    #expect(line.text(width: 90, usesUnicode: true).contains("9.22 EB"))
  }

  @Test(
    arguments: [
      (0, "0 B"), (999, "999 B"), (1000, "1.00 kB"), (1_999, "1.99 kB"), (12_345, "12.3 kB"),
      (999_999, "999 kB"), (1_000_000, "1.00 MB"), (5_500_000_000, "5.50 GB"), (1_005, "1.00 kB"),
    ] as [(Int64, String)])
  func `writes amounts with three digits`(count: Int64, text: String) {
    #expect(Quantity.bytes(count) == text)
  }
}

@Suite struct `A progress bar` {
  private final class Recorder: Sendable {
    let now = Mutex(Duration.zero)
    let writes = Mutex<[String]>([])

    func bar(isTerminal: Bool = true, isQuiet: Bool = false) -> ProgressBar {
      let terminal = Terminal(
        isOutputTerminal: false, isErrorTerminal: isTerminal, columns: 80, noColor: false
      ) { _ in nil }
      return ProgressBar(
        label: "x", totalBytes: 100, terminal: terminal, isQuiet: isQuiet,
        clock: { self.now.withLock { $0 } },
        write: { text in self.writes.withLock { $0.append(text) } })
    }
  }

  @Test func `is drawn ten times a second at most`() {
    let recorder = Recorder()
    let bar = recorder.bar()
    for step in 0..<1000 {
      recorder.now.withLock { $0 = .milliseconds(step) }
      bar.update(bytes: Int64(step) / 10, records: Int64(step))
    }
    #expect(recorder.writes.withLock { $0.count } == 10)
    #expect(
      recorder.writes.withLock { $0.allSatisfy { $0.hasPrefix("\r") && $0.hasSuffix("\u{1B}[K") } })
  }

  @Test func `clears its line at the end, once and only if it was drawn`() {
    let recorder = Recorder()
    let bar = recorder.bar()
    bar.finish()
    #expect(recorder.writes.withLock { $0 } == [])
    bar.update(bytes: 1, records: 1)
    bar.finish()
    bar.finish()
    #expect(recorder.writes.withLock { $0.count } == 2)
    #expect(recorder.writes.withLock { $0.last } == "\r\u{1B}[K")
  }

  @Test func `makes room for a note and comes back`() {
    let recorder = Recorder()
    let bar = recorder.bar()
    bar.update(bytes: 1, records: 1)
    bar.note("Skipped.")
    bar.update(bytes: 2, records: 2)
    #expect(recorder.writes.withLock { $0.count } == 3)
    #expect(recorder.writes.withLock { $0[1] } == "\r\u{1B}[KSkipped.\n")
  }

  @Test(arguments: [(false, false), (true, true), (false, true)])
  func `stays silent without a terminal or when quiet`(isTerminal: Bool, isQuiet: Bool) {
    let recorder = Recorder()
    let bar = recorder.bar(isTerminal: isTerminal, isQuiet: isQuiet)
    bar.update(bytes: 1, records: 1)
    bar.finish()
    #expect(recorder.writes.withLock { $0 } == [])
  }
}
