/// What a command needs of the process around it. Tests give it their own.
package struct CommandEnvironment {
  /// The result and nothing else.
  package var output: ByteOutput
  /// Progress, warnings, errors.
  package var messages: ByteOutput
  package var isInputTerminal = false
  package var isOutputTerminal = false
  package var isMessagesTerminal = false
  /// Columns of the terminal that messages go to.
  package var terminalWidth = 80
  package var variables: @Sendable (String) -> String? = { _ in nil }
  /// Takes lines of progress, from any thread.
  package var tellProgress: @Sendable (String) -> Void = { _ in }
  /// The folder in which the search for a lake begins.
  package var directory = "."

  package init(output: ByteOutput, messages: ByteOutput) {
    self.output = output
    self.messages = messages
  }

  /// The environment of this process.
  static func process() -> CommandEnvironment {
    var environment = CommandEnvironment(
      output: ByteOutput(descriptor: 1), messages: ByteOutput(descriptor: 2))
    environment.isInputTerminal = SystemDoor.isTerminal(0)
    environment.isOutputTerminal = SystemDoor.isTerminal(1)
    environment.isMessagesTerminal = SystemDoor.isTerminal(2)
    environment.terminalWidth = SystemDoor.terminalWidth(2) ?? 80
    // Progress that cannot be written has no other place to be told.
    environment.tellProgress = { try? SystemDoor.write(Array($0.utf8), to: 2) }
    environment.variables = { SystemDoor.variable($0) }
    return environment
  }

  /// Writes a line for people at once.
  func say(_ line: String) {
    // A message that cannot be written has no other place to be told.
    try? messages.write { $0.append(contentsOf: "\(line)\n".utf8) }
    try? messages.flush()
  }
}
