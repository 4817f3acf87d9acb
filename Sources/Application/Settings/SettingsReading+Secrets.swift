internal import YAML

/// A secret that a table may hold, itself or as the name of a file.
struct Secret {
  /// Whether one of the two keys is there, right or wrong.
  var isGiven = false
  /// The secret, where it could be read.
  var value: String?
}

extension SettingsReading {
  private static let secretLimit = 65_536

  /// Reads a secret from the key, or from the file that `keyFile` names.
  func secret(_ key: String, in table: TableReader) -> Secret {
    let fileKey = key + "File"
    let text = table.optional(key, .secret)
    let name = table.optional(fileKey, .secretPath)
    if table.has(key), table.has(fileKey) {
      refuse(
        fileKey, of: table, "is there beside \(key)",
        remedy: "Use one of the two.")
      return Secret(isGiven: true)
    }
    guard table.has(fileKey) else { return Secret(isGiven: table.has(key), value: text) }
    guard let name else { return Secret(isGiven: true) }
    let path = surroundings.secretPath(of: name)
    guard let bytes = contents(of: path, fileKey, in: table, limit: Self.secretLimit) else {
      return Secret(isGiven: true)
    }
    guard let content = String(validating: bytes, as: UTF8.self) else {
      table.report(fileKey, "the file holds no text")
      return Secret(isGiven: true)
    }
    let value = Self.withoutLineEnd(content)
    if value.isEmpty { table.report(fileKey, "the file is empty") }
    return Secret(isGiven: true, value: value.isEmpty ? nil : value)
  }

  /// The bytes of a file that a key names, or nil after telling why not.
  ///
  /// The name is shown as it was written: behind a variable there may be anything.
  func contents(
    of path: String, _ key: String, in table: TableReader, limit: Int
  ) -> [UInt8]? {
    do throws(TextFile.Failure) {
      return try TextFile.bytes(of: path, limit: limit)
    } catch {
      let name = written.text(at: "\(table.path).\(key)") ?? "it"
      table.report(key, "the file \(name) cannot be read: \(error.reason)")
      return nil
    }
  }

  /// Editors and `echo` end a file with a line end that is no part of the secret.
  private static func withoutLineEnd(_ text: String) -> String {
    var rest = text[...]
    while let last = rest.last, last.isNewline { rest.removeLast() }
    return String(rest)
  }
}
