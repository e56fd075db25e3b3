internal import TripModel

/// Holds definitions against a file, without loading it.
package enum InputSniffer {
  /// What is known of a file from its first record.
  package struct Finding: Sendable {
    /// One for each candidate, in their order; none where the file has no record.
    package let fits: [DefinitionFit]
    /// The one that a load would take.
    package let best: InputDefinition?
  }

  /// - Throws: `IngestError.inputMissing`, `.inputUnreadable`, `.unsupportedText`, `.damagedCompression`.
  package static func examine(
    path: String, by choice: DefinitionChoice
  ) throws(IngestError) -> Finding {
    let text = try InputText(try InputFile(path: path))
    let head = try FirstBytes(text)
    let fits = try choice.fits(head.bytes, isWhole: head.isWhole, schema: .trips)
    let best = try? choice.choose(head.bytes, isWhole: head.isWhole)?.definition
    return Finding(fits: fits, best: best)
  }
}
