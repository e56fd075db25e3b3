internal import LakeBytes
package import LakeStore
internal import TripModel

/// Takes one event to one channel, once.
package struct Postman: Sendable {
  private let lake: Lake
  private let secrets: SecretReference.Source
  private let clock: @Sendable () -> Int64

  package init(
    _ lake: Lake, secrets: SecretReference.Source,
    clock: @escaping @Sendable () -> Int64 = EventLog.systemClock
  ) {
    self.lake = lake
    self.secrets = secrets
    self.clock = clock
  }

  /// - Parameter stop: Ends the attempt when it is made.
  /// - Returns: What the server answered.
  /// - Throws: `NotifyError.missingSecret`, `.missingLibrary`, `.notDelivered`.
  package func deliver(
    _ event: LakeEvent, to channel: NotifyChannel, stop: StopRequest = StopRequest()
  ) throws(NotifyError) -> Int {
    switch channel.way {
    case .webhook(let webhook):
      let trusted = webhook.certificateFile.map(inLake)
      let request = try WebhookRequest(
        event, secret: try webhook.secret.resolve(secrets), seconds: clock() / 1_000_000)
      return try request.send(
        to: webhook.url, trusting: trusted, timeoutSeconds: channel.timeoutSeconds, stop: stop)
    case .mail(let mail):
      let message = MailMessage(
        event, mail, lakePath: lake.path, attachment: attachment(of: event, mail))
      let password = try mail.password.map { password throws(NotifyError) in
        try password.resolve(secrets)
      }
      return try message.send(
        password: password, trusting: mail.certificateFile.map(inLake),
        timeoutSeconds: channel.timeoutSeconds, stop: stop)
    }
  }

  /// A path of the settings, which begins in the lake's folder where it is not absolute.
  private func inLake(_ path: String) -> String {
    path.hasPrefix("/") ? path : "\(lake.path)/\(path)"
  }

  /// The rejects of the event's load where they are few enough and still there.
  private func attachment(of event: LakeEvent, _ mail: Mail) -> MailMessage.Attachment? {
    guard let text = event.data["rejects"]?["path"]?.text,
      let name = text.split(separator: "/").last.map(String.init),
      let path = LakePath.reports(.rejects).appending(found: .init(name)), path.text == text,
      let bytes = try? lake.readFile(path, limit: Int(mail.attachmentByteLimit))
    else { return nil }
    return MailMessage.Attachment(
      name: event.load.map { "rejects-of-load-\($0).csv" } ?? "rejects.csv", bytes: bytes)
  }

  /// An event that stands in no log, to see whether a channel works.
  package static func testEvent(_ log: EventLog) -> LakeEvent {
    log.event(
      EventDraft(
        .maintenanceDone,
        data: [
          JSONMember("task", .string("test")), JSONMember("snapshot", .null),
          JSONMember("seconds", .number(0)), JSONMember("counts", .object([])),
        ]), after: nil)
  }
}
