/// What went wrong with a lake, where, and in one sentence.
package struct StoreError: Error, Hashable, Sendable {
  package enum Code: Int, Hashable, Sendable, CaseIterable {
    /// The folder holds no lake.
    case notALake = 3001
    case alreadyExists = 3002
    case cannotCreate = 3003
    case permissionDenied = 3004
    case inputOutput = 3010
    case diskFull = 3011
    case readOnly = 3012
    /// Whether the commit landed cannot be told; the same command again finds out.
    case unknownCommitState = 3020
    /// Another writer is in the way; nothing was committed.
    case tryAgain = 3021
    case tooManyPartitions = 3022
    /// The file system does not keep the promises a lake is built on.
    case unsuitableFileSystem = 3030
    /// The lake, or a part of it, was written by a newer program.
    case unsupportedFormat = 3031
    /// A version that was never there, or is not any more.
    case unknownSnapshot = 3040
    case unknownLoad = 3041
    /// A load that added no trips of its own.
    case cannotUndo = 3042
    /// A load without rejects, or one that is undone.
    case cannotReplay = 3044
    /// The newest version is sound.
    case cannotRepair = 3045
    case damaged = 4001
    case missingFile = 4002
  }

  package let code: Code
  /// The file or folder, from the lake's folder or as the user gave it.
  package let path: String
  /// Bytes from the start of the file.
  package let offset: Int?
  package let block: Int?
  package let column: String?
  /// One sentence without a final full stop.
  package let message: String

  package init(
    _ code: Code, path: String, offset: Int? = nil, block: Int? = nil, column: String? = nil,
    _ message: String
  ) {
    self.code = code
    self.path = path
    self.offset = offset
    self.block = block
    self.column = column
    self.message = message
  }

  /// `TL-` and the code's four digits.
  package var label: String { "TL-\(code.rawValue)" }

  package var exitCode: Int32 {
    switch code {
    case .notALake: 66
    case .cannotCreate, .alreadyExists: 73
    case .inputOutput, .diskFull, .readOnly, .unsuitableFileSystem: 74
    case .unknownCommitState, .tryAgain: 75
    case .damaged, .missingFile, .unsupportedFormat: 76
    case .permissionDenied: 77
    case .tooManyPartitions: 65
    case .unknownSnapshot, .unknownLoad, .cannotUndo, .cannotReplay, .cannotRepair: 2
    }
  }
}

extension StoreError {
  /// The sentence for a failed call of the operating system.
  ///
  /// - Parameter path: What to call the file; otherwise its path in the lake.
  package init(_ error: SystemError, at path: String? = nil) {
    let code: Code
    let message: String
    if error.isDiskFull {
      code = .diskFull
      message = "the disk is full (\(error.reason))"
    } else if error.isReadOnly {
      code = .readOnly
      message = "the file system is read-only"
    } else if error.isPermission {
      code = .permissionDenied
      message = "permission denied to \(error.call.phrase)"
    } else {
      code = .inputOutput
      message = "cannot \(error.call.phrase): \(error.reason)"
    }
    self.init(code, path: path ?? error.path.text, message)
  }
}

extension FileSystemCall {
  /// The call as it reads after "cannot".
  fileprivate var phrase: String {
    switch self {
    case .create: "create the file"
    case .open: "open the file"
    case .close: "close the file"
    case .byteCount: "find the size of the file"
    case .read: "read the file"
    case .write: "write the file"
    case .allocate: "reserve room for the file"
    case .synchronize: "bring the file to the disk"
    case .synchronizeDirectory: "bring the folder to the disk"
    case .makeDirectory: "make the folder"
    case .list: "list the folder"
    case .link: "link the file to its name"
    case .remove: "remove the file"
    case .lock: "lock the file"
    case .isSame, .linkCount: "look up the file"
    case .watch: "watch the folder"
    }
  }
}
