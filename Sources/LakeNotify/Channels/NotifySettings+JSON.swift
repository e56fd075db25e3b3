internal import LakeBytes

/// Format: `formats/events/settings.md`.
extension NotifySettings {
  /// Outcomes of loads and what else changes the lake.
  private static let usualTypes: [EventType] = [
    .loadCommitted, .loadCommittedWithRejects, .duplicateFile, .loadFailed, .loadUndone,
    .maintenanceDone,
  ]

  /// Reads the settings from their JSON text.
  ///
  /// - Throws: `NotifyError.invalidSettings`.
  package init(json bytes: [UInt8]) throws(NotifyError) {
    let value: JSONValue
    do throws(JSONError) {
      value = try JSONParser.parse(bytes)
    } catch {
      throw .settings("line \(error.line), column \(error.column): \(error.message)")
    }
    let root = SettingsObject(value, "the settings")
    try root.expect(["webhooks", "mail"])
    var channels: [NotifyChannel] = []
    for webhook in try root.objects("webhooks") { channels.append(try Self.webhook(webhook)) }
    for mail in try root.objects("mail") { channels.append(try Self.mail(mail)) }
    for (index, channel) in channels.enumerated()
    where channels[..<index].contains(where: { $0.name == channel.name }) {
      throw .settings("two channels are called \(channel.name)")
    }
    self.init(channels: channels)
  }

  private static func webhook(_ object: SettingsObject) throws(NotifyError) -> NotifyChannel {
    try object.expect(["name", "url", "secret", "types", "timeout_seconds", "ca_file"])
    let url = try object.text("url")
    guard url.hasPrefix("https://") || url.hasPrefix("http://"),
      url.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
    else { throw .settings("\(object.place): url begins with https:// or http://, in ASCII") }
    return try channel(
      object,
      .webhook(
        Webhook(
          url: url, secret: try object.secret("secret"),
          certificateFile: try object.optionalText("ca_file"))))
  }

  private static func mail(_ object: SettingsObject) throws(NotifyError) -> NotifyChannel {
    try object.expect([
      "name", "server", "port", "security", "from", "to", "user", "password", "types",
      "timeout_seconds", "ca_file", "attach_up_to",
    ])
    let securityText = try object.optionalText("security") ?? Mail.Security.starttls.rawValue
    guard let security = Mail.Security(rawValue: securityText) else {
      throw .settings("\(object.place): security is tls, starttls or none")
    }
    let recipients = try object.texts("to")
    guard !recipients.isEmpty else { throw .settings("\(object.place): to is empty") }
    for address in try recipients + [object.text("from")] {
      try checkAddress(address, object.place)
    }
    let server = try object.text("server")
    guard server.utf8.allSatisfy({ (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "/") }) else {
      throw .settings("\(object.place): server is the name of a host")
    }
    return try channel(
      object,
      .mail(
        Mail(
          server: server,
          port: try object.number("port", in: 1...65535) ?? (security == .tls ? 465 : 587),
          security: security, sender: try object.text("from"), recipients: recipients,
          user: try object.optionalText("user"),
          password: try object.has("password") ? object.secret("password") : nil,
          certificateFile: try object.optionalText("ca_file"),
          attachmentByteLimit: UInt64(
            try object.number("attach_up_to", in: 0...(16 << 20)) ?? 256 << 10))))
  }

  private static func channel(
    _ object: SettingsObject, _ way: NotifyChannel.Way
  ) throws(NotifyError) -> NotifyChannel {
    let types = try object.has("types") ? object.texts("types") : usualTypes.map(\.rawValue)
    for type in types where !EventFilter.isKnown(type) {
      throw .settings("\(object.place): there is no type \(type)")
    }
    return NotifyChannel(
      name: try object.text("name"), types: types,
      timeoutSeconds: try object.number("timeout_seconds", in: 1...60) ?? 5, way: way)
  }

  /// An address as it stands between `<` and `>`; what would end it or the line is refused.
  private static func checkAddress(_ address: String, _ place: String) throws(NotifyError) {
    let bytes = Array(address.utf8)
    let isPlain = bytes.allSatisfy {
      (0x21...0x7e).contains($0) && !Array("<>,;\"".utf8).contains($0)
    }
    guard isPlain, bytes.count(where: { $0 == UInt8(ascii: "@") }) == 1, bytes.first != 0x40,
      bytes.last != 0x40
    else { throw .settings("\(place): \(address) is no address like name@example.org") }
  }
}

/// An object of the settings and what to call it.
private struct SettingsObject {
  private let value: JSONValue
  let place: String

  init(_ value: JSONValue, _ place: String) {
    self.value = value
    self.place = place
  }

  func has(_ name: String) -> Bool { value[name] != nil }

  func expect(_ names: [String]) throws(NotifyError) {
    guard let members = value.members else { throw .settings("\(place) must be an object") }
    if let unknown = members.first(where: { !names.contains($0.name) }) {
      throw .settings(
        "\(place): there is no setting \(unknown.name); there are \(names.joined(separator: ", "))")
    }
  }

  func objects(_ name: String) throws(NotifyError) -> [SettingsObject] {
    guard let member = value[name] else { return [] }
    guard let elements = member.elements else { throw .settings("\(name) must be a list") }
    return elements.enumerated().map { index, element in
      SettingsObject(element, element["name"]?.text ?? "\(name), number \(index + 1)")
    }
  }

  func text(_ name: String) throws(NotifyError) -> String {
    guard let text = try optionalText(name) else { throw .settings("\(place): \(name) is missing") }
    return text
  }

  func optionalText(_ name: String) throws(NotifyError) -> String? {
    guard let member = value[name] else { return nil }
    guard let text = member.text, !text.isEmpty, !text.utf8.contains(where: { $0 < 0x20 }) else {
      throw .settings("\(place): \(name) must be a text, and not empty")
    }
    return text
  }

  func texts(_ name: String) throws(NotifyError) -> [String] {
    guard let elements = value[name]?.elements else {
      throw .settings("\(place): \(name) must be a list of texts")
    }
    let texts = elements.compactMap(\.text)
    guard texts.count == elements.count else {
      throw .settings("\(place): \(name) must be a list of texts")
    }
    return texts
  }

  func number(_ name: String, in range: ClosedRange<Int>) throws(NotifyError) -> Int? {
    guard let member = value[name] else { return nil }
    guard let number = member.integer.flatMap({ Int(exactly: $0) }), range.contains(number) else {
      throw .settings(
        "\(place): \(name) is a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  func secret(_ name: String) throws(NotifyError) -> SecretReference {
    guard let member = value[name] else { throw .settings("\(place): \(name) is missing") }
    guard let only = member.members?.first, member.members?.count == 1, let text = only.value.text
    else {
      throw .settings(
        "\(place): \(name) says where it stands: {\"variable\": \"NAME\"} or {\"file\": \"PATH\"}")
    }
    switch only.name {
    case "variable": return .variable(text)
    case "file": return .file(text)
    default: throw .settings("\(place): \(name) has a variable or a file, not \(only.name)")
    }
  }
}

extension NotifyError {
  fileprivate static func settings(_ message: String) -> NotifyError {
    NotifyError(.invalidSettings, message)
  }
}
