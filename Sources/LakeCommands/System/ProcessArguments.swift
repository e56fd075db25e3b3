/// The words of this process's command line.
package enum ProcessArguments {
  /// With the program's name first; `nil` for a word that is not UTF-8, which `CommandLine.arguments`
  /// would change silently.
  package static var all: [String?] {
    (0..<Int(CommandLine.argc)).map { index in
      CommandLine.unsafeArgv[index].flatMap { String(validatingCString: $0) }
    }
  }
}
