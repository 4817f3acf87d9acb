internal import Access

/// How a call goes, as far as the log shows.
enum Course: CaseIterable {
  /// Start and Accept with their bodies.
  case plain
  /// The same, and minutes later a Success without anything.
  case lateSuccess
  /// The same, and the provider's own record on the VM.
  case noted
  /// Nothing but the request's body.
  case answerHidden
  /// Nothing but the answer's body.
  case requestHidden
  /// The answer's body on a Success, without an Accept.
  case successAnswers
  /// No body at all.
  case bare
  /// A Start, and nothing more is heard.
  case startAlone
  /// The Start is missing.
  case acceptAlone
  /// Start and Failure.
  case refused
  /// A Failure alone.
  case refusedAlone
  /// Two Starts of the client's second try, one Accept.
  case retried

  /// Courses of ordinary requests with how often they are taken, in a hundred.
  static let ordinary: [(Course, Int)] = [
    (.plain, 48), (.lateSuccess, 14), (.noted, 4), (.answerHidden, 7), (.requestHidden, 6),
    (.successAnswers, 4), (.bare, 1), (.startAlone, 4), (.acceptAlone, 2), (.refused, 5),
    (.refusedAlone, 2), (.retried, 3),
  ]
}

extension Call {
  /// Lays out the records of a call that begins at an instant.
  mutating func take(_ course: Course, at instant: EventTime, _ dice: inout Dice) {
    let answered = instant + TimeSpan(ticks: Int64(dice.within(1_000_000...30_000_000)))
    let start = Record(phase: .start, at: instant, hasBody: true)
    let accept = Record(phase: .accept, at: answered, hasBody: true)
    switch course {
    case .plain, .answerHidden, .requestHidden, .bare:
      records = [start, accept]
      if course == .requestHidden || course == .bare { records[0].hasBody = false }
      if course == .answerHidden || course == .bare { records[1].hasBody = false }
    case .lateSuccess:
      let done = answered + .seconds(Int64(dice.within(4...1500)))
      records = [start, accept, Record(phase: .success, at: done, hasBody: false)]
    case .noted:
      let noted = answered + .seconds(Int64(dice.within(1...9)))
      records = [start, accept]
      records.append(Record(phase: .success, at: noted, hasBody: false, isNote: true))
    case .successAnswers: records = [start, Record(phase: .success, at: answered, hasBody: true)]
    case .startAlone: records = [start]
    case .acceptAlone: records = [Record(phase: .accept, at: instant, hasBody: true)]
    case .refused: records = [start, Record(phase: .failure, at: answered, hasBody: false)]
    case .refusedAlone: records = [Record(phase: .failure, at: instant, hasBody: false)]
    case .retried:
      // The second try comes with the same body, at most five minutes later.
      let again = instant + .seconds(Int64(dice.within(1...300)))
      let late = again + TimeSpan(ticks: Int64(dice.within(1_000_000...30_000_000)))
      records = [
        start, Record(phase: .start, at: again, hasBody: true),
        Record(phase: .accept, at: late, hasBody: true),
      ]
    }
    if course == .refused || course == .refusedAlone {
      refusal = dice.pick([.forbidden, .forbidden, .badRequest, .notFound, .conflict])
      namesRole = dice.chance(0.5)
    }
    if showsAnswer { answer(after: instant, &dice) }
  }

  /// Has the service state start and ends, which are not exactly what was asked for.
  private mutating func answer(after instant: EventTime, _ dice: inout Dice) {
    let begins = instant + TimeSpan(ticks: Int64(dice.within(200_000...15_000_000)))
    startsAt = begins
    let short = TimeSpan(ticks: dice.pick([0, 0, 11_700_000, 9_950_000]))
    for index in targets.indices {
      switch targets[index].limit {
      case .until(let end): targets[index].answeredEnd = end
      case .lasting(let span): targets[index].answeredEnd = begins + span - short
      case .nothing: break
      }
    }
    unite()
  }

  /// The same VM × port twice in a body is one to the service: both state the later end.
  private mutating func unite() {
    for index in targets.indices {
      let same = targets.filter {
        $0.machine == targets[index].machine && $0.port == targets[index].port
      }
      targets[index].answeredEnd = same.compactMap(\.answeredEnd).max()
    }
  }
}
