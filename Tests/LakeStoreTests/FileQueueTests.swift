import Glibc
import LakeStore
import LakeTestSupport
import Testing

/// Work on files beside those who hand it over.
@Suite(.timeLimit(.minutes(1))) struct FileQueueTests {
  struct Failure: Error, Equatable {
    let number: Int
  }

  private func path(_ number: Int) -> LakePath { .manifest(UInt64(number)) }

  @Test(arguments: [1, 2, 8])
  func whatIsToBeDoneWithOneFileIsDoneInItsOrder(threadCount: Int) throws {
    let queue = FileQueue(threadCount: threadCount, byteLimit: 100)
    let done = Monitor([Int: [Int]]())
    for number in 0..<600 {
      // Earlier work takes longer than later.
      let work = FileWork(path: path(number % 7), byteCount: number % 40) {
        usleep(UInt32(200 - number % 200))
        done.withLock { $0[number % 7, default: []].append(number) }
      }
      try queue.add(work)
    }
    try queue.finish()
    let order = done.withLock { $0 }
    for file in 0..<7 { #expect(order[file] == (0..<600).filter { $0 % 7 == file }) }
  }

  @Test func severalFilesAreWorkedOnAtATime() throws {
    let queue = FileQueue(threadCount: 3, byteLimit: 100)
    let met = Monitor(0)
    for number in 0..<3 {
      try queue.add(
        FileWork(path: path(number), byteCount: 1) {
          met.withLock { $0 += 1 }
          let haveMet: Void? = met.wait(milliseconds: 5000) { $0 >= 3 ? () : nil }
          if haveMet == nil { throw Failure(number: number) }
        })
    }
    try queue.finish()
    #expect(met.withLock { $0 } == 3)
  }

  @Test func noMoreBytesWaitThanMay() throws {
    let queue = FileQueue(threadCount: 2, byteLimit: 100)
    let doneCount = Monitor(0)
    var largest = 0
    for number in 0..<100 {
      try queue.add(
        FileWork(path: path(number), byteCount: number == 50 ? 1000 : 30) {
          usleep(300)
          doneCount.withLock { $0 += 1 }
        })
      largest = max(largest, number + 1 - doneCount.withLock { $0 })
    }
    try queue.finish()
    #expect(largest >= 2)
    #expect(largest <= 3)
    #expect(doneCount.withLock { $0 } == 100)
  }

  @Test func workThatIsHandedOverByWorkDoesNotWait() throws {
    let queue = FileQueue(threadCount: 2, byteLimit: 10)
    let doneCount = Monitor(0)
    for number in 0..<50 {
      let first = path(number)
      let second = path(number + 1000)
      try queue.add(
        FileWork(path: first, byteCount: 10) {
          try queue.add(FileWork(path: second, byteCount: 0) { doneCount.withLock { $0 += 1 } })
        })
    }
    try queue.finish()
    #expect(doneCount.withLock { $0 } == 50)
    // More may come behind the end.
    try queue.add(FileWork(path: path(0), byteCount: 1) { doneCount.withLock { $0 += 1 } })
    try queue.finish()
    #expect(doneCount.withLock { $0 } == 51)
  }

  @Test func oneFileIsWaitedForWithoutTheOthers() throws {
    let queue = FileQueue(threadCount: 2, byteLimit: 1000)
    let gate = Monitor(false)
    let doneCount = Monitor(0)
    try queue.add(FileWork(path: path(0), byteCount: 1) { gate.wait { $0 ? () : nil } })
    for _ in 0..<5 {
      try queue.add(
        FileWork(path: path(1), byteCount: 1) {
          usleep(2000)
          doneCount.withLock { $0 += 1 }
        })
    }
    try queue.drain(path(1))
    #expect(doneCount.withLock { $0 } == 5)
    // Of a file that nothing is to be done with there is nothing to wait for.
    try queue.drain(path(2))
    gate.withLock { $0 = true }
    try queue.finish()
  }

  @Test func afterAFailureNothingIsTouched() throws {
    let queue = FileQueue(threadCount: 2, byteLimit: 1000)
    let numbers = Monitor([Int]())
    let gate = Monitor(false)
    for number in 0..<20 {
      try queue.add(
        FileWork(path: path(number), byteCount: 1) {
          gate.wait { $0 ? () : nil }
          numbers.withLock { $0.append(number) }
          if number < 2 { throw Failure(number: number) }
        })
    }
    gate.withLock { $0 = true }
    let failure = try #require(throws: Failure.self) { try queue.finish() }
    #expect(failure.number < 2)
    // Two threads had one piece of work each, and perhaps one of them another.
    let touched = numbers.withLock { $0 }
    #expect(touched.count <= 3)
    #expect(throws: failure) {
      try queue.add(FileWork(path: path(30), byteCount: 1) { numbers.withLock { $0.append(30) } })
    }
    #expect(throws: failure) { try queue.finish() }
    #expect(numbers.withLock { $0 } == touched)
  }

  @Test func whatWaitsIsDroppedWhereItIsAbandoned() throws {
    let queue = FileQueue(threadCount: 2, byteLimit: 1000)
    let begun = Monitor(0)
    for number in 0..<20 {
      try queue.add(
        FileWork(path: path(number), byteCount: 1) {
          begun.withLock { $0 += 1 }
          usleep(50_000)
        })
    }
    begun.wait { $0 == 2 ? () : nil }
    queue.abandon()
    #expect(begun.withLock { $0 } == 2)
    #expect(throws: (any Error).self) {
      try queue.add(FileWork(path: path(30), byteCount: 1) { begun.withLock { $0 += 1 } })
    }
    #expect(begun.withLock { $0 } == 2)
  }
}
