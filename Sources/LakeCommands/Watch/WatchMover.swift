/// Puts files where they belong when they are done, each with its receipt.
///
/// The receipt comes first and the file after it, so that a kill between the two leaves a receipt without a
/// file: the next run finds it and moves the file, without loading it again. Nothing is ever overwritten.
struct WatchMover {
  /// So many files of one name are a mistake somewhere.
  private static let slotLimit = 100_000

  let folder: WatchFolder

  /// Ends a move that a kill has cut off.
  ///
  /// - Returns: Where the file is now; `nil` where no receipt of it was found.
  func resume(_ file: WatchedFile) throws(SystemDoor.Failure) -> String? {
    for place in WatchFolder.Place.allCases {
      for number in 1...Self.slotLimit {
        let slot = WatchSlot(file.name, number: number)
        let hasFile = folder.exists(place, slot.fileName)
        guard let receipt = folder.read(place, slot.receiptName) else {
          if !hasFile { break }
          continue
        }
        if hasFile || !WatchReceipt.tells(of: file, receipt) { continue }
        if try folder.move(file.name, to: place, as: slot.fileName) {
          return "\(place.rawValue)/\(slot.fileName)"
        }
      }
    }
    return nil
  }

  /// Writes the receipt and moves the file beside it, under the first name that is free.
  ///
  /// - Returns: Where the file is now.
  func finish(_ file: WatchedFile, _ receipt: WatchReceipt) throws(SystemDoor.Failure) -> String {
    let place = receipt.place
    for number in 1...Self.slotLimit {
      let slot = WatchSlot(file.name, number: number)
      guard !folder.exists(place, slot.fileName), !folder.exists(place, slot.receiptName),
        try folder.write(receipt.bytes, to: place, as: slot.receiptName)
      else { continue }
      if try folder.move(file.name, to: place, as: slot.fileName) {
        return "\(place.rawValue)/\(slot.fileName)"
      }
      // Somebody has put a file there meanwhile; the receipt is not its.
      folder.remove(place, slot.receiptName)
    }
    throw SystemDoor.Failure(number: SystemDoor.existing, path: "\(folder.path)/\(file.name)")
  }
}

extension CommandError {
  /// A call on a watched folder that failed.
  init(watched failure: SystemDoor.Failure) {
    self.init(8013, .inputOutput, "a file could not be moved: \(failure.reason)")
    place = Place(path: failure.path)
    help = ["what is loaded is not loaded again; the next watch moves the file"]
  }
}
