import LakeBytes
import Testing

@testable import LakeNotify

@Suite struct NotifySettingsTests {
  private func settings(_ text: String) throws -> NotifySettings {
    try NotifySettings(json: Array(text.utf8))
  }

  private func webhook(_ more: String) -> String {
    #"{"webhooks": [{"name": "a", "url": "https://x/", "secret": {"variable": "S"}\#(more)}]}"#
  }

  private func mail(_ more: String) -> String {
    #"{"mail": [{"name": "m", "server": "mail", "from": "a@b", "to": ["c@d"]\#(more)}]}"#
  }

  @Test func whatIsLeftOutHasItsDefault() throws {
    let hook = try #require(try settings(webhook("")).channels.first)
    #expect(hook.name == "a" && hook.kind == "webhook" && hook.timeoutSeconds == 5)
    #expect(
      hook.types == [
        "load.committed", "load.committed_with_rejects", "load.duplicate_file", "load.failed",
        "load.undone", "maintenance.done",
      ])
    guard case .mail(let mail) = try settings(mail("")).channels.first?.way else {
      Issue.record("no mail")
      return
    }
    #expect(mail.port == 587 && mail.security == .starttls && mail.attachmentByteLimit == 256 << 10)
    #expect(mail.user == nil && mail.password == nil)
    #expect(try settings("{}").channels.isEmpty)
  }

  @Test func theExampleOfTheSpecificationIsRead() throws {
    let text = try #require(
      SpecificationText.block(of: "formats/events/settings.md", after: "```json"))
    let channels = try settings(text).channels
    #expect(channels.map(\.name) == ["operations", "nightly"])
    #expect(channels[1].types == ["load.committed_with_rejects", "load.failed"])
  }

  @Test(arguments: [
    ("{", "line 1"), ("[]", "must be an object"), (#"{"webhook": []}"#, "no setting webhook"),
    (#"{"webhooks": {}}"#, "must be a list"), (#"{"webhooks": [{}]}"#, "webhooks, number 1: url"),
    (#"{"webhooks": [{"url": "ftp://x"}]}"#, "https://"),
    (#"{"webhooks": [{"url": "http://x\ny"}]}"#, "not empty"),
    (#"{"webhooks": [{"url": "http://x y"}]}"#, "in ASCII"),
    (#"{"webhooks": [{"url": "http://x", "name": "q"}]}"#, "q: secret is missing"),
    (#"{"webhooks": [{"url": "http://x", "secret": "whsec_x"}]}"#, "says where it stands"),
    (#"{"webhooks": [{"url": "http://x", "secret": {"value": "x"}}]}"#, "not value"),
  ])
  func settingsThatCannotBeUsed(text: String, reason: String) {
    expectFailure(text, reason)
  }

  @Test(arguments: [
    (#", "types": ["load.comitted"]"#, "no type load.comitted"),
    (#", "types": "load.failed""#, "list of texts"), (#", "timeout_seconds": 0"#, "from 1 to 60"),
    (#", "timeout_seconds": 1.5"#, "from 1 to 60"), (#", "name": """#, "twice"),
  ])
  func webhooksThatCannotBeUsed(more: String, reason: String) {
    expectFailure(webhook(more), reason)
  }

  @Test(arguments: [
    (#", "security": "ssl""#, "tls, starttls or none"), (#", "port": 70000"#, "65535"),
    (#", "user": 7"#, "must be a text"), (#", "password": "x""#, "says where it stands"),
  ])
  func mailThatCannotBeUsed(more: String, reason: String) {
    expectFailure(mail(more), reason)
  }

  @Test(arguments: [
    "a", "@b", "a@", "a@b@c", "a b@c", "a@b>", "<a@b", "a@b,c@d", "a@b\\r\\nX: y", "ä@b",
  ])
  func addressesThatCouldSayMore(address: String) {
    expectFailure(
      #"{"mail": [{"name": "m", "server": "s", "from": "a@b", "to": ["\#(address)"]}]}"#, "address")
  }

  @Test func namesAreDistinct() {
    expectFailure(
      #"{"mail": [{"name": "a", "server": "mail", "from": "a@b", "to": ["c@d"]}],"#
        + #" "webhooks": [{"name": "a", "url": "https://x/", "secret": {"file": "s"}}]}"#,
      "two channels are called a")
  }

  @Test func secretsComeFromTheirPlaces() throws {
    let source = SecretReference.Source(
      variable: { $0 == "SET" ? "one" : $0 == "EMPTY" ? "" : nil },
      file: { $0 == "there" ? "two\nmore" : $0 == "windows" ? "three\r\n" : nil })
    #expect(try SecretReference.variable("SET").resolve(source) == "one")
    #expect(try SecretReference.file("there").resolve(source) == "two")
    #expect(try SecretReference.file("windows").resolve(source) == "three")
    for missing in [SecretReference.variable("EMPTY"), .variable("NO"), .file("NO")] {
      #expect(throws: NotifyError.self) { try missing.resolve(source) }
    }
  }

  private func expectFailure(_ text: String, _ reason: String) {
    do {
      _ = try settings(text)
      Issue.record("it was read: \(text)")
    } catch let error as NotifyError {
      #expect(error.code == .invalidSettings && error.message.contains(reason), "\(error.message)")
    } catch {
      let isTwice = reason == "twice"
      #expect(isTwice, "\(error)")
    }
  }
}
