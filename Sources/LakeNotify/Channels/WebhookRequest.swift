internal import CCurl
internal import LakeBytes

/// One event for an HTTP receiver, as Standard Webhooks has it.
struct WebhookRequest {
  private static let secretPrefix = "whsec_"

  let body: [UInt8]
  let headers: [String]

  /// - Parameters:
  ///   - secret: `whsec_` and Base64.
  ///   - seconds: Since 1970; the moment of the attempt.
  /// - Throws: `NotifyError.missingSecret` where the secret is not one.
  init(_ event: LakeEvent, secret: String, seconds: Int64) throws(NotifyError) {
    guard secret.hasPrefix(Self.secretPrefix),
      let key = Base64.bytes(String(secret.dropFirst(Self.secretPrefix.count))), key.count >= 24
    else {
      throw NotifyError(
        .missingSecret,
        "the secret is whsec_ and Base64 of at least 24 bytes: echo whsec_$(openssl rand -base64 32)"
      )
    }
    body = event.line
    let signed = Array("\(event.id.text).\(seconds).".utf8) + body
    headers = [
      "Content-Type: application/json",
      "webhook-id: \(event.id.text)",
      "webhook-timestamp: \(seconds)",
      "webhook-signature: v1,\(Base64.text(HMAC.sha256(key: key, signed)))",
      // No question whether the body is wanted: it costs a round trip.
      "Expect:",
    ]
  }

  /// Sends the event; any status from 200 to 299 is a success.
  ///
  /// - Throws: `NotifyError.notDelivered`, `.missingLibrary`.
  func send(
    to url: String, trusting certificateFile: String?, timeoutSeconds: Int, stop: StopRequest
  ) throws(NotifyError) -> Int {
    var transfer = try CurlTransfer(stop)
    transfer.set(LAKE_CURLOPT_PROTOCOLS, LAKE_CURLPROTO_HTTP | LAKE_CURLPROTO_HTTPS)
    transfer.set(LAKE_CURLOPT_URL, url)
    transfer.set(LAKE_CURLOPT_USERAGENT, "triplake")
    transfer.set(LAKE_CURLOPT_HTTPHEADER, headers)
    transfer.set(LAKE_CURLOPT_TIMEOUT_MS, timeoutSeconds * 1000)
    transfer.set(LAKE_CURLOPT_CONNECTTIMEOUT_MS, timeoutSeconds * 1000)
    if let certificateFile { transfer.set(LAKE_CURLOPT_CAINFO, certificateFile) }
    transfer.post(body)
    let status = try transfer.perform()
    guard (200..<300).contains(status) else {
      throw NotifyError(.notDelivered, "the receiver answered \(status)", status: status)
    }
    return status
  }
}
