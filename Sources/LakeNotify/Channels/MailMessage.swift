internal import CCurl
internal import LakeBytes
internal import TripModel

/// One event as a mail (RFC 5322, MIME): text, the same as HTML, and a rejects file.
struct MailMessage {
  struct Attachment: Hashable, Sendable {
    let name: String
    let bytes: [UInt8]
  }

  private let event: LakeEvent
  private let mail: Mail
  private let attachment: Attachment?
  private let report: MailReport

  /// - Parameter lakePath: Where the lake lies, for people.
  init(_ event: LakeEvent, _ mail: Mail, lakePath: String, attachment: Attachment?) {
    self.event = event
    self.mail = mail
    self.attachment = attachment
    report = MailReport(event, lakePath: lakePath, hasAttachment: attachment != nil)
  }

  /// The whole message. The same event gives the same `Message-ID`, so that a repeated one can be told.
  var bytes: [UInt8] {
    let mixed = "mixed-\(event.id.text)"
    let alternative = "alternative-\(event.id.text)"
    var lines = [
      "From: triplake <\(mail.sender)>",
      "To: \(mail.recipients.map { "<\($0)>" }.joined(separator: ",\r\n "))",
      "Subject: \(Self.encodedWords(report.subject))",
      "Date: \(MailDate.text(milliseconds: event.id.milliseconds))",
      "Message-ID: <\(event.id.text)@\(event.lake).triplake>",
      "Auto-Submitted: auto-generated",
      "X-Triplake-Event: \(EventType(rawValue: event.typeName)?.rawValue ?? "other")",
      "MIME-Version: 1.0",
      "Content-Type: multipart/mixed; boundary=\"\(mixed)\"",
      "",
      "--\(mixed)",
      "Content-Type: multipart/alternative; boundary=\"\(alternative)\"",
      "",
      "--\(alternative)",
    ]
    lines += Self.part("text/plain; charset=utf-8", Array(report.text.utf8))
    lines.append("--\(alternative)")
    lines += Self.part("text/html; charset=utf-8", Array(report.html.utf8))
    lines.append("--\(alternative)--")
    if let attachment {
      lines.append("--\(mixed)")
      lines += Self.part(
        "text/csv", attachment.bytes,
        extra: "Content-Disposition: attachment; filename=\"\(attachment.name)\"")
    }
    lines += ["--\(mixed)--", ""]
    return Array(lines.joined(separator: "\r\n").utf8)
  }

  /// Hands the message to the server.
  ///
  /// - Throws: `NotifyError.notDelivered`, `.missingLibrary`.
  func send(
    password: String?, trusting certificateFile: String?, timeoutSeconds: Int, stop: StopRequest
  ) throws(NotifyError) -> Int {
    var transfer = try CurlTransfer(stop)
    let scheme = mail.security == .tls ? "smtps" : "smtp"
    transfer.set(LAKE_CURLOPT_PROTOCOLS, LAKE_CURLPROTO_SMTP | LAKE_CURLPROTO_SMTPS)
    transfer.set(LAKE_CURLOPT_URL, "\(scheme)://\(mail.server):\(mail.port)")
    transfer.set(
      LAKE_CURLOPT_USE_SSL, mail.security == .none ? LAKE_CURLUSESSL_NONE : LAKE_CURLUSESSL_ALL)
    transfer.set(LAKE_CURLOPT_MAIL_FROM, "<\(mail.sender)>")
    transfer.set(LAKE_CURLOPT_MAIL_RCPT, mail.recipients.map { "<\($0)>" })
    transfer.set(LAKE_CURLOPT_TIMEOUT_MS, timeoutSeconds * 1000)
    transfer.set(LAKE_CURLOPT_CONNECTTIMEOUT_MS, timeoutSeconds * 1000)
    if let certificateFile { transfer.set(LAKE_CURLOPT_CAINFO, certificateFile) }
    if let user = mail.user, let password {
      transfer.set(LAKE_CURLOPT_USERNAME, user)
      transfer.set(LAKE_CURLOPT_PASSWORD, password)
    }
    return try transfer.perform(sending: bytes)
  }

  private static func part(_ type: String, _ bytes: [UInt8], extra: String? = nil) -> [String] {
    var lines = ["Content-Type: \(type)", "Content-Transfer-Encoding: base64"]
    if let extra { lines.append(extra) }
    lines.append("")
    for start in stride(from: 0, to: bytes.count, by: 57) {
      lines.append(Base64.text(Array(bytes[start..<min(start + 57, bytes.count)])))
    }
    return lines
  }

  /// A header's text in RFC 2047's encoded words, of at most 75 characters a line; plain ASCII stands as it is.
  static func encodedWords(_ text: String) -> String {
    if text.utf8.count <= 60, text.utf8.allSatisfy({ (0x20...0x7e).contains($0) }) { return text }
    var words: [String] = []
    var word = ""
    for character in text.unicodeScalars {
      if word.utf8.count + String(character).utf8.count > 42 {
        words.append(word)
        word = ""
      }
      word.unicodeScalars.append(character)
    }
    words.append(word)
    return words.map { "=?utf-8?B?\(Base64.text(Array($0.utf8)))?=" }.joined(separator: "\r\n ")
  }
}

/// Dates of mail headers: `Tue, 24 Nov 2026 13:45:00 +0000`.
enum MailDate {
  private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  static func text(milliseconds: UInt64) -> String {
    let seconds = Int(milliseconds / 1000)
    let dayNumber = seconds / 86_400
    let date = CivilDate(dayNumber: dayNumber)
    // 1970-01-01 was a Thursday.
    let weekday = days[(dayNumber + 3) % 7]
    let clock = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60].map { part in
      part < 10 ? "0\(part)" : "\(part)"
    }
    return "\(weekday), \(date.day) \(months[date.month - 1]) \(date.year) "
      + clock.joined(separator: ":") + " +0000"
  }
}
