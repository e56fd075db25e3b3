internal import LakeBytes
internal import LakeQuery

/// The options that say how trips are grouped and which groups are told, worded and checked once.
struct GroupingOptions {
  let grid: CellGrid?
  let slotMinutes: Int?
  let top: Int?
  let minimumCount: Int?
  private let memoryByteCount: Int?

  /// What the program takes beside group numbers: itself, the manifest, the pages of a block.
  private static let programByteCount = 64 << 20

  init(_ raw: RawOptions, _ environment: CommandEnvironment) throws {
    top = try raw.positiveCount("top")
    minimumCount = try raw.positiveCount("min-count")
    slotMinutes = try raw.positiveCount("slot")
    if let slotMinutes, 1440 % slotMinutes != 0 {
      throw UsageErrors.badValue(
        "slot", String(slotMinutes),
        expected: "it is minutes that divide a day of 1440 evenly: 5, 15, 30, 60, 120")
    }
    grid = try raw.value("cell").map { text in
      guard let grid = CellGrid(text: text) else {
        throw UsageErrors.badValue("cell", text, expected: CellGrid.textForms)
      }
      return grid
    }
    memoryByteCount = try raw.byteCount("memory", variable: "TRIPLAKE_MEMORY", environment)
  }

  func apply(to query: inout GroupedCount) {
    query.grid = grid ?? .usual
    if query.keys.contains(where: \.isCell) {
      let limit = memoryByteCount ?? MemoryLimit.defaultByteCount
      query.memoryByteCount = max(limit - Self.programByteCount, limit / 2)
    }
    query.top = top
    query.slotMinutes = slotMinutes ?? 60
    query.minimumCount = minimumCount ?? 1
  }
}

extension GroupingOptions {
  static let cell = OptionDefinition(
    "cell", value: .required("SIZE"),
    "cells: degrees (0.01, the default), metres (500m) or geohash:N; see triplake help cells")
  static let memory = OptionDefinition(
    "memory", value: .required("SIZE"), "memory that grouping by cells stays within: 512M, 2G")
  static let slot = OptionDefinition(
    "slot", value: .required("MINUTES"),
    "the length of a slot of the local day, which divides it evenly; default 60")
  static let top = OptionDefinition(
    "top", value: .required("N"),
    "the N largest groups, the largest first; of equal ones the first by name or time")
  static let minimumCount = OptionDefinition(
    "min-count", value: .required("N"), "only groups of at least N trips")
}
