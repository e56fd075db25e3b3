/// The words of this process's command line.
package enum ProcessArguments {
  /// Without the program's name; `nil` where one is not UTF-8, which `CommandLine.arguments` would change silently.
  package static var words: [String]? {
    var words: [String] = []
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let word = CommandLine.unsafeArgv[index].flatMap({ String(validatingCString: $0) })
      else { return nil }
      words.append(word)
    }
    return words
  }
}
