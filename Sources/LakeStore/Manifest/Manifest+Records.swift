internal import LakeBytes
internal import TripModel

extension Manifest {
  /// All inputs ever loaded, in the order of their loads. Read and proven at each call.
  ///
  /// - Throws: `StoreError.damaged`, `StoreError.inputOutput`.
  package func inputs() throws(StoreError) -> [InputRecord] {
    guard let sections else { return [] }
    let (bytes, base) = try sections.load(.inputs)
    do throws(ByteError) {
      return try InputRecord.decodeAll(bytes, base: base)
    } catch {
      throw StoreError(error, path: sections.path)
    }
  }

  /// All loads, ascending by number. Read and proven at each call.
  ///
  /// - Throws: `StoreError.damaged`, `StoreError.inputOutput`.
  package func loads() throws(StoreError) -> [LoadRecord] {
    guard let sections else { return [] }
    let (bytes, base) = try sections.load(.loads)
    do throws(ByteError) {
      return try LoadRecord.decodeAll(bytes, base: base)
    } catch {
      throw StoreError(error, path: sections.path)
    }
  }
}
