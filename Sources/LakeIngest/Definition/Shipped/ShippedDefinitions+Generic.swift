/// Layouts that say what they are by the usual names of columns.
extension ShippedDefinitions {
  static let generic = """
    {
      "name": "generic",
      "about": "trips with four coordinates under usual names; other columns are kept as text",
      "delimiter": ",",
      "region": {"columns": ["region", "city", "area", "zone", "market"], "otherwise": "unknown"},
      "origin": {
        "x": ["origin_x", "origin_lon", "origin_lng", "origin_longitude", "start_lon", "start_lng",
          "start_longitude", "pickup_lon", "pickup_lng", "pickup_longitude", "from_lon", "from_lng",
            "from_longitude", "start station longitude", "lon", "lng", "longitude", "x"],
        "y": ["origin_y", "origin_lat", "origin_latitude", "start_lat", "start_latitude", "pickup_lat",
          "pickup_latitude", "from_lat", "from_latitude", "start station latitude", "lat", "latitude", "y"]
      },
      "destination": {
        "x": ["destination_x", "destination_lon", "destination_lng", "destination_longitude", "dest_lon",
          "dest_lng", "end_lon", "end_lng", "end_longitude", "dropoff_lon", "dropoff_lng", "dropoff_longitude",
            "to_lon", "to_lng", "to_longitude", "end station longitude"],
        "y": ["destination_y", "destination_lat", "destination_latitude", "dest_lat", "end_lat", "end_latitude",
          "dropoff_lat", "dropoff_latitude", "to_lat", "to_latitude", "end station latitude"]
      },
      "time": {
        "columns": ["start_time", "starttime", "start time", "started_at", "start_datetime", "start_date",
          "starts_at", "pickup_datetime", "pickup_time", "trip_start", "trip_start_time", "trip_start_timestamp",
            "departure_time", "datetime", "date_time", "timestamp", "time"],
        "layouts": ["iso", "YYYY-MM-DD hh:mm", "YYYY/M/D h:mm:ss", "YYYY/M/D h:mm"],
        "zone": "lake"
      },
      "end_time": {
        "columns": ["end_time", "endtime", "end time", "ended_at", "end_datetime", "end_date", "ends_at",
          "dropoff_datetime", "dropoff_time", "trip_end", "trip_end_time", "trip_end_timestamp", "arrival_time",
            "stoptime", "stop time"]
      },
      "source": {
        "columns": ["source", "datasource", "data_source", "provider", "operator", "company", "vendor",
          "vendor_id", "vendorid"],
        "otherwise": "unknown"
      },
      "other_columns": "keep"
    }

    """

  static let genericPickUps = """
    {
      "name": "generic-pick-ups",
      "about": "pick-ups, two coordinates under usual names; other columns are kept as text",
      "delimiter": ",",
      "region": {"columns": ["region", "city", "area", "zone", "market"], "otherwise": "unknown"},
      "origin": {
        "x": ["origin_x", "origin_lon", "origin_lng", "origin_longitude", "start_lon", "start_lng",
          "start_longitude", "pickup_lon", "pickup_lng", "pickup_longitude", "from_lon", "from_lng",
            "from_longitude", "start station longitude", "lon", "lng", "longitude", "x"],
        "y": ["origin_y", "origin_lat", "origin_latitude", "start_lat", "start_latitude", "pickup_lat",
          "pickup_latitude", "from_lat", "from_latitude", "start station latitude", "lat", "latitude", "y"]
      },
      "time": {
        "columns": ["start_time", "starttime", "start time", "started_at", "start_datetime", "start_date",
          "starts_at", "pickup_datetime", "pickup_time", "trip_start", "trip_start_time", "trip_start_timestamp",
            "departure_time", "datetime", "date_time", "timestamp", "time"],
        "layouts": ["iso", "YYYY-MM-DD hh:mm", "YYYY/M/D h:mm:ss", "YYYY/M/D h:mm"],
        "zone": "lake"
      },
      "source": {
        "columns": ["source", "datasource", "data_source", "provider", "operator", "company", "vendor",
          "vendor_id", "vendorid"],
        "otherwise": "unknown"
      },
      "other_columns": "keep"
    }

    """

  static let genericPoints = """
    {
      "name": "generic-points",
      "about": "trips with WKT points under usual names; other columns are kept as text",
      "delimiter": ",",
      "region": {"columns": ["region", "city", "area", "zone", "market"], "otherwise": "unknown"},
      "origin": {
        "point": ["origin_coord", "origin", "origin_point", "start_point", "pickup_point", "start_geom",
          "origin_geom"]
      },
      "destination": {
        "point": ["destination_coord", "destination", "destination_point", "end_point", "dropoff_point",
          "end_geom", "destination_geom"]
      },
      "time": {
        "columns": ["start_time", "starttime", "start time", "started_at", "start_datetime", "start_date",
          "starts_at", "pickup_datetime", "pickup_time", "trip_start", "trip_start_time", "trip_start_timestamp",
            "departure_time", "datetime", "date_time", "timestamp", "time"],
        "layouts": ["iso", "YYYY-MM-DD hh:mm", "YYYY/M/D h:mm:ss", "YYYY/M/D h:mm"],
        "zone": "lake"
      },
      "end_time": {
        "columns": ["end_time", "endtime", "end time", "ended_at", "end_datetime", "end_date", "ends_at",
          "dropoff_datetime", "dropoff_time", "trip_end", "trip_end_time", "trip_end_timestamp", "arrival_time",
            "stoptime", "stop time"]
      },
      "source": {
        "columns": ["source", "datasource", "data_source", "provider", "operator", "company", "vendor",
          "vendor_id", "vendorid"],
        "otherwise": "unknown"
      },
      "other_columns": "keep"
    }

    """
}
