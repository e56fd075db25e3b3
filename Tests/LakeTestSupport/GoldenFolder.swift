import Glibc

/// Files under `formats/` that tests compare with what the program makes.
///
/// A difference and a missing file are failures. With `LAKE_RECORD=1` in the environment the files are written
/// anew instead; that is for new cases alone.
package struct GoldenFolder: Sendable {
  private let path: String

  /// - Parameter folder: Below `formats/`, such as `trip-file/golden`.
  package init(_ folder: String) {
    // This file is Tests/LakeTestSupport/GoldenFolder.swift.
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    path = "/\(root)/formats/\(folder)"
  }

  package static var isRecording: Bool {
    getenv("LAKE_RECORD").map { String(cString: $0) == "1" } ?? false
  }

  /// What is wrong with `bytes` as the content of the file `name`; `nil` where they are equal.
  package func difference(_ name: String, _ bytes: [UInt8]) -> String? {
    if Self.isRecording && !write(name, bytes) { return "\(name) cannot be written" }
    guard let golden = read(name) else {
      return "\(name) is missing; LAKE_RECORD=1 writes it"
    }
    guard golden != bytes else { return nil }
    let place = zip(golden, bytes).prefix { $0 == $1 }.count
    return "\(name) has \(golden.count) bytes, \(bytes.count) were made; they differ at \(place)"
  }

  package func difference(_ name: String, _ text: String) -> String? {
    difference(name, Array(text.utf8))
  }

  package func read(_ name: String) -> [UInt8]? {
    guard let file = fopen("\(path)/\(name)", "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }

  private func write(_ name: String, _ bytes: [UInt8]) -> Bool {
    guard let file = fopen("\(path)/\(name)", "w") else { return false }
    let written = fwrite(bytes, 1, bytes.count, file)
    return fclose(file) == 0 && written == bytes.count
  }
}
