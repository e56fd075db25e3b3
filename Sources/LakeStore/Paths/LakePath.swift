package import TripModel

/// A place in a lake's folder. Every name is derived here, from numbers and escaped bytes; none is ever
/// taken from data as it stands. Drawing and grammar: `formats/lake-layout/v1.md`.
package struct LakePath: Hashable, Sendable {
  /// The names joined by slashes; `.` for the lake's folder.
  package let text: String

  private init(text: String) {
    self.text = text
  }

  private init(_ components: [String]) {
    var text = components.first ?? "."
    for name in components.dropFirst() { text += "/" + name }
    self.text = text
  }

  /// The names on the way from the lake's folder; empty for the folder itself. No name has a slash in it.
  package var components: [String] {
    isRoot ? [] : text.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
  }

  package var isRoot: Bool { text == "." }

  /// The last name; `nil` for the lake's folder.
  package var name: String? {
    if isRoot { return nil }
    return slash.map { String(text[text.utf8.index(after: $0)...]) } ?? text
  }

  /// The folder that holds this name; the lake's folder is its own.
  package var parent: LakePath { slash.map { LakePath(text: String(text[..<$0])) } ?? .root }

  /// The one before the last name.
  private var slash: String.Index? { text.utf8.lastIndex(of: UInt8(ascii: "/")) }

  private func appending(_ name: String) -> LakePath {
    LakePath(text: isRoot ? name : "\(text)/\(name)")
  }

  package static let root = LakePath(text: ".")
  package static let settings = LakePath(["LAKE"])
  package static let lock = LakePath(["lock"])
  package static let manifests = LakePath(["manifests"])
  package static let data = LakePath(["data"])
  package static let transactions = LakePath(["tx"])

  /// The settings on their way to their name.
  package static func temporarySettings(_ id: TransactionID) -> LakePath {
    LakePath([".\(id.hexadecimal).tmp"])
  }

  package static func manifest(_ version: UInt64) -> LakePath {
    LakePath(["manifests", ManifestName.text(of: version)])
  }

  /// A damaged manifest that a repair set aside.
  package static func damagedManifest(_ version: UInt64) -> LakePath {
    LakePath(["manifests", ManifestName.text(of: version) + ".damaged"])
  }

  package static func temporaryManifest(_ id: TransactionID) -> LakePath {
    LakePath(["manifests", ".\(id.hexadecimal).tmp"])
  }

  package static func transaction(_ id: TransactionID) -> LakePath {
    LakePath(["tx", id.hexadecimal])
  }

  package static func region(_ region: ByteString) -> LakePath {
    data.appending(RegionFolder.name(of: region))
  }

  package static func partition(_ key: PartitionKey) -> LakePath {
    region(key.region).appending("week=\(weekText(key.week))")
  }

  package static func tripFile(
    _ key: PartitionKey, _ id: TransactionID, _ number: UInt32
  ) -> LakePath {
    partition(key).appending("\(id.hexadecimal)-\(number).trip")
  }

  package static func reports(_ kind: ReportKind) -> LakePath {
    LakePath([kind.folder])
  }

  package static func report(_ kind: ReportKind, _ id: TransactionID) -> LakePath {
    LakePath([kind.folder, "\(id.hexadecimal).csv"])
  }

  package static let events = LakePath(["events"])
  /// Held by every load while it runs.
  package static let eventsLock = LakePath(["events", "lock"])
  package static let deliveries = LakePath(["events", "deliveries"])
  package static let deliveriesLock = LakePath(["events", "deliveries", "lock"])
  /// Who is to be told what; written by people.
  package static let notifySettings = LakePath(["notify.json"])

  package static func segment(_ journal: JournalKind, _ number: UInt32) -> LakePath {
    journal.folder.appending(SegmentName.text(of: number))
  }

  /// A name found by listing this folder, or `nil` where it could lead elsewhere.
  package func appending(found name: ByteString) -> LakePath? {
    guard let text = name.text, !text.isEmpty, text != ".", text != "..",
      !name.bytes.contains(UInt8(ascii: "/")), !name.bytes.contains(0), name.byteCount <= 255
    else { return nil }
    return appending(text)
  }

  private static func weekText(_ week: ISOWeek) -> String {
    let year = String(week.year)
    let number = String(week.week)
    let paddedYear = String(repeating: "0", count: max(0, 4 - year.utf8.count)) + year
    return "\(paddedYear)-W\(number.utf8.count == 1 ? "0" : "")\(number)"
  }
}

/// The name of a manifest: the version as 20 decimal digits and `.man`.
package enum ManifestName {
  package static func text(of version: UInt64) -> String {
    let digits = String(version)
    return String(repeating: "0", count: 20 - digits.utf8.count) + digits + ".man"
  }

  /// The version a name stands for, or `nil` where it is not a manifest's name.
  package static func version(of name: ByteString) -> UInt64? {
    guard name.byteCount == 24, let text = name.text, text.hasSuffix(".man"),
      text.utf8.prefix(20).allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let version = UInt64(text.prefix(20)), version > 0
    else { return nil }
    return version
  }
}
