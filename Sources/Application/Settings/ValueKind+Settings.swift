internal import Access
internal import Detection
internal import YAML

extension ValueKind where Value == Severity {
  /// The word of a severity.
  static var severity: ValueKind { .choice(Severity.allCases.map { ($0.text, $0) }) }
}

extension ValueKind where Value == EventTime {
  /// An instant.
  static var instant: ValueKind {
    .scalar("an instant such as 2026-12-31T00:00:00Z") { EventTime(rfc3339: $0) }
  }
}

extension ValueKind where Value == CivilDate {
  /// A local date.
  static var date: ValueKind {
    .scalar("a date such as 2026-12-25") { text in
      guard text.utf8.count == 10 else { return nil }
      return EventTime(rfc3339: text + "T00:00:00Z").map { CivilDate(day: $0.day) }
    }
  }
}

extension ValueKind where Value == MinuteRange {
  /// A stretch of a day.
  static var minuteRange: ValueKind {
    .scalar("a range of hours such as \"08:00-18:00\"") { MinuteRange($0) }
  }
}

extension ValueKind where Value == StartPoint {
  /// Where reading begins.
  static var startPoint: ValueKind {
    .scalar("earliest, latest, a duration such as 2h, or an instant such as 2026-12-31T00:00:00Z") {
      StartPoint($0)
    }
  }
}

extension ValueKind where Value == String {
  /// An address or a prefix.
  static var network: ValueKind {
    .scalar("an address or a prefix such as 10.20.0.0/26, 203.0.113.10 or 2001:db8::/64") {
      Network($0) == nil ? nil : $0
    }
  }

  /// The id of an application, in lower case.
  static var appID: ValueKind {
    .scalar("an application id such as 7c1f0000-0000-0000-0000-000000000000") { text in
      let groups = text.split(separator: "-", omittingEmptySubsequences: false)
      guard groups.map(\.utf8.count) == [8, 4, 4, 4, 12],
        groups.joined().allSatisfy({ $0.isASCII && $0.isHexDigit })
      else { return nil }
      return text.lowercased()
    }
  }

  /// A path, from the folder of the settings file on or absolute.
  static var path: ValueKind {
    ValueKind.text.checked { path in
      if path.contains("\0") { return "a path has no zero bytes" }
      return path.hasPrefix("~") ? "'~' is not expanded in paths; ${HOME} is" : nil
    }
  }

  /// A path to a file with a secret; people put the secret itself here.
  static var secretPath: ValueKind {
    ValueKind.path.checked { path in
      path.lowercased().contains("sharedaccesskey")
        ? "expected the path of a file, found a connection string" : nil
    }
  }

  /// The name of a topic.
  static var topic: ValueKind {
    .scalar("the name of a topic: letters, digits, '.', '_' and '-', at most 249 of them") { text in
      let isName = text.allSatisfy {
        $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0))
      }
      return isName && (1...249).contains(text.utf8.count) && ![".", ".."].contains(text)
        ? text : nil
    }
  }

  /// The name of a consumer group; Event Hubs takes 256 characters.
  static var group: ValueKind {
    .scalar("a name of at most 256 characters") { (1...256).contains($0.count) ? $0 : nil }
  }

  /// The addresses of brokers.
  static var bootstrapServers: ValueKind {
    .scalar("addresses such as broker-1:9092,broker-2:9092") { text in
      let servers = text.split(separator: ",", omittingEmptySubsequences: false)
        .map { $0.filter { $0 != " " } }
      return servers.allSatisfy(isServer) ? servers.joined(separator: ",") : nil
    }
  }

  private static func isServer(_ text: String) -> Bool {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...])
    else { return false }
    let host = text[..<colon]
    let isIPv6 = host.hasPrefix("[") && host.hasSuffix("]")
    let name = isIPv6 ? host.dropFirst().dropLast() : host
    return port > 0 && !name.isEmpty
      && name.allSatisfy {
        $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0) || isIPv6 && $0 == ":")
      }
  }
}

extension ValueKind where Value == UInt32 {
  /// Permissions of a file that its owner can use and that others cannot change.
  static var mode: ValueKind {
    .scalar("permissions such as \"0600\" or \"0640\"") { text in
      guard (3...4).contains(text.utf8.count), text.utf8.count == 3 || text.hasPrefix("0"),
        text.utf8.allSatisfy({ (0x30...0x37).contains($0) }), let mode = UInt32(text, radix: 8),
        mode & 0o600 == 0o600, mode & 0o113 == 0
      else { return nil }
      return mode
    }
  }
}

extension ValueKind {
  /// One of several words; of some others it is known that later versions will have them.
  static func choice(
    _ choices: [(word: String, value: Value)], notYet: [String], remedy: String
  ) -> ValueKind {
    let words = choices.map(\.word)
    return ValueKind { source in
      guard case .scalar(let scalar) = source.node.content else {
        source.report("expected \(words.joined(separator: " or "))")
        return nil
      }
      if let choice = choices.first(where: { $0.word == scalar.text }) { return choice.value }
      if notYet.contains(scalar.text) {
        source.report("'\(scalar.text)' is not built yet in this version", remedy: remedy)
      } else {
        source.report(
          "expected \(words.joined(separator: " or "))"
            + (scalar.isSubstituted ? "" : ", found '\(scalar.text.prefix(60))'"),
          remedy: scalar.isSubstituted ? nil : DidYouMean.question(for: scalar.text, among: words))
      }
      return nil
    }
  }
}

extension TimeSpan {
  /// A duration in whole seconds.
  init(_ duration: Duration) { self = .seconds(duration.components.seconds) }
}
