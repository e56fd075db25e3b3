internal import LakeNotify
internal import LakeStore

/// The channels of a lake, and what delivers to them.
struct NotifyChannels {
  private static let byteLimit = 1 << 20

  let settings: NotifySettings
  let postman: Postman
  let delivery: Delivery

  /// Reads the lake's `notify.json`; without one there are no channels.
  ///
  /// - Throws: `CommandError` 8002, and as reading a file of the lake does.
  init(_ log: EventLog, _ environment: CommandEnvironment) throws {
    do {
      let bytes = try log.lake.readFile(.notifySettings, limit: Self.byteLimit)
      settings =
        try bytes.map { bytes throws(NotifyError) in try NotifySettings(json: bytes) }
        ?? NotifySettings()
    } catch let error as NotifyError {
      var failure = CommandError(notify: error)
      failure.place = .init(path: "\(log.lake.path)/\(LakePath.notifySettings.text)")
      throw failure
    }
    let lakePath = log.lake.path
    let source = SecretReference.Source(
      variable: environment.variables,
      file: { path in
        let whole = path.hasPrefix("/") ? path : "\(lakePath)/\(path)"
        return (try? SystemDoor.readFile(whole, limit: Self.byteLimit)).map {
          String(decoding: $0, as: UTF8.self)
        }
      })
    postman = Postman(log.lake, secrets: source)
    delivery = Delivery(log, settings, postman)
  }

  /// What delivers beside a load; `nil` where nobody is to be told, or the settings cannot be read, which is
  /// a warning.
  static func courier(_ log: EventLog, _ environment: CommandEnvironment) -> Courier? {
    let tell = environment.tellProgress
    do {
      let channels = try NotifyChannels(log, environment)
      guard !channels.settings.channels.isEmpty else { return nil }
      return Courier(channels.delivery, channels.settings) { channel, error in
        tell(
          "warning[\(error.label)]: \(channel) could not be told: \(error.message); it is tried again by "
            + "the next load and by triplake notify deliver\n")
      }
    } catch {
      let failure = CommandError(from: error) ?? CommandError(internal: error)
      tell("warning[\(failure.label)]: nobody is told: \(failure.message)\n")
      return nil
    }
  }
}

extension CommandError {
  init(notify error: NotifyError) {
    let exitCode: ExitCode =
      switch error.code {
      case .invalidSettings, .missingSecret, .missingLibrary: .settings
      case .notDelivered: .tryAgain
      case .unknownChannel: .usage
      }
    self.init(error.code.rawValue, exitCode, error.message)
  }
}
