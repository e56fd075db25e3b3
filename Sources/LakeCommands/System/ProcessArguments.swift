/// The words of this process's command line.
package enum ProcessArguments {
  /// Without the program's name; `nil` where one is not UTF-8, which `CommandLine.arguments` would change silently.
  ///
  /// - Parameters:
  ///   - words: As C's `main` is given them.
  ///   - count: How many they are, with the program's name.
  package static func words(
    _ words: UnsafePointer<UnsafeMutablePointer<CChar>?>, count: Int
  ) -> [String]? {
    var texts: [String] = []
    for index in 1..<max(1, count) {
      guard let text = words[index].flatMap({ String(validatingCString: $0) }) else { return nil }
      texts.append(text)
    }
    return texts
  }
}
