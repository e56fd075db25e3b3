internal import TripModel

/// The words that the name of a column is made of, in lower case: `pickupLongitude` is pickup and longitude.
struct ColumnWords {
  private let words: [String]

  init(_ name: ByteString) {
    var words: [[UInt8]] = [[]]
    var wasLower = false
    for byte in HeaderName.trimmed(name).bytes {
      let isUpper = (0x41...0x5a).contains(byte)
      let isLower = (0x61...0x7a).contains(byte) || byte >= 0x80
      if !(isUpper || isLower) || (isUpper && wasLower) { words.append([]) }
      if isUpper || isLower { words[words.count - 1].append(isUpper ? byte | 0x20 : byte) }
      wasLower = isLower
    }
    self.words = words.filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }
  }

  var areLongitude: Bool {
    has(["lon", "lng", "long", "x"]) || hasEnd(["longitude", "longitud", "lon", "lng"])
  }

  var areLatitude: Bool { has(["lat", "y"]) || hasEnd(["latitude", "latitud", "lat"]) }

  var areOrigin: Bool {
    has(["start", "started", "starts", "origin", "from", "begin", "departure", "source", "pu", "o"])
      || hasBegin(["start", "pickup", "origin", "depart", "pick"])
  }

  var areDestination: Bool {
    has(["end", "ended", "ends", "to", "arrival", "stop", "finish", "do", "d", "dest"])
      || hasBegin(["end", "dropoff", "dest", "arriv", "stop", "drop", "return"])
  }

  var areTime: Bool {
    has(["time", "date", "at", "ts", "timestamp", "datetime", "epoch", "when"])
      || hasEnd(["time", "date", "datetime", "timestamp"])
  }

  var areRegion: Bool {
    has([
      "region", "city", "area", "zone", "market", "borough", "town", "county", "state", "district",
    ])
  }

  var areSource: Bool {
    has(["source", "datasource", "provider", "operator", "company", "vendor", "base", "service"])
      || hasBegin(["vendor", "provider"])
  }

  /// Whether they name a number that tells one thing from all others of its kind.
  var areKey: Bool {
    let isID = has(["id", "uuid", "guid", "key"]) || hasEnd(["id"])
    return isID
      && (words.count == 1
        || has(["ride", "trip", "journey", "rental", "order", "trips", "rides"]))
  }

  private func has(_ known: Set<String>) -> Bool { words.contains(where: known.contains) }

  private func hasBegin(_ known: [String]) -> Bool {
    words.contains { word in known.contains { word.hasPrefix($0) } }
  }

  private func hasEnd(_ known: [String]) -> Bool {
    words.contains { word in known.contains { word.hasSuffix($0) } }
  }
}
