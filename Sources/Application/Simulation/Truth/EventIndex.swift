internal import Access

/// What happened around the doors of each VM, besides requests.
struct EventIndex {
  /// Rules, that open no door, by group.
  private(set) var holds: [Int: [Int]] = [:]
  /// Deeds about a VM itself.
  private(set) var reached: [Int: [Int]] = [:]
  /// Failed writes of rules, by group.
  private(set) var failed: [Int: [Int]] = [:]
  private(set) var sessions: [Int: [Int]] = [:]
  /// Rules of Defender for Cloud, with the VM that each names.
  let owners: [Int: Int]

  init(_ story: Story) {
    owners = story.book.owners
    for (index, hold) in story.book.holds.enumerated() {
      holds[hold.group, default: []].append(index)
    }
    for (index, deed) in story.deeds.enumerated() {
      if let machine = deed.reached { reached[machine, default: []].append(index) }
      if let group = deed.group, deed.isFailed { failed[group, default: []].append(index) }
    }
    for (index, session) in story.sessions.enumerated() {
      sessions[session.machine, default: []].append(index)
    }
  }
}

extension Story {
  func actor(_ author: RuleBook.Author) -> Actor {
    switch author {
    case .defender: estate.defender
    case .person(let person): actor(ofPerson: person)
    }
  }

  /// Somebody as every call but an initiate names them.
  func actor(ofPerson person: Int) -> Actor {
    estate.people[person].actor(appID: estate.people[person].appID, namesObjectID: true)
  }

  /// Somebody as Bastion names them: by the e-mail address alone.
  func actor(of session: Session) -> Actor? {
    session.person.map {
      Actor(kind: .user, name: estate.people[$0].name, objectID: nil, appID: nil)
    }
  }

  func hasHeld(_ group: Int, _ machine: Int, by instant: EventTime) -> Bool {
    let membership = RuleBook.Membership(group: group, machine: machine)
    return book.held[membership].map { $0 <= instant } ?? false
  }
}
