internal import TripModel

/// The files in a lake's folders that a transaction made and that may belong to no version.
struct FoundFiles {
  private(set) var files: [(path: LakePath, transaction: TransactionID)] = []
  /// Files whose names no lake gives.
  private(set) var foreign: [LakePath] = []

  /// Lists trip files, reports and temporary files, whoever they belong to.
  init(in fileSystem: any FileSystem) throws(SystemError) {
    var folders = [LakePath.data] + ReportKind.allCases.map { LakePath.reports($0) }
    while let folder = folders.popLast() {
      for entry in try fileSystem.names(in: folder) {
        guard let path = folder.appending(found: entry.name) else { continue }
        // Trip files lie three folders deep; deeper ones are not a lake's.
        if entry.kind == .directory && path.components.count <= 3 {
          folders.append(path)
        } else {
          add(path, FileName.transaction(ofTripFileOrReport: entry.name))
        }
      }
    }
    for folder in [LakePath.manifests, .root] {
      for entry in try fileSystem.names(in: folder) where entry.kind == .file {
        guard let path = folder.appending(found: entry.name),
          let transaction = FileName.transaction(ofTemporary: entry.name)
        else { continue }
        add(path, transaction)
      }
    }
    files.sort { $0.path.text < $1.path.text }
    foreign.sort { $0.text < $1.text }
  }

  private mutating func add(_ path: LakePath, _ transaction: TransactionID?) {
    if let transaction {
      files.append((path, transaction))
    } else {
      foreign.append(path)
    }
  }
}

/// The names that transactions give to files.
enum FileName {
  private static let digitCount = 32

  /// `<32 hex>-<n>.trip` and `<32 hex>.csv`.
  static func transaction(ofTripFileOrReport name: ByteString) -> TransactionID? {
    let rest = name.bytes.dropFirst(digitCount)
    let isReport = rest.elementsEqual(".csv".utf8)
    let isTripFile =
      rest.first == UInt8(ascii: "-") && rest.suffix(5).elementsEqual(".trip".utf8)
      && rest.count > 6 && rest.dropFirst().dropLast(5).allSatisfy { (0x30...0x39).contains($0) }
    guard isReport || isTripFile else { return nil }
    return TransactionID(hexadecimal: name.bytes.prefix(digitCount))
  }

  /// `.<32 hex>.tmp`
  static func transaction(ofTemporary name: ByteString) -> TransactionID? {
    guard name.byteCount == digitCount + 5, name.bytes.first == UInt8(ascii: "."),
      name.bytes.suffix(4).elementsEqual(".tmp".utf8)
    else { return nil }
    return TransactionID(hexadecimal: name.bytes.dropFirst().prefix(digitCount))
  }
}
