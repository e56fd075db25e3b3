package import LakeBytes
package import LakeFile
package import TripModel

/// One trip file as the manifest names it.
package struct DataFileEntry: Sendable {
  package let key: PartitionKey
  package let transaction: TransactionID
  package let number: UInt32
  /// The load its rows came with.
  package let load: UInt64
  /// How the partition was made from the rows; 1 is region and ISO week.
  package let partitionSpecification: UInt16
  /// Where the trip file begins in the file; 0 as long as a file holds one.
  package let byteOffset: UInt64
  package let footerDigest: Digest128
  package let statistics: TripFileStatistics

  package var path: LakePath { .tripFile(key, transaction, number) }
}
