internal import LakeBytes
internal import LakeStore

/// Makes trips, has them converted and asked about by the program itself, one process a step, and checks the
/// answers against a count of its own.
package struct Bench: Sendable {
  package var rowCount: UInt64
  package var fileCount: Int
  package var threadCount: Int
  /// Options that the conversion is given.
  package var conversionOptions: [String] = []
  /// How often each question is asked.
  package var runCount = 5
  /// The program; its own file where there is none.
  package var programPath: String?
  package var isInterrupted: @Sendable () -> Bool = { false }
  /// Told what begins, for people.
  package var tell: @Sendable (String) -> Void = { _ in }

  package static let seed: UInt64 = 1

  package init(rowCount: UInt64, fileCount: Int, threadCount: Int) {
    self.rowCount = rowCount
    self.fileCount = fileCount
    self.threadCount = threadCount
  }

  private var data: BenchData {
    BenchData(rowCount: rowCount, fileCount: fileCount, seed: Self.seed)
  }

  /// Makes the CSV files alone, in a new or empty folder.
  ///
  /// - Returns: Their bytes.
  /// - Throws: `BenchError`.
  package func makeData(in path: String) throws -> Int {
    let folder = try BenchFolder(path: path, rowCount: rowCount)
    do {
      return try data.write(
        to: folder.csv, threadCount: threadCount, isInterrupted: isInterrupted)
    } catch {
      folder.remove()
      throw error
    }
  }

  /// All steps, in a new or empty folder, which is as it was afterwards unless it is kept.
  ///
  /// - Throws: `BenchError`.
  package func run(in path: String, isKept: Bool) throws -> BenchReport {
    let folder = try BenchFolder(path: path, rowCount: rowCount)
    defer { if !isKept { folder.remove() } }
    tell("making \(rowCount) trips")
    let start = ChildProcess.monotonicSeconds
    let csvByteCount = try data.write(
      to: folder.csv, threadCount: threadCount, isInterrupted: isInterrupted)
    let generationSeconds = ChildProcess.monotonicSeconds - start
    tell("converting")
    let conversion = try convert(folder)
    tell("asking")
    let asked = try BenchQuestion.allCases.map { try ask($0, folder) }
    // The count comes last: the memory that it takes would count as that of the processes started after it.
    tell("checking the answers")
    let tally = try BenchTally(of: data, threadCount: threadCount, isInterrupted: isInterrupted)
    let cases = asked.map { result, answer in
      var result = result
      result.isRight = BenchAnswer(to: result.question, tally).isMet(by: answer)
      return result
    }
    return BenchReport(
      rowCount: rowCount, fileCount: fileCount,
      csvByteCount: csvByteCount, generationSeconds: generationSeconds, conversion: conversion,
      cases: cases)
  }

  private func convert(_ folder: BenchFolder) throws -> BenchReport.Conversion {
    let files = (0..<fileCount).map { folder.csv + "/" + data.fileName($0) }
    let (process, answer) = try perform(
      ["ingest", "--lake", folder.lake] + conversionOptions + files)
    guard let byteCount = answer["data_bytes"]?.integer, let count = answer["data_files"]?.integer
    else { throw BenchError.output(line: "ingest") }
    return BenchReport.Conversion(
      seconds: process.seconds, processorSeconds: process.processorSeconds,
      peakByteCount: process.peakByteCount, fileCount: Int(count), byteCount: Int(byteCount))
  }

  /// Asks a question as often as it is to be; the answer is that of the last time.
  private func ask(
    _ question: BenchQuestion, _ folder: BenchFolder
  ) throws -> (BenchReport.Case, [JSONValue]) {
    var seconds: [Double] = []
    var peakByteCount = 0
    var answer = JSONValue.null
    for _ in 0..<max(1, runCount) {
      let process: ChildProcess
      (process, answer) = try perform(question.words + ["--lake", folder.lake])
      seconds.append(process.seconds)
      peakByteCount = max(peakByteCount, process.peakByteCount)
    }
    let line = question.words.joined(separator: " ")
    guard let rows = answer["rows"]?.elements, let work = BenchReport.Work(answer["stats"]) else {
      throw BenchError.output(line: line)
    }
    let result = BenchReport.Case(
      question: question, line: line, seconds: seconds, peakByteCount: peakByteCount, work: work,
      rowCount: rows.count)
    return (result, rows)
  }

  /// Runs the program with a command line and takes its result as JSON.
  private func perform(_ words: [String]) throws -> (ChildProcess, JSONValue) {
    guard !isInterrupted() else { throw BenchError.interrupted }
    guard let path = programPath ?? ChildProcess.ownPath else {
      throw BenchError.file(
        path: "/proc/self/exe", reason: "it cannot be resolved", isDiskFull: false)
    }
    let line = words.joined(separator: " ")
    let process = try ChildProcess(
      path: path, words: ["triplake"] + words + ["--format", "json", "--quiet"])
    guard process.status == 0 else {
      guard !isInterrupted() else { throw BenchError.interrupted }
      throw BenchError.command(
        line: line, status: process.status,
        messages: String(decoding: process.messages, as: UTF8.self))
    }
    guard let answer = try? JSONParser.parse(process.output) else {
      throw BenchError.output(line: line)
    }
    return (process, answer)
  }
}

extension BenchReport.Work {
  /// From the `stats` of an answer; `nil` where they are not complete.
  fileprivate init?(_ stats: JSONValue?) {
    guard let blocks = stats?["blocks"], let covered = blocks["covered"]?.integer,
      let scanned = blocks["scanned"]?.integer, let files = stats?["files_opened"]?.integer,
      let pages = stats?["pages_decoded"]?.integer, let bytes = stats?["bytes_read"]?.integer,
      let rows = stats?["rows_matched"]?.integer
    else { return nil }
    self.init(
      filesOpened: Int(files), blocksCovered: Int(covered), blocksRead: Int(scanned),
      pagesDecoded: Int(pages), bytesRead: Int(bytes), rowsMatched: Int(rows))
  }
}
