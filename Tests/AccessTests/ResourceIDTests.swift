import Access
import Testing

@Suite struct `A resource id` {
  let shown =
    "/subscriptions/S1/resourceGroups/rg-App/providers/Microsoft.Compute/virtualMachines/Vm1"

  @Test func `is the same in any case`() {
    #expect(ResourceID(shown) == ResourceID(shown.uppercased()))
    #expect(ResourceID(shown).hashValue == ResourceID(shown.uppercased()).hashValue)
    #expect(ResourceID(shown.uppercased()).canonical == shown.lowercased())
  }

  @Test(arguments: [
    ("/A/b", "/A/B", "/A/b"), ("/A/B", "/a/b", "/a/b"), ("/a/b", "/A/b", "/A/b"),
    ("/Ab/cd", "/AB/cd", "/Ab/cd"), ("/aB", "/Ab", "/Ab"), ("/a", "/a", "/a"),
  ])
  func `is shown in the most readable case seen`(one: String, other: String, best: String) {
    #expect(ResourceID.moreReadable(one, other) == best)
    #expect(ResourceID.moreReadable(other, one) == best)
    #expect(ResourceID(one).merging(ResourceID(other)).display == best)
  }

  @Test func `has a name, a group and a subscription`() {
    let id = ResourceID(shown)
    #expect(id.name == "Vm1")
    #expect(id.resourceGroup == "rg-app")
    #expect(id.subscription == "s1")
    #expect(ResourceID("/providers/x").subscription == nil)
    #expect(ResourceID("/subscriptions").subscription == nil)
  }

  @Test func `knows a virtual machine`() {
    #expect(ResourceID(shown.uppercased()).isVirtualMachine)
    #expect(!ResourceID(shown + "/extensions/x").isVirtualMachine)
    #expect(!ResourceID("vm1").isVirtualMachine)
  }
}
