/// The input definitions that are built into the program, word for word as in `formats/inputs/`.
enum ShippedDefinitions {
  static let trips = """
    {
      "name": "trips",
      "delimiter": ",",
      "region": {"columns": ["region"]},
      "origin": {"point": ["origin_coord"]},
      "destination": {"point": ["destination_coord"]},
      "time": {"columns": ["datetime", "date_time"], "zone": "UTC"},
      "source": {"columns": ["datasource"]}
    }

    """
}
