import Access
import Testing
import Timelines

@Suite struct `A Start under a key that is used again` {
  let body = Story.body("vm1:3389")
  let other = Story.body("vm2:3389")

  @Test func `with the same body within 5 min is a retry`() {
    #expect(
      Story.calls(Story.start("10:00:00", body), Story.start("10:05:00", body))
        == [["10:00:00", "10:05:00"]])
  }

  @Test func `more than 5 min later begins a new call`() {
    #expect(
      Story.calls(Story.start("10:00:00", body), Story.start("10:05:00.0000001", body))
        == [["10:00:00"], ["10:05:00.0000001"]])
  }

  @Test func `counts its 5 min from the newest Start of the call`() {
    #expect(
      Story.calls(
        Story.start("10:00:00", body), Story.start("10:04:00", body),
        Story.start("10:08:00", body)) == [["10:00:00", "10:04:00", "10:08:00"]])
  }

  @Test func `with another body begins a new call`() {
    #expect(
      Story.calls(Story.start("10:00:00", body), Story.start("10:00:01", other))
        == [["10:00:00"], ["10:00:01"]])
  }

  @Test func `has the same body when only its VM × ports are the same`() {
    let again = Story.body("vm1:3389", sources: ["203.0.113.10"], duration: .hours(1))
    #expect(Story.calls(Story.start("10:00:00", body), Story.start("10:00:01", again)).count == 1)
  }

  @Test func `has the same body in any order and case`() {
    let one = Story.body("vm1:22", "VM1:3389")
    let reversed = Story.body("vm1:3389", "vm1:22")
    #expect(Story.calls(Story.start("10:00:00", one), Story.start("10:00:01", reversed)).count == 1)
  }

  @Test func `repeats an older call when the newer one asks for something else`() {
    #expect(
      Story.calls(
        Story.start("10:00:00", body), Story.start("10:00:01", other),
        Story.start("10:00:02", body)) == [["10:00:00", "10:00:02"], ["10:00:01"]])
  }

  @Test func `after a Failure begins a new call`() {
    #expect(
      Story.calls(
        Story.start("10:00:00", body), Story.failure("10:00:01"),
        Story.start("10:00:02", body)) == [["10:00:00", "10:00:01"], ["10:00:02"]])
  }

  @Test func `after a Failure of the first Start's instant begins a new call`() {
    #expect(
      Story.calls(
        Story.start("10:00:00", body), Story.failure("10:00:00"),
        Story.start("10:00:02", body)) == [["10:00:00", "10:00:00"], ["10:00:02"]])
  }

  @Test func `comes before a Failure of its own instant`() {
    #expect(
      Story.calls(
        Story.start("10:00:00", body), Story.start("10:00:02", body),
        Story.failure("10:00:02")) == [["10:00:00", "10:00:02", "10:00:02"]])
  }

  @Test func `after another call's Failure under the key begins a new call`() {
    #expect(
      Story.calls(
        Story.start("10:00:00", body), Story.start("10:00:01", other),
        Story.failure("10:00:02"), Story.start("10:00:03", body)
      ).count == 3)
  }

  @Test func `of one instant with another is one Start with it`() {
    #expect(
      Story.calls(Story.start("10:00:00", body), Story.start("10:00:00", other))
        == [["10:00:00", "10:00:00"]])
  }

  @Test func `without a body takes that of its instant`() {
    // The second Start repeats the first one: its body is the other record of its instant.
    #expect(
      Story.calls(
        Story.start("10:00:00", body), Story.start("10:00:01", other), Story.start("10:00:02"),
        Story.start("10:00:02", body)) == [["10:00:00", "10:00:02", "10:00:02"], ["10:00:01"]])
  }

  @Test func `without a body joins the newest call`() {
    #expect(
      Story.calls(
        Story.start("10:00:00", body), Story.start("10:00:01", other), Story.start("10:00:02"))
        == [["10:00:00"], ["10:00:01", "10:00:02"]])
  }

  @Test func `without a body joins no call of more than 5 min ago`() {
    #expect(Story.calls(Story.start("10:00:00", body), Story.start("10:06:00")).count == 2)
  }

  @Test func `without a body joins no call over a Failure`() {
    #expect(
      Story.calls(
        Story.start("10:00:00", body), Story.failure("10:00:01"), Story.start("10:00:02")
      ).count
        == 2)
  }
}

@Suite struct `A later phase under a key that is used again` {
  let body = Story.body("vm1:3389")
  let other = Story.body("vm2:3389")

  @Test func `joins the newest Start before it`() {
    #expect(
      Story.calls(
        Story.start("10:00:00", body), Story.start("10:10:00", body), Story.accept("10:10:01"))
        == [["10:00:00"], ["10:10:00", "10:10:01"]])
  }

  @Test func `joins the Start of its own instant`() {
    #expect(
      Story.calls(
        Story.start("10:00:00", body), Story.start("10:10:00", body), Story.accept("10:10:00"))
        == [["10:00:00"], ["10:10:00", "10:10:00"]])
  }

  @Test func `with a body joins the newest Start that asks for the same`() {
    #expect(
      Story.calls(
        Story.start("10:00:00", body), Story.start("10:00:01", other),
        Story.accept("10:00:02", body)) == [["10:00:00", "10:00:02"], ["10:00:01"]])
  }

  @Test func `with a body joins the first such Start after it when none is before`() {
    #expect(
      Story.calls(
        Story.start("10:00:00", body), Story.accept("10:00:01", other),
        Story.start("10:00:02", other), Story.start("10:20:00", other))
        == [["10:00:00"], ["10:00:01", "10:00:02"], ["10:20:00"]])
  }

  @Test func `with a body of its own joins the newest Start before it`() {
    #expect(
      Story.calls(
        Story.start("10:00:00", body), Story.start("10:00:01", other),
        Story.accept("10:00:02", Story.body("vm9:22"))) == [
          ["10:00:00"], ["10:00:01", "10:00:02"],
        ])
  }

  @Test func `before every Start joins the first one`() {
    #expect(
      Story.calls(
        Story.accept("09:59:59"), Story.start("10:00:00", body), Story.start("10:00:01", other))
        == [["09:59:59", "10:00:00"], ["10:00:01"]])
  }
}
