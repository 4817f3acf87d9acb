/// How one call's records are worded where it makes no difference.
struct RecordStyle {
  /// In which case a resource id is written.
  enum IDCase {
    case readable
    case upper
    case lower

    func write(_ id: String) -> String {
      switch self {
      case .readable: id
      case .upper: id.uppercased()
      case .lower: id.lowercased()
      }
    }
  }

  /// In which case the keys of a body are written.
  enum KeyCase {
    case camel
    case lower
    case pascal
  }

  /// How several sources are put.
  enum SourceForm {
    case list
    case plural
    case joined
  }

  let bodyIsObject: Bool
  let requestKey: String
  let answerKey: String
  let keyCase: KeyCase
  let idCase: IDCase
  let sourceForm: SourceForm
  let quotesNumbers: Bool
  let trimsTimes: Bool
  let hidesJustification: Bool
  let namesRequestor: Bool
  let portsOfCaller: Bool

  /// The style of a call; ids in another case only where their names survive it.
  init(of call: Call, in estate: Estate) {
    var dice = Dice(seed: call.style)
    bodyIsObject = dice.chance(0.12)
    requestKey = dice.pick([
      "requestbody", "requestbody", "requestbody", "requestBody", "RequestBody",
    ])
    answerKey = dice.pick(["responseBody", "responseBody", "responseBody", "responsebody"])
    keyCase = dice.pick([.camel, .camel, .camel, .camel, .lower, .pascal])
    sourceForm = dice.pick([.list, .plural, .joined, .joined])
    quotesNumbers = dice.chance(0.1)
    trimsTimes = dice.chance(0.2)
    hidesJustification = dice.chance(0.1)
    namesRequestor = dice.chance(0.5)
    portsOfCaller = dice.chance(0.04)
    let wanted: IDCase = dice.pick([.readable, .readable, .readable, .lower, .upper])
    let isPlain = call.targets.allSatisfy { estate.machines[$0.machine].hasPlainName }
    // The answer has the readable id; without it the name would be shown as the request has it.
    let survives =
      switch wanted {
      case .readable: true
      case .lower: isPlain
      case .upper: call.showsAnswer
      }
    idCase = survives ? wanted : .readable
  }
}
