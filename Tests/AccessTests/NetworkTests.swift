import Access
import Testing

@Suite struct `A network` {
  @Test(arguments: [
    ("10.0.0.0/24", "10.0.0.255"), ("10.0.0.7/24", "10.0.0.0/25"), ("0.0.0.0/0", "203.0.113.10"),
    ("203.0.113.10", "203.0.113.10/32"), ("::/0", "2001:db8::1"), ("2001:DB8::/32", "2001:db8:1::"),
    ("2001:db8::1", "2001:0db8:0:0:0:0:0:1"), ("10.0.0.0/8", "::ffff:10.1.2.3"),
    ("::1", "::1/128"), ("64:ff9b::/96", "64:ff9b::192.0.2.33"), ("::ffff:0:0/96", "10.0.0.1"),
  ])
  func `contains`(outer: String, inner: String) throws {
    #expect(try #require(Network(outer)).contains(try #require(Network(inner))))
  }

  @Test(arguments: [
    ("10.0.0.0/24", "10.0.1.0"), ("10.0.0.0/24", "10.0.0.0/23"), ("0.0.0.0/0", "::1"),
    ("::/0", "10.0.0.1"), ("2001:db8::/33", "2001:db8:8000::"), ("::1", "::2"),
  ])
  func `does not contain`(outer: String, inner: String) throws {
    #expect(!(try #require(Network(outer)).contains(try #require(Network(inner)))))
  }

  @Test(arguments: [
    "", "*", "Internet", "10.0.0", "10.0.0.0.0", "256.1.1.1", "010.0.0.1", "10.0.0.1/33",
    "1.2.3.4/",
    "10.0.0.0/-1", "10.0.0.0/+8", ":", ":::", "1::2::3", "2001:db8::/129", "12345::", "::1.2.3",
    "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "::g", "1.2.3.4::", "fe80::1%eth0", "10.0.0.1-10.0.0.9",
    "1:2:3:4:5:6:7::8", "٣.1.1.1",
  ])
  func `is nothing else than an address or a prefix`(text: String) {
    #expect(Network(text) == nil)
  }

  @Test func `is the same whatever stands behind its prefix`() {
    #expect(Network("10.1.2.3/8") == Network("10.0.0.0/8"))
    #expect(Network("10.0.0.0/8") != Network("10.0.0.0/9"))
  }
}

@Suite struct `A source` {
  @Test(arguments: [
    "*", "Any", "INTERNET", " * ", "0.0.0.0/0", "::/0", "10.0.0.0/0", "::ffff:0:0/96",
  ])
  func `is everywhere`(text: String) {
    #expect(AccessSource(text) == .everywhere)
  }

  @Test(arguments: ["VirtualNetwork", "AzureCloud.WestEurope", "", "10.0.0.1-10.0.0.9"])
  func `is a tag where it is no range of addresses`(text: String) {
    #expect(AccessSource(text) == .tag(text))
  }

  @Test func `is a network with or without blanks around it`() throws {
    #expect(AccessSource(" 10.0.0.0/24") == .network(try #require(Network("10.0.0.0/24"))))
  }
}
