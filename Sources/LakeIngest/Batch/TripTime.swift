/// When a trip begins.
struct TripTime: Equatable {
  /// Microseconds since 1970-01-01 UTC.
  var instant: Int64
  /// The ISO week in the lake's zone, in weeks since that of 1970-01-01.
  var week: Int32
}
