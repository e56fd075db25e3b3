/// The names of geohash cells: bits of longitude and latitude in turns, longitude first, five a character.
///
/// Source: Gustavo Niemeyer's geohash (2008), as PostGIS, ClickHouse and others read it.
enum Geohash {
  /// Base 32 without a, i, l and o.
  private static let alphabet = Array("0123456789bcdefghjkmnpqrstuvwxyz".utf8)

  /// How often longitudes are halved.
  static func longitudeBits(_ length: Int) -> Int { (5 * length + 1) / 2 }

  /// How often latitudes are halved.
  static func latitudeBits(_ length: Int) -> Int { 5 * length / 2 }

  /// - Parameters:
  ///   - x: The number of the cell, counted from 0 degrees.
  ///   - y: Likewise.
  static func text(x: Int, y: Int, length: Int) -> String {
    var longitude = x + 1 << (longitudeBits(length) - 1)
    var latitude = y + 1 << (latitudeBits(length) - 1)
    var characters = [UInt8](repeating: 0, count: length)
    var takesLongitude = 5 * length % 2 == 1
    for index in characters.indices.reversed() {
      var digit = 0
      for bit in 0..<5 {
        if takesLongitude {
          digit |= (longitude & 1) << bit
          longitude >>= 1
        } else {
          digit |= (latitude & 1) << bit
          latitude >>= 1
        }
        takesLongitude.toggle()
      }
      characters[index] = alphabet[digit]
    }
    return String(decoding: characters, as: UTF8.self)
  }
}
