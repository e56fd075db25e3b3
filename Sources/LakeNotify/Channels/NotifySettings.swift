/// Who is told of what happens to a lake: `LAKE/notify.json`. Format: `formats/events/settings.md`.
package struct NotifySettings: Hashable, Sendable {
  /// In the order of the file; their names are distinct.
  package let channels: [NotifyChannel]

  package init(channels: [NotifyChannel] = []) {
    self.channels = channels
  }
}

/// Somebody who is told.
package struct NotifyChannel: Hashable, Sendable {
  package enum Way: Hashable, Sendable {
    case webhook(Webhook)
    case mail(Mail)
  }

  package let name: String
  /// Which events; patterns as those of `events --type`.
  package let types: [String]
  /// Seconds that one attempt may take.
  package let timeoutSeconds: Int
  package let way: Way

  var filter: EventFilter { EventFilter(types: types) }

  /// `webhook` or `mail`.
  package var kind: String {
    switch way {
    case .webhook: "webhook"
    case .mail: "mail"
    }
  }

  /// Where it leads, for people.
  package var target: String {
    switch way {
    case .webhook(let webhook): webhook.url
    case .mail(let mail): mail.recipients.joined(separator: ", ")
    }
  }
}

/// An HTTP receiver that speaks Standard Webhooks.
package struct Webhook: Hashable, Sendable {
  package let url: String
  package let secret: SecretReference
  /// Certificates to trust instead of the system's.
  package let certificateFile: String?
}

/// Readers of mail, and the server that takes it.
package struct Mail: Hashable, Sendable {
  package enum Security: String, Hashable, Sendable, CaseIterable {
    /// TLS from the first byte.
    case tls
    /// TLS after STARTTLS, or nothing is sent.
    case starttls
    /// Plain text; for a server on this machine.
    case none
  }

  package let server: String
  package let port: Int
  package let security: Security
  package let sender: String
  package let recipients: [String]
  package let user: String?
  package let password: SecretReference?
  package let certificateFile: String?
  /// Rejects files up to so many bytes are attached.
  package let attachmentByteLimit: UInt64
}
