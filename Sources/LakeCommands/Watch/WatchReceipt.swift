internal import LakeBytes
internal import LakeIngest
internal import LakeStore

/// What became of a watched file, as the file beside it tells. Schema: `triplake.receipt/1`.
struct WatchReceipt {
  let place: WatchFolder.Place
  let bytes: [UInt8]

  /// - Parameter result: The load's result; `nil` where the load failed as a whole.
  init(_ file: WatchedFile, _ result: Result<LoadReceipt, CommandError>, lakePath: String) {
    var members = [
      JSONMember("schema", .string("triplake.receipt/1")),
      JSONMember("input", .object(file.members)),
    ]
    switch result {
    case .success(let receipt):
      place = receipt.status == .failed ? .failed : .processed
      let report = LoadReport(receipt, lakePath: lakePath).json
      members.append(JSONMember("result", (try? JSONParser.parse(report)) ?? .null))
      members.append(JSONMember("error", .null))
    case .failure(let error):
      place = .failed
      members.append(JSONMember("result", .null))
      members.append(
        JSONMember("error", (try? JSONParser.parse(Array(error.json.utf8))) ?? .null))
    }
    var writer = JSONWriter(.indented)
    writer.value(.object(members))
    bytes = writer.bytes + [UInt8(ascii: "\n")]
  }

  /// Whether a receipt that was found is that of `file`, which was not moved any more.
  static func tells(of file: WatchedFile, _ bytes: [UInt8]) -> Bool {
    let receipt = try? JSONParser.parse(bytes)
    return receipt?["input"] == .object(file.members)
  }
}
