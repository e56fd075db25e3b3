internal import LakeBytes

/// A growable run of plain values in memory, aligned to 64 bytes as Arrow asks; a large one to a block of the disk, so that
/// it can be written without a copy.
///
/// It owns its memory and cannot be copied. Every subscript is checked; the pointers handed to the closures
/// of the `withUnsafe…` methods are for `*Kernels.swift` files alone.
package struct ColumnBuffer<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline package static var alignment: Int { 64 }

  /// That of so many bytes.
  @usableFromInline
  package static func alignment(byteCount: Int) -> Int {
    byteCount < DirectWrite.leastByteCount ? alignment : DirectWrite.blockByteCount
  }

  /// Holds `capacity` elements, of which the first `count` are initialised.
  @usableFromInline package private(set) var storage: UnsafeMutablePointer<Element>
  @usableFromInline package private(set) var capacity: Int
  package private(set) var count: Int

  /// An empty buffer that holds `capacity` elements before it grows.
  @inlinable
  package init(capacity: Int = 0) {
    precondition(capacity >= 0, "a capacity is not negative")
    storage = Self.allocate(capacity)
    self.capacity = capacity
    count = 0
  }

  @inlinable
  deinit {
    Self.free(storage, capacity)
  }

  @inlinable
  package static func allocate(_ capacity: Int) -> UnsafeMutablePointer<Element> {
    // An empty buffer owns no memory; its pointer is never followed.
    guard capacity > 0 else {
      return UnsafeMutablePointer(bitPattern: alignment).unsafelyUnwrapped
    }
    let (byteCount, overflow) = capacity.multipliedReportingOverflow(
      by: MemoryLayout<Element>.stride)
    precondition(!overflow, "the capacity is too large")
    return UnsafeMutableRawPointer.allocate(
      byteCount: byteCount, alignment: alignment(byteCount: byteCount)
    )
    .bindMemory(to: Element.self, capacity: capacity)
  }

  @inlinable
  package static func free(_ storage: UnsafeMutablePointer<Element>, _ capacity: Int) {
    if capacity > 0 { UnsafeMutableRawPointer(storage).deallocate() }
  }

  @inlinable package var isEmpty: Bool { count == 0 }

  @inlinable
  package subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count, "the index lies outside the buffer")
      return storage[index]
    }
    set {
      precondition(index >= 0 && index < count, "the index lies outside the buffer")
      storage[index] = newValue
    }
  }

  @inlinable
  @_specialize(where Element == UInt8)
  @_specialize(where Element == UInt64)
  package mutating func append(_ element: Element) {
    if count == capacity { grow(to: count + 1) }
    storage[count] = element
    count += 1
  }

  /// Removes all elements and keeps the memory.
  @inlinable
  package mutating func removeAll() {
    count = 0
  }

  /// Makes room for `capacity` elements in all.
  @inlinable
  package mutating func reserve(_ capacity: Int) {
    if capacity > self.capacity { grow(to: capacity) }
  }

  // Other modules call the generic code of a type that cannot be copied; the two types that matter get their own.

  /// Cuts the buffer to `count` elements, or appends copies of `filler` up to it.
  @inlinable
  @_specialize(where Element == UInt8)
  @_specialize(where Element == UInt64)
  package mutating func resize(to count: Int, filling filler: Element) {
    precondition(count >= 0, "a count is not negative")
    reserve(count)
    if count > self.count {
      (storage + self.count).initialize(repeating: filler, count: count - self.count)
    }
    self.count = count
  }

  @inlinable
  @_specialize(where Element == UInt8)
  @_specialize(where Element == UInt64)
  package mutating func grow(to minimum: Int) {
    let larger = max(minimum, capacity * 2, 16)
    let moved = Self.allocate(larger)
    moved.moveInitialize(from: storage, count: count)
    Self.free(storage, self.capacity)
    storage = moved
    capacity = larger
  }
}

/// Its memory has one owner at a time, who may be on any thread.
extension ColumnBuffer: @unchecked Sendable where Element: Sendable {}

extension ColumnBuffer {
  /// The elements, to read.
  @inlinable
  package var span: Span<Element> {
    @_lifetime(borrow self)
    get {
      let span = Span(_unsafeElements: UnsafeBufferPointer(start: storage, count: count))
      return _overrideLifetime(span, borrowing: self)
    }
  }

  /// The elements, to change in place.
  @inlinable
  package var mutableSpan: MutableSpan<Element> {
    @_lifetime(&self)
    mutating get {
      let span = MutableSpan(
        _unsafeElements: UnsafeMutableBufferPointer(start: storage, count: count))
      return _overrideLifetime(span, mutating: &self)
    }
  }

  /// For `*Kernels.swift` files: the elements, valid while `body` runs.
  @inlinable
  package func withUnsafeBufferPointer<Result: ~Copyable, Failure: Error>(
    _ body: (UnsafeBufferPointer<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeBufferPointer(start: storage, count: count))
  }

  /// For `*Kernels.swift` files: the elements, valid while `body` runs.
  @inlinable
  package mutating func withUnsafeMutableBufferPointer<Result: ~Copyable, Failure: Error>(
    _ body: (UnsafeMutableBufferPointer<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeMutableBufferPointer(start: storage, count: count))
  }

  /// For `*Kernels.swift` files: makes room for `extra` more elements, lets `body` write them and appends as
  /// many as it says it wrote.
  @inlinable
  package mutating func appendUnsafe<Failure: Error>(
    upTo extra: Int, _ body: (UnsafeMutableBufferPointer<Element>) throws(Failure) -> Int
  ) throws(Failure) {
    reserve(count + extra)
    let written = try body(UnsafeMutableBufferPointer(start: storage + count, count: extra))
    precondition(written >= 0 && written <= extra)
    count += written
  }
}
