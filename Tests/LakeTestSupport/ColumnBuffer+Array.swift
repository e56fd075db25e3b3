package import LakeColumns
package import LakeFile

extension ColumnBuffer {
  package init(_ elements: [Element]) {
    self.init(capacity: elements.count)
    for element in elements { append(element) }
  }

  /// The elements as an array, which `#expect` can compare.
  package var array: [Element] {
    var elements: [Element] = []
    for index in 0..<count { elements.append(self[index]) }
    return elements
  }
}

extension Span where Element: Copyable {
  /// A copy of the elements.
  package var array: [Element] {
    var copy: [Element] = []
    for index in indices { copy.append(self[index]) }
    return copy
  }
}

extension EncodedBytes {
  /// A copy of the bytes.
  package var array: [UInt8] {
    withBytes { bytes in
      (0..<bytes.byteCount).map { bytes.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }
    }
  }
}
