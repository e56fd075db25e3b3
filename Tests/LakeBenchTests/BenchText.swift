import Glibc
import LakeTestSupport

@testable import LakeBench

/// The CSV of bench data, read back in the plainest way.
struct BenchText {
  struct Trip {
    let region: String
    let origin: (x: Double, y: Double)
    let destination: (x: Double, y: Double)
    /// `2017-07-03 08:15:00`.
    let time: String
    let source: String

    var hour: Int { Int(time.dropFirst(11).prefix(2)) ?? -1 }
  }

  let files: [String]

  init(rowCount: UInt64, fileCount: Int, threadCount: Int) throws {
    let folder = TemporaryFolder()
    let data = BenchData(rowCount: rowCount, fileCount: fileCount, seed: Bench.seed)
    let byteCount = try data.write(to: folder.path, threadCount: threadCount)
    files = (0..<fileCount).map { Self.text("\(folder.path)/\(data.fileName($0))") }
    precondition(files.reduce(0) { $0 + $1.utf8.count } == byteCount)
  }

  /// The lines of all files but their headers.
  var lines: [Substring] { files.flatMap { $0.split(separator: "\n").dropFirst() } }

  var trips: [Trip] { lines.map(Self.trip) }

  private static func trip(_ line: Substring) -> Trip {
    let fields = line.split(separator: ",", omittingEmptySubsequences: false)
    precondition(fields.count == 5)
    return Trip(
      region: String(fields[0]), origin: point(fields[1]), destination: point(fields[2]),
      time: String(fields[3]), source: String(fields[4]))
  }

  /// `POINT (x y)`.
  private static func point(_ field: Substring) -> (x: Double, y: Double) {
    let numbers = field.dropFirst("POINT (".count).dropLast().split(separator: " ").compactMap {
      Double($0)
    }
    precondition(numbers.count == 2)
    return (numbers[0], numbers[1])
  }

  private static func text(_ path: String) -> String {
    guard let file = fopen(path, "r") else { preconditionFailure("cannot open \(path)") }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 24)
    let count = fread(&bytes, 1, bytes.count, file)
    precondition(count < bytes.count, "the file is longer than a test should need")
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}
