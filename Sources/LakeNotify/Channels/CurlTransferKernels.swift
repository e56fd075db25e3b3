internal import CCurl
internal import Synchronization

/// One transfer of libcurl, the door to the network. Used by one thread.
///
/// The library is opened at the first transfer. What it keeps pointers to lives as long as the transfer:
/// texts are copied by it, and the rest is held here.
struct CurlTransfer: ~Copyable {
  /// The names under which Debian's `libcurl4` and its variants are found.
  private static let libraryNames = ["libcurl.so.4", "libcurl-gnutls.so.4"]
  /// Functions of a library that stays open; never changed once it is set.
  nonisolated(unsafe) private static let library: lake_curl? = {
    var library = lake_curl()
    for name in libraryNames where lake_curl_open(name, &library) == 1 { return library }
    return nil
  }()

  private var library: lake_curl
  private let handle: UnsafeMutableRawPointer
  private let errorText: UnsafeMutablePointer<CChar>
  private var lists: [UnsafeMutableRawPointer] = []

  private let stop: StopRequest

  /// - Parameter stop: Ends the transfer within about a second when it is made.
  /// - Throws: `NotifyError.missingLibrary`.
  init(_ stop: StopRequest) throws(NotifyError) {
    guard let library = Self.library, let handle = library.easy_init() else {
      throw NotifyError(
        .missingLibrary, "libcurl is missing; the package libcurl4 holds it: apt install libcurl4")
    }
    self.library = library
    self.handle = handle
    self.stop = stop
    errorText = .allocate(capacity: Int(LAKE_CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(LAKE_CURL_ERROR_SIZE))
    set(LAKE_CURLOPT_NOSIGNAL, 1)
    _ = lake_curl_set_pointer(
      &self.library, handle, Int32(LAKE_CURLOPT_ERRORBUFFER), errorText)
    _ = lake_curl_drop_answer(&self.library, handle)
    // Held by `self`, and so alive as long as the handle.
    let context = Unmanaged.passUnretained(stop).toOpaque()
    _ = lake_curl_ask(
      &self.library, handle,
      { context, _, _, _, _ in
        guard let context else { return 0 }
        return Unmanaged<StopRequest>.fromOpaque(context).takeUnretainedValue().isMade ? 1 : 0
      }, context)
  }

  deinit {
    library.easy_cleanup(handle)
    for list in lists { library.slist_free_all(list) }
    errorText.deallocate()
  }

  mutating func set(_ option: Int, _ number: Int) {
    _ = lake_curl_set_number(&library, handle, Int32(option), number)
  }

  mutating func set(_ option: Int, _ text: String) {
    _ = lake_curl_set_text(&library, handle, Int32(option), text)
  }

  mutating func set(_ option: Int, _ texts: [String]) {
    var list: UnsafeMutableRawPointer?
    for text in texts { list = library.slist_append(list, text) ?? list }
    guard let list else { return }
    lists.append(list)
    _ = lake_curl_set_pointer(&library, handle, Int32(option), list)
  }

  /// Sends `bytes` as the body of a POST.
  mutating func post(_ bytes: [UInt8]) {
    set(LAKE_CURLOPT_POSTFIELDSIZE, bytes.count)
    bytes.withUnsafeBytes { buffer in
      // Copied by the library, as many bytes as the size says.
      let start = UnsafeMutableRawPointer(mutating: buffer.baseAddress)
      _ = lake_curl_set_pointer(
        &library, handle, Int32(LAKE_CURLOPT_COPYPOSTFIELDS), start)
    }
  }

  /// Does the transfer.
  ///
  /// - Parameter text: What is sent where it is not a POST.
  /// - Returns: The server's last answer: the status of HTTP or SMTP.
  /// - Throws: `NotifyError.notDelivered`.
  mutating func perform(sending text: [UInt8] = []) throws(NotifyError) -> Int {
    let code: Int32 = text.withUnsafeBytes { buffer in
      // Both live until the transfer has ended.
      var source = lake_curl_text(
        bytes: buffer.baseAddress?.assumingMemoryBound(to: CChar.self), count: buffer.count)
      return withUnsafeMutablePointer(to: &source) { source in
        if !buffer.isEmpty { _ = lake_curl_send(&library, handle, source) }
        return library.easy_perform(handle)
      }
    }
    let status = lake_curl_response_code(&library, handle)
    guard code == 0 else {
      guard !stop.isMade else { throw NotifyError(.notDelivered, "no answer in time") }
      let detail = String(cString: errorText)
      let reason = detail.isEmpty ? reasonText(code) : detail
      throw NotifyError(.notDelivered, reason, status: status == 0 ? nil : status)
    }
    return status
  }

  private func reasonText(_ code: Int32) -> String {
    library.easy_strerror(code).map { String(cString: $0) } ?? "libcurl error \(code)"
  }
}

/// Asks a transfer that runs on another thread to end.
package final class StopRequest: Sendable {
  private let flag = Atomic<Bool>(false)

  package init() {}

  package var isMade: Bool { flag.load(ordering: .relaxed) }

  package func make() { flag.store(true, ordering: .relaxed) }
}
