/// What becomes of one pending piece of a file.
private enum PieceFate {
  case absent, present, zeros, garbage
  /// Only the first sectors arrived.
  case torn(sectorCount: Int)
}

/// How a power cut decides.
package enum CrashChoice: Sendable {
  /// Every bit of `mask`, lowest first, says whether the next pending thing is there.
  case exactly(mask: UInt64)
  case random(seed: UInt64)
}

extension CrashDisk {
  /// The disk after the power came back: nothing is pending any more.
  package func crashed(_ choice: CrashChoice) -> CrashDisk {
    var chooser = Chooser(choice)
    var disk = self
    for number in files.keys.sorted() {
      disk.files[number] = files[number].map { Self.crash($0, &chooser) }
    }
    for number in folders.keys.sorted() {
      disk.folders[number] = folders[number].map { Self.crash($0, &chooser) }
    }
    return disk
  }

  private static func crash(_ file: File, _ chooser: inout Chooser) -> File {
    var result = File()
    result.durable = file.durable
    for piece in file.lost + file.pending {
      let bytes = piece.bytes
      switch chooser.pieceFate(of: bytes.count) {
      case .absent: break
      case .present: result.durable.place(bytes, at: piece.offset)
      case .zeros:
        result.durable.place([UInt8](repeating: 0, count: bytes.count), at: piece.offset)
      case .garbage:
        result.durable.place(bytes.map { _ in chooser.byte() }, at: piece.offset)
      case .torn(let sectorCount):
        result.durable.place(Array(bytes.prefix(sectorCount * 512)), at: piece.offset)
      }
    }
    result.current = result.durable
    return result
  }

  private static func crash(_ folder: Folder, _ chooser: inout Chooser) -> Folder {
    var result = Folder()
    result.durable = folder.durable
    for change in folder.pending where chooser.isPresent() {
      switch change {
      case .add(let name, let number): result.durable[name] = number
      case .remove(let name): result.durable[name] = nil
      }
    }
    result.current = result.durable
    return result
  }
}

/// Decides fate after fate, the same way for the same choice.
private struct Chooser {
  private var random: SeededRandom
  private var mask: UInt64?
  /// How likely a pending thing is there; drawn once a crash, so that extremes occur.
  private let presence: Double

  init(_ choice: CrashChoice) {
    switch choice {
    case .exactly(let mask):
      self.mask = mask
      random = SeededRandom(seed: 0)
      presence = 0
    case .random(let seed):
      random = SeededRandom(seed: seed)
      presence = [0, 0.2, 0.5, 0.8, 1][random.integer(in: 0..<5)]
    }
  }

  mutating func isPresent() -> Bool {
    if let mask {
      self.mask = mask >> 1
      return mask & 1 == 1
    }
    return random.chance(presence)
  }

  mutating func pieceFate(of byteCount: Int) -> PieceFate {
    if mask != nil { return isPresent() ? .present : .absent }
    // Most pieces are there or not; some come back as the worst disks leave them.
    guard random.chance(0.4) else { return isPresent() ? .present : .absent }
    switch random.integer(in: 0..<3) {
    case 0: return .zeros
    case 1: return .garbage
    default: return .torn(sectorCount: random.integer(in: 0..<max(1, byteCount / 512 + 1)))
    }
  }

  mutating func byte() -> UInt8 { UInt8(truncatingIfNeeded: random.next()) }
}
