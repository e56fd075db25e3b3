internal import CXXHash

extension Checksum {
  /// The version of xxHash that the program was built with.
  package static var libraryVersion: String {
    "\(XXH_VERSION_MAJOR).\(XXH_VERSION_MINOR).\(XXH_VERSION_RELEASE)"
  }
}
