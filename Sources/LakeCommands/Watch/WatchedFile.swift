internal import LakeBytes

/// A file in a watched folder.
struct WatchedFile: Hashable {
  let name: String
  let byteCount: Int
  let inode: UInt64
  /// Nanoseconds since 1970 of its last change.
  let modified: Int64

  /// Names of files that somebody is writing under another name for now.
  private static let partialEndings = [
    ".part", ".partial", ".tmp", ".temp", ".crdownload", ".filepart", ".download", "~",
  ]

  /// Whether a file of this name is to be loaded.
  static func isWanted(_ name: String) -> Bool {
    let lowered = name.lowercased()
    return !name.hasPrefix(".") && !partialEndings.contains { lowered.hasSuffix($0) }
  }

  /// What tells it from another file of its name; a rename changes none of it.
  var members: [JSONMember] {
    [
      JSONMember("name", .string(name)),
      JSONMember("bytes", .integer(Int64(byteCount))),
      JSONMember("inode", .integer(Int64(clamping: inode))),
      JSONMember("modified_ns", .integer(modified)),
    ]
  }
}

/// One of the names that a file may have where it is moved to: its own, and others where that is taken.
struct WatchSlot {
  private static let nameLimit = 255
  private static let receiptEnding = ".receipt.json"

  /// `trips.csv.gz`, `trips.2.csv.gz`, …
  let fileName: String

  /// - Parameter number: From 1.
  init(_ name: String, number: Int) {
    guard number > 1 else {
      fileName = name
      return
    }
    let dot = name.dropFirst().firstIndex(of: ".") ?? name.endIndex
    fileName = "\(name[..<dot]).\(number)\(name[dot...])"
  }

  /// The file's name and `.receipt.json`; of a long name the beginning and a digest.
  var receiptName: String {
    let whole = fileName + Self.receiptEnding
    guard whole.utf8.count > Self.nameLimit else { return whole }
    let digest = Checksum.xxh3_128(Array(fileName.utf8)).hexadecimal
    var start = fileName
    while start.utf8.count > 180 { start.removeLast() }
    return "\(start)~\(digest)\(Self.receiptEnding)"
  }
}
