internal import CZstd

/// The Zstandard that the program runs with.
package enum ZstandardLibrary {
  package static var version: String { String(cString: ZSTD_versionString()) }
}
