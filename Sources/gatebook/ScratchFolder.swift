internal import Glibc

/// A folder for one run, that nobody else can read and that is removed with what is in it.
struct ScratchFolder {
  let path: String

  /// Makes the folder where the system keeps such things.
  init() throws {
    let parent = ProcessEnvironment.all["TMPDIR"] ?? "/tmp"
    var template = Array("\(parent)/gatebook-demo-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else {
      throw CommandFailure("No temporary folder can be made in \(parent).")
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Writes a small file and says where it is.
  func write(_ text: String, to name: String) throws -> String {
    let file = "\(path)/\(name)"
    guard let stream = unsafe fopen(file, "we") else {
      throw CommandFailure("\(file) cannot be written.")
    }
    let bytes = Array(text.utf8)
    let written = unsafe fwrite(bytes, 1, bytes.count, stream)
    guard unsafe fclose(stream) == 0, written == bytes.count else {
      throw CommandFailure("\(file) cannot be written.")
    }
    return file
  }

  /// Removes the folder and the files in it; there are no folders in it.
  func remove() {
    if let folder = unsafe opendir(path) {
      while let entry = unsafe readdir(folder) {
        let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
          unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
        }
        if name != ".", name != ".." { unsafe unlink("\(path)/\(name)") }
      }
      unsafe closedir(folder)
    }
    unsafe rmdir(path)
  }
}
