internal import LakeColumns

/// Memory that reading pages uses again and again. One per thread.
package struct PageScratch: ~Copyable {
  var bytes = ColumnBuffer<UInt8>()
  var decoder = PageDecoder()
  var validity = ColumnBuffer<UInt64>()

  package init() {}
}
