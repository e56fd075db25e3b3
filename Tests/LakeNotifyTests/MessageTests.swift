import LakeBytes
import LakeStore
import LakeTestSupport
import Testing

@testable import LakeNotify

@Suite struct MessageTests {
  private static let secret = "whsec_" + Base64.text(Array("a key of 24 bytes, no less".utf8))

  private func event(_ outcome: LoadOutcome) throws -> LakeEvent {
    let lake = try NotifyLake()
    return EventLog(lake.lake, clock: { 1_543_449_600_123_456 }).event(
      outcome.draft(run: nil), after: nil)
  }

  private func mail(_ event: LakeEvent, attachment: MailMessage.Attachment? = nil) throws -> String
  {
    let settings = try NotifySettings(
      json: Array(
        #"{"mail": [{"name": "m", "server": "s", "from": "a@b", "to": ["c@d", "e@f"]}]}"#.utf8))
    guard case .mail(let mail)? = settings.channels.first?.way else { return "" }
    let message = MailMessage(event, mail, lakePath: "/a/lake", attachment: attachment)
    return String(decoding: message.bytes, as: UTF8.self)
  }

  @Test func aWebhookIsTheLineOfTheLogAndItsSignature() throws {
    let event = try event(LoadOutcome(.failed))
    let request = try WebhookRequest(event, secret: Self.secret, seconds: 1_543_449_601)
    #expect(request.body == event.line)
    let signed = Array("\(event.id.text).1543449601.".utf8) + event.line
    let code = HMAC.sha256(key: Array("a key of 24 bytes, no less".utf8), signed)
    #expect(
      Array(request.headers.dropFirst().prefix(3)) == [
        "webhook-id: \(event.id.text)", "webhook-timestamp: 1543449601",
        "webhook-signature: v1,\(Base64.text(code))",
      ])
  }

  @Test(arguments: [
    "", "whsec_", "whsec_!", "YSBrZXkgb2YgMjQgYnl0ZXMsIG5vIGxlc3M=", "whsec_c2hvcnQ=",
  ])
  func secretsThatAreNone(secret: String) throws {
    let event = try event(LoadOutcome(.failed))
    #expect(throws: NotifyError.self) {
      try WebhookRequest(event, secret: secret, seconds: 1)
    }
  }

  @Test func aMailHasItsHeadersAndParts() throws {
    var outcome = LoadOutcome(.committedWithRejects)
    outcome.load = 12
    outcome.files = [FileReport(path: "a.csv", status: .loaded)]
    let attachment = MailMessage.Attachment(
      name: "rejects-of-load-12.csv", bytes: [UInt8](repeating: 0xff, count: 100))
    let text = try mail(event(outcome), attachment: attachment)
    let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
    let isFolded = lines.allSatisfy { line in
      let isHeader = ["Content-", "Message-ID:", "Subject:"].contains { line.hasPrefix($0) }
      return line.utf8.count <= (isHeader ? 120 : 76)
    }
    #expect(isFolded)
    #expect(!text.replacing("\r\n", with: "").contains { $0 == "\r" || $0 == "\n" })
    for line in [
      "From: triplake <a@b>", "To: <c@d>,", " <e@f>", "Date: Thu, 29 Nov 2018 00:00:00 +0000",
      "X-Triplake-Event: load.committed_with_rejects", "MIME-Version: 1.0",
      "Content-Disposition: attachment; filename=\"rejects-of-load-12.csv\"",
    ] {
      #expect(lines.contains { $0 == line }, "\(line)")
    }
    #expect(text.contains(Base64.text([UInt8](repeating: 0xff, count: 57))))
  }

  @Test func whatComesFromOutsideCannotLeaveItsPlace() throws {
    var outcome = LoadOutcome(.failed)
    outcome.files = [
      FileReport(
        path: "a\r\nBcc: x@y\u{1b}<b>&.csv", status: .failed,
        error: EventError(code: "TL-2001", message: "<script>"))
    ]
    let event = try event(outcome)
    let text = try mail(event)
    #expect(!text.contains("\r\nBcc:"))
    let report = MailReport(event, lakePath: "/a/<lake>", hasAttachment: false)
    #expect(!report.subject.contains("\n") && !report.subject.contains("\u{1b}"))
    #expect(!report.html.contains("<script>") && !report.html.contains("<b>"))
    #expect(report.html.contains("&lt;script&gt;") && report.html.contains("/a/&lt;lake&gt;"))
    #expect(!report.text.contains("\u{1b}"))
  }

  @Test(arguments: [
    ("plain", "plain"), ("bäd", "=?utf-8?B?YsOkZA==?="),
    (String(repeating: "a", count: 61), "=?utf-8?B?"),
  ])
  func encodedWords(text: String, begin: String) {
    let words = MailMessage.encodedWords(text)
    #expect(words.hasPrefix(begin))
    #expect(words.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 75 })
  }

  @Test(arguments: [
    (0, "Thu, 1 Jan 1970 00:00:00 +0000"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 +0000"),
    (1_795_529_626, "Tue, 24 Nov 2026 14:13:46 +0000"),
  ])
  func dates(seconds: UInt64, text: String) {
    #expect(MailDate.text(milliseconds: seconds * 1000 + 999) == text)
  }

  @Test func longReportsAreCut() throws {
    var outcome = LoadOutcome(.committed)
    outcome.files = (0..<250).map { FileReport(path: "\($0).csv", status: .loaded) }
    let report = MailReport(try event(outcome), lakePath: "l", hasAttachment: false)
    #expect(report.text.contains("199.csv") && !report.text.contains("200.csv"))
    #expect(report.text.contains("50 more files"))
  }
}
