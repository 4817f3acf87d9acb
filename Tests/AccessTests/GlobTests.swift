import Access
import Testing

@Suite struct `A glob` {
  @Test(arguments: [
    ("*", ""), ("*", "anything at all"), ("dc*", "DC01"), ("DC*", "dc01"), ("?", "ä"),
    ("v?1", "vm1"), ("*@us.contoso.com", "Ann@US.Contoso.com"), ("a*b*c", "a/b/x/b/c"),
    ("/subscriptions/*/prod-*/*", "/subscriptions/S1/resourceGroups/prod-1/x/y"), ("", ""),
    ("**1", "vm1"), ("*a*a*a", "aaa"), ("vm1", "VM1"), ("*a*b*", "xxaxxbxx"), ("*ab", "aab"),
  ])
  func `fits`(pattern: String, text: String) {
    #expect(Glob(pattern).matches(text))
  }

  @Test(arguments: [
    ("", "a"), ("?", ""), ("?", "ab"), ("dc*", "adc"), ("vm1", "vm10"), ("a*b", "abc"),
    ("*@us.contoso.com", "ann@contoso.com"), ("*a*a*a*a", "aaa"), ("[ab]", "a"), ("v.1", "vm1"),
    ("*.com", "x.com.evil"), ("a?c", "ac"),
  ])
  func `does not fit`(pattern: String, text: String) {
    #expect(!Glob(pattern).matches(text))
  }

  @Test func `needs no more than the product of both lengths on hostile names`() {
    let pattern = Glob(String(repeating: "a*", count: 200) + "b")
    #expect(!pattern.matches(String(repeating: "a", count: 20_000)))
  }
}
