import Testing

@testable import LakeCommands

@Suite struct RawOptionsTests {
  private static let options = [
    OptionDefinition("lake", value: .required("DIR"), ""),
    OptionDefinition("output", short: "o", value: .required("FILE"), ""),
    OptionDefinition("region", value: .required("NAME"), isRepeatable: true, ""),
    OptionDefinition("quiet", short: "q", ""), OptionDefinition("verbose", short: "v", ""),
    OptionDefinition("explain", value: .optional("json"), ""),
    OptionDefinition("bbox", value: .required("BOX"), ""),
  ]

  private func parse(_ words: String...) throws -> RawOptions {
    try RawOptions.parse(words, options: Self.options)
  }

  @Test func anyOrderAndBothSpellings() throws {
    for words in [
      ["--lake", "a", "-q", "x", "y"], ["x", "--lake=a", "y", "--quiet"],
      ["x", "y", "-q", "--lake", "a"],
    ] {
      let raw = try RawOptions.parse(words, options: Self.options)
      #expect(raw.arguments == ["x", "y"])
      #expect(raw.value("lake") == "a")
      #expect(raw.has("quiet") && !raw.has("verbose"))
    }
  }

  @Test func shortOptionsMayBeJoined() throws {
    #expect(try parse("-qv") == parse("-q", "-v"))
    #expect(try parse("-oout.csv") == parse("-o", "out.csv"))
    #expect(try parse("-qo", "out.csv") == parse("--quiet", "--output=out.csv"))
  }

  @Test func nothingIsAnOptionBehindTwoDashes() throws {
    let raw = try parse("-q", "--", "--lake", "-v", "--")
    #expect(raw.arguments == ["--lake", "-v", "--"])
    #expect(!raw.has("lake"))
  }

  @Test func valuesMayBeNegativeNumbersADashOrEmpty() throws {
    #expect(try parse("--bbox", "-1.5,-2,3,4").value("bbox") == "-1.5,-2,3,4")
    #expect(try parse("--bbox", "-.5,0,3,4").value("bbox") == "-.5,0,3,4")
    #expect(try parse("-o", "-").value("output") == "-")
    #expect(try parse("--lake=").value("lake") == "")
    #expect(try parse("--lake=a=b").value("lake") == "a=b")
    #expect(try parse("-").arguments == ["-"])
  }

  @Test func repeatedOptions() throws {
    let raw = try parse("--region", "b", "--region=a", "--lake=1", "--lake=2")
    #expect(raw.values("region") == ["b", "a"])
    #expect(raw.value("lake") == "2")
  }

  @Test func optionalValuesNeedTheEqualsSign() throws {
    let flag = try parse("--explain", "json")
    #expect(flag.has("explain") && flag.value("explain") == nil)
    #expect(flag.arguments == ["json"])
    #expect(try parse("--explain=json").value("explain") == "json")
  }

  @Test(arguments: [
    (["--lak", "a"], 1002), (["-x"], 1002), (["--lake"], 1003), (["--lake", "--quiet"], 1003),
    (["-o"], 1003), (["--quiet=yes"], 1004), (["-é"], 1002),
  ])
  func errors(words: [String], code: Int) {
    let error = #expect(throws: CommandError.self) {
      try RawOptions.parse(words, options: Self.options)
    }
    #expect(error?.code == code)
    #expect(error?.exitCode == .usage)
  }

  @Test func suggestions() throws {
    let error = #expect(throws: CommandError.self) { try parse("--regoin=a") }
    #expect(error?.help.first == #"did you mean "--region"?"#)
  }
}
