internal import LakeColumns

/// Memory that reading pages uses again and again. One per thread.
package struct PageScratch: ~Copyable {
  var bytes = ColumnBuffer<UInt8>()

  package init() {}
}
