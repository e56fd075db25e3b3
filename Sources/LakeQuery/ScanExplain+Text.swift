package import LakeBytes

extension ScanExplain {
  /// Some lines for people, each ending in a newline.
  package var text: String {
    var lines = [
      "files:  \(files.text)",
      "blocks: \(blocks.text)",
      "opened: \(filesOpened) data files, \(pagesDecoded) pages, \(bytesRead) bytes",
      "rows:   \(rowsMatched) of \(rowsConsidered) matched",
    ]
    for reason in reasons {
      lines.append("read:   \(reason.count) × \(reason.level.rawValue): \(reason.text)")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  /// Writes the value of a member, as `{"files": {…}, "blocks": {…}, …}`.
  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    files.write(named: "files", to: &writer)
    blocks.write(named: "blocks", to: &writer)
    writer.member("files_opened", filesOpened)
    writer.member("pages_decoded", pagesDecoded)
    writer.member("bytes_read", bytesRead)
    writer.member("rows_considered", rowsConsidered)
    writer.member("rows_matched", rowsMatched)
    writer.name("reasons")
    writer.beginArray()
    for reason in reasons {
      writer.beginObject()
      writer.member("level", reason.level.rawValue)
      writer.member("reason", reason.text)
      writer.member("count", reason.count)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
  }
}

extension ScanExplain.Level {
  fileprivate var text: String {
    "\(considered) considered, \(skipped) skipped, \(covered) covered, \(scanned) scanned"
  }

  fileprivate func write(named name: String, to writer: inout JSONWriter) {
    writer.name(name)
    writer.beginObject()
    writer.member("considered", considered)
    writer.member("skipped", skipped)
    writer.member("covered", covered)
    writer.member("scanned", scanned)
    writer.endObject()
  }
}
