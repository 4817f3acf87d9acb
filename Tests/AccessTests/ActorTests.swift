import Access
import Testing

@Suite struct `An actor` {
  private func claims(_ change: (inout Claims) -> Void) -> Claims {
    var claims = Claims()
    change(&claims)
    return claims
  }

  @Test func `is named by the first claim in the order of preference`() {
    var rest = claims {
      $0.userPrincipalName = "upn"
      $0.nameClaim = "name"
      $0.emailAddress = "mail"
      $0.displayName = "Display"
      $0.objectID = "OBJECT"
      $0.appID = "APP"
    }
    var names: [String?] = [Actor(rest).name]
    rest.userPrincipalName = nil
    names.append(Actor(rest).name)
    rest.nameClaim = nil
    names.append(Actor(rest).name)
    rest.emailAddress = nil
    names.append(Actor(rest).name)
    rest.displayName = nil
    names.append(Actor(rest).name)
    rest.objectID = nil
    names.append(Actor(rest).name)
    #expect(names == ["upn", "name", "mail", "Display", "object", "app"])
  }

  @Test func `has a name without blanks around it`() {
    #expect(Actor(claims { $0.nameClaim = " admin@contoso.com\t" }).name == "admin@contoso.com")
    let blank = claims {
      $0.userPrincipalName = "  "
      $0.displayName = "Admin"
    }
    #expect(Actor(blank).name == "Admin")
  }

  @Test func `is what idtyp says, whatever else is there`() {
    let app = claims {
      $0.idType = "App"
      $0.userPrincipalName = "a@example.com"
    }
    let user = claims {
      $0.idType = "user"
      $0.appID = "x"
    }
    #expect(Actor(app).kind == .app)
    #expect(Actor(user).kind == .user)
  }

  @Test func `is a user by a name, an app by its principal or id, else unknown`() {
    #expect(Actor(claims { $0.userPrincipalName = "a" }).kind == .user)
    #expect(Actor(claims { $0.emailAddress = "a" }).kind == .user)
    #expect(Actor(claims { $0.displayName = "a" }).kind == .user)
    #expect(Actor(claims { $0.principalType = "ServicePrincipal" }).kind == .app)
    #expect(Actor(claims { $0.appID = "x" }).kind == .app)
    #expect(Actor(claims { $0.objectID = "x" }).kind == .unknown)
    #expect(Actor(claims { $0.idType = "device" }).kind == .unknown)
  }

  @Test func `is its object id, else its name in lower case`() {
    let both = claims {
      $0.objectID = "ABC"
      $0.userPrincipalName = "A@Example.com"
    }
    #expect(Actor(both).ownIdentity == "abc")
    #expect(Actor(both).keyText == "a@example.com")
    #expect(!Actor(both).needsSighting)
    let name = Actor(claims { $0.userPrincipalName = "A@Example.com" })
    #expect(name.ownIdentity == "a@example.com")
    #expect(name.needsSighting)
  }

  @Test func `is nobody without any claim`() {
    #expect(Actor(Claims()).isNobody)
    #expect(Actor(Claims()).shownName == "unknown")
    #expect(!Actor(claims { $0.appID = "x" }).isNobody)
  }

  @Test func `takes the earliest value of each claim`() {
    var first = claims { $0.userPrincipalName = "first" }
    first.fill(
      from: claims {
        $0.userPrincipalName = "second"
        $0.objectID = "object"
      })
    #expect(first.userPrincipalName == "first")
    #expect(first.objectID == "object")
  }
}
