internal import TripModel

/// A log of lines that several processes append to and others read, at the same time.
///
/// What the lines say is not known here. The rules: `formats/events/v1.md`, "The journal".
package struct LineJournal: Sendable {
  /// A segment of so many bytes is full.
  package static let usualSegmentByteLimit = 4 << 20
  private static let lockLimitMicroseconds: UInt64 = 5_000_000
  /// A newest segment that keeps changing is looked up this often.
  private static let attemptLimit = 1000

  let lake: Lake
  package let kind: JournalKind
  private let segmentByteLimit: Int

  package init(
    _ lake: Lake, _ kind: JournalKind,
    segmentByteLimit: Int = LineJournal.usualSegmentByteLimit
  ) {
    self.lake = lake
    self.kind = kind
    self.segmentByteLimit = segmentByteLimit
  }

  var fileSystem: any FileSystem { lake.environment.fileSystem }

  /// The numbers of the segments, ascending; none where nothing was ever appended.
  package func segments() throws(StoreError) -> [UInt32] {
    do {
      return try fileSystem.names(in: kind.folder).compactMap { SegmentName.number(of: $0.name) }
        .sorted()
    } catch  where error.isMissing {
      return []
    } catch {
      throw StoreError(error)
    }
  }

  /// Appends lines, with no other process appending meanwhile.
  ///
  /// - Parameter body: Is given the lines that there are, the last one first, and returns those to append,
  ///   without line ends. Called once at most.
  /// - Throws: `StoreError.tryAgain` where another process held the journal for too long, `.diskFull`,
  ///   `.readOnly`, `.permissionDenied`, `.inputOutput`; part of the lines may then stand in the journal.
  package func append(
    _ body: (inout BackwardLines) throws(StoreError) -> [[UInt8]]
  ) throws(StoreError) {
    for _ in 0..<Self.attemptLimit {
      guard let file = try lockNewest() else { continue }
      var known = try BackwardLines(segments(), of: self)
      let lines = try body(&known)
      guard !lines.isEmpty else { return }
      do {
        try write(lines, to: file)
        // The lines stand there; that they last is another matter (`synchronize`).
        try? file.close()
        return
      } catch {
        throw StoreError(error)
      }
    }
    throw StoreError(.tryAgain, path: kind.folder.text, "the newest segment keeps changing")
  }

  /// Brings all that was appended to the disk. One attempt: after an error it is not known what is there.
  package func synchronize() throws(StoreError) {
    do {
      guard let newest = try segments().last else { return }
      let file = try StoreFile(appendingTo: .segment(kind, newest), in: fileSystem)
      try file.synchronize()
      try file.close()
      var folder = kind.folder
      try fileSystem.synchronizeDirectory(folder)
      while !folder.isRoot {
        folder = folder.parent
        try fileSystem.synchronizeDirectory(folder)
      }
    } catch {
      throw StoreError(wrapping: error, path: kind.folder)
    }
  }
}

// MARK: - Segments

extension LineJournal {
  /// The newest segment, locked, made where there is none; `nil` where another process was at it.
  private func lockNewest() throws(StoreError) -> StoreFile? {
    let newest = try segments().last
    do {
      guard let newest else {
        try makeFolder()
        try create(1)
        return nil
      }
      let file = try StoreFile(appendingTo: .segment(kind, newest), in: fileSystem)
      try lock(file)
      guard try file.isNamed(), try !exists(newest + 1) else { return nil }
      guard try file.currentByteCount() < segmentByteLimit else {
        try file.synchronize()
        try create(newest + 1)
        try removeOld(newest: newest + 1)
        return nil
      }
      return file
    } catch let error as SystemError where error.isMissing {
      return nil
    } catch {
      throw StoreError(wrapping: error, path: kind.folder)
    }
  }

  private func makeFolder() throws(SystemError) {
    try fileSystem.makeDirectoryIfMissing(.events)
    try fileSystem.makeDirectoryIfMissing(kind.folder)
  }

  private func create(_ number: UInt32) throws(SystemError) {
    do {
      try StoreFile(creating: .segment(kind, number), in: fileSystem).close()
    } catch  where error.isExisting {
      // Another process was first.
    }
  }

  private func exists(_ number: UInt32) throws(SystemError) -> Bool {
    do {
      try StoreFile(opening: .segment(kind, number), in: fileSystem).close()
      return true
    } catch  where error.isMissing {
      return false
    }
  }

  private func removeOld(newest: UInt32) throws {
    for number in try segments() where number + kind.segmentLimit <= newest {
      try? fileSystem.remove(.segment(kind, number))
    }
  }

  private func lock(_ file: StoreFile) throws {
    let environment = lake.environment
    let deadline = environment.monotonicMicroseconds() + Self.lockLimitMicroseconds
    while try !file.lock(.exclusive) {
      guard environment.monotonicMicroseconds() < deadline else {
        throw StoreError(
          .tryAgain, path: file.path.text, "another process has held the journal for too long")
      }
      environment.sleepMicroseconds(500 + environment.makeRandom() % 1500)
    }
  }

  /// One call for all lines; a torn line before them is ended first.
  private func write(_ lines: [[UInt8]], to file: StoreFile) throws(SystemError) {
    let lineFeed = UInt8(ascii: "\n")
    let end = try file.currentByteCount()
    var bytes: [UInt8] = []
    if end > 0, try file.readByte(at: end - 1) != lineFeed { bytes.append(lineFeed) }
    for line in lines { bytes += line + [lineFeed] }
    try file.write(bytes, at: end)
  }
}

/// The name of a segment: its number as 8 decimal digits and `.ndjson`.
enum SegmentName {
  static func text(of number: UInt32) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 8 - digits.utf8.count)) + digits + ".ndjson"
  }

  /// The number a name stands for, or `nil` where it is not a segment's name.
  static func number(of name: ByteString) -> UInt32? {
    guard let text = name.text, text.hasSuffix(".ndjson"),
      let number = UInt32(text.dropLast(7)), number > 0, self.text(of: number) == text
    else { return nil }
    return number
  }
}
