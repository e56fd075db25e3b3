import Glibc
import LakeBench

// The bench's own tool: makes data. Usage: lakebench generate FOLDER ROWS FILES

let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count == 4, arguments[0] == "generate", let rowCount = UInt64(arguments[2]),
  let fileCount = Int(arguments[3]), fileCount > 0
else {
  print("usage: lakebench generate FOLDER ROWS FILES")
  exit(2)
}
mkdir(arguments[1], 0o755)
let data = BenchData(rowCount: rowCount, fileCount: fileCount, seed: 1)
let byteCount = try data.write(to: arguments[1], threadCount: 2)
print("\(rowCount) rows, \(fileCount) files, \(byteCount) bytes")
