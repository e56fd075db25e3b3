internal import LakeBytes
package import LakeStore

/// What became of one input file, as events tell it.
package struct FileReport: Hashable, Sendable {
  package enum Status: String, Hashable, Sendable {
    case loaded
    case loadedWithRejects = "loaded_with_rejects"
    case alreadyLoaded = "already_loaded"
    case failed
  }

  package let path: String
  package let status: Status
  package var ledger: InputLedger
  package var byteCount: UInt64
  /// The load that has the same bytes.
  package var loadedBy: UInt64?
  package var error: EventError?

  package init(
    path: String, status: Status, ledger: InputLedger = InputLedger(), byteCount: UInt64 = 0,
    loadedBy: UInt64? = nil, error: EventError? = nil
  ) {
    self.path = path
    self.status = status
    self.ledger = ledger
    self.byteCount = byteCount
    self.loadedBy = loadedBy
    self.error = error
  }

  var members: [JSONMember] {
    [
      JSONMember("path", .string(path)),
      JSONMember("status", .string(status.rawValue)),
      JSONMember("lines", .count(ledger.lines)),
      JSONMember("records", .count(ledger.records)),
      JSONMember("header", .count(ledger.header)),
      JSONMember("blank", .count(ledger.blank)),
      JSONMember("comment", .count(ledger.comment)),
      JSONMember("stored", .count(ledger.stored)),
      JSONMember("duplicates", .count(ledger.duplicates)),
      JSONMember("rejected", .count(ledger.rejected)),
      JSONMember("bytes", .count(byteCount)),
      JSONMember("loaded_by", .count(loadedBy)),
      JSONMember("error", error?.json ?? .null),
    ]
  }
}

/// Why something failed, as events tell it.
package struct EventError: Hashable, Sendable {
  /// `TL-2005`.
  package let code: String
  package let message: String

  package init(code: String, message: String) {
    self.code = code
    self.message = message
  }

  var json: JSONValue {
    .object([JSONMember("code", .string(code)), JSONMember("message", .string(message))])
  }
}
