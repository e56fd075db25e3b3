package import LakeColumns

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
