/// The input definitions that are built into the program, word for word as in `formats/inputs/`.
enum ShippedDefinitions {
  static let trips = """
    {
      "name": "trips",
      "about": "the sample trips: WKT points, in both spellings of their header",
      "delimiter": ",",
      "region": {"columns": ["region"]},
      "origin": {"point": ["origin_coord"]},
      "destination": {"point": ["destination_coord"]},
      "time": {"columns": ["datetime", "date_time"], "zone": "UTC"},
      "source": {"columns": ["datasource"]},
      "other_columns": "lake"
    }

    """

  /// All of them. Of those that understand as many columns of a file the first is taken.
  static let all = [
    trips, bikeShare, citiBike2013, nycYellow, nycYellowNoHeader, nycGreen, nycFares,
    nycDurations, uber2014, dottRides, generic, genericPickUps, genericPoints,
  ]
}
