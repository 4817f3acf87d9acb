internal import Foundation

/// The lines of a text file.
enum TextLines {
  static func of(_ path: String) throws -> [Substring] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw CommandFailure("The file \(path) does not exist or cannot be read.")
    }
    return String(decoding: data, as: UTF8.self).split(separator: "\n")
  }
}
