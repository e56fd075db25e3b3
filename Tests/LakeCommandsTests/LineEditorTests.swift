import Testing

@testable import LakeCommands

@Suite struct LineEditorTests {
  private func edited(_ text: String, _ keys: [Key], history: [String] = []) -> LineEditor {
    var editor = LineEditor(history: history)
    for key in text.map({ Key.character($0) }) + keys {
      #expect(editor.press(key) == .editing)
    }
    return editor
  }

  @Test func keysChangeTheLine() {
    #expect(edited("abc", [.left, .backspace, .character("x")]).text == "axc")
    #expect(edited("abc", [.home, .delete, .end, .character("d")]).text == "bcd")
    #expect(edited("one two  ", [.cutWord]).text == "one ")
    #expect(edited("one two", [.left, .left, .cutRight]).text == "one t")
    #expect(edited("one two", [.left, .left, .cutLeft]).text == "wo")
    #expect(edited("ab", [.endOfInput, .home, .endOfInput]).text == "b")
    #expect(edited("ab", [.right, .left, .left, .left, .left, .unknown]).cursor == 0)
  }

  @Test func linesComeBack() {
    let history = ["first", "second"]
    #expect(edited("new", [.up], history: history).text == "second")
    #expect(edited("new", [.up, .up, .up], history: history).text == "first")
    #expect(edited("new", [.up, .up, .down, .down, .down], history: history).text == "new")
  }

  @Test func keysThatEndALine() {
    var editor = edited("SELECT 1;", [])
    #expect(editor.press(.enter) == .line("SELECT 1;"))
    #expect(editor.press(.cancel) == .cancelled)
    var empty = LineEditor(history: [])
    #expect(empty.press(.endOfInput) == .endOfInput)
    #expect(empty.press(.signal) == .signal)
  }

  /// The part around the cursor is shown, wide characters counted as two columns.
  @Test func theLineFitsTheTerminal() {
    let short = edited("abc", [.left])
    #expect(short.picture(prompt: "> ", width: 20) == "\r> abc\u{1b}[K\u{1b}[1D")
    let long = edited("abcdefghijklmnop", [])
    #expect(long.picture(prompt: "> ", width: 13) == "\r> ghijklmnop\u{1b}[K")
    let wide = edited("東京東京東京", [])
    #expect(wide.picture(prompt: "> ", width: 13) == "\r> 京東京東京\u{1b}[K")
  }
}
