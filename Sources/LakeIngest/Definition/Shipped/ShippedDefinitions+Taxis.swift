/// Taxis and cars.
extension ShippedDefinitions {
  static let nycYellow = """
    {
      "name": "nyc-yellow",
      "about": "yellow taxis of New York, 2009 to June 2016",
      "delimiter": ",",
      "region": {"constant": "New York"},
      "origin": {"x": ["pickup_longitude", "start_lon"], "y": ["pickup_latitude", "start_lat"]},
      "destination": {"x": ["dropoff_longitude", "end_lon"], "y": ["dropoff_latitude", "end_lat"]},
      "time": {
        "columns": ["tpep_pickup_datetime", "pickup_datetime", "trip_pickup_datetime"],
        "zone": "lake"
      },
      "end_time": {"columns": ["tpep_dropoff_datetime", "dropoff_datetime", "trip_dropoff_datetime"]},
      "source": {"columns": ["vendorid", "vendor_id", "vendor_name"]},
      "extras": [
        {"name": "passenger_count", "type": "int64"},
        {"name": "trip_distance", "type": "float64"},
        {"name": "rate_code", "columns": ["ratecodeid", "rate_code"], "type": "int64"},
        {"name": "store_and_forward", "columns": ["store_and_fwd_flag", "store_and_forward"]},
        {"name": "payment_type"},
        {"name": "fare_amount", "columns": ["fare_amount", "fare_amt"], "type": "float64"},
        {"name": "surcharge", "columns": ["extra", "surcharge"], "type": "float64"},
        {"name": "mta_tax", "columns": ["mta_tax"], "type": "float64"},
        {"name": "tip_amount", "columns": ["tip_amount", "tip_amt"], "type": "float64"},
        {"name": "tolls_amount", "columns": ["tolls_amount", "tolls_amt"], "type": "float64"},
        {"name": "improvement_surcharge", "columns": ["improvement_surcharge"], "type": "float64"},
        {"name": "total_amount", "columns": ["total_amount", "total_amt"], "type": "float64"}
      ]
    }

    """

  static let nycYellowNoHeader = """
    {
      "name": "nyc-yellow-no-header",
      "about": "yellow taxis of New York without a header: the fare first, days before months",
      "delimiter": ",",
      "header": ["fare_amount", "vendor_name", "pickup_datetime", "dropoff_datetime", "passenger_count",
        "trip_distance", "pickup_longitude", "pickup_latitude", "rate_code", "store_and_fwd_flag",
          "dropoff_longitude", "dropoff_latitude", "payment_type", "surcharge", "mta_tax", "tip_amount",
            "tolls_amount", "total_amount"],
      "region": {"constant": "New York"},
      "origin": {"x": ["pickup_longitude"], "y": ["pickup_latitude"]},
      "destination": {"x": ["dropoff_longitude"], "y": ["dropoff_latitude"]},
      "time": {
        "columns": ["pickup_datetime"],
        "layouts": ["DD/MM/YY h:mm", "DD/MM/YYYY h:mm"],
        "zone": "lake"
      },
      "end_time": {"columns": ["dropoff_datetime"]},
      "source": {"columns": ["vendor_name"]},
      "extras": [
        {"name": "passenger_count", "type": "int64"},
        {"name": "trip_distance", "type": "float64"},
        {"name": "rate_code", "columns": ["ratecodeid", "rate_code"], "type": "int64"},
        {"name": "store_and_forward", "columns": ["store_and_fwd_flag", "store_and_forward"]},
        {"name": "payment_type"},
        {"name": "fare_amount", "columns": ["fare_amount", "fare_amt"], "type": "float64"},
        {"name": "surcharge", "columns": ["extra", "surcharge"], "type": "float64"},
        {"name": "mta_tax", "columns": ["mta_tax"], "type": "float64"},
        {"name": "tip_amount", "columns": ["tip_amount", "tip_amt"], "type": "float64"},
        {"name": "tolls_amount", "columns": ["tolls_amount", "tolls_amt"], "type": "float64"},
        {"name": "total_amount", "columns": ["total_amount", "total_amt"], "type": "float64"}
      ]
    }

    """

  static let nycGreen = """
    {
      "name": "nyc-green",
      "about": "green taxis of New York, 2013 to June 2016",
      "delimiter": ",",
      "ragged": true,
      "region": {"constant": "New York"},
      "origin": {"x": ["pickup_longitude"], "y": ["pickup_latitude"]},
      "destination": {"x": ["dropoff_longitude"], "y": ["dropoff_latitude"]},
      "time": {"columns": ["lpep_pickup_datetime"], "zone": "lake"},
      "end_time": {"columns": ["lpep_dropoff_datetime"]},
      "source": {"columns": ["vendorid"]},
      "extras": [
        {"name": "passenger_count", "type": "int64"},
        {"name": "trip_distance", "type": "float64"},
        {"name": "rate_code", "columns": ["ratecodeid", "rate_code"], "type": "int64"},
        {"name": "store_and_forward", "columns": ["store_and_fwd_flag", "store_and_forward"]},
        {"name": "payment_type"},
        {"name": "fare_amount", "columns": ["fare_amount", "fare_amt"], "type": "float64"},
        {"name": "surcharge", "columns": ["extra", "surcharge"], "type": "float64"},
        {"name": "mta_tax", "columns": ["mta_tax"], "type": "float64"},
        {"name": "tip_amount", "columns": ["tip_amount", "tip_amt"], "type": "float64"},
        {"name": "tolls_amount", "columns": ["tolls_amount", "tolls_amt"], "type": "float64"},
        {"name": "improvement_surcharge", "columns": ["improvement_surcharge"], "type": "float64"},
        {"name": "total_amount", "columns": ["total_amount", "total_amt"], "type": "float64"},
        {"name": "ehail_fee", "columns": ["ehail_fee"], "type": "float64"},
        {"name": "trip_type", "columns": ["trip_type"], "type": "int64"}
      ]
    }

    """

  static let nycFares = """
    {
      "name": "nyc-fares",
      "about": "taxi trips of New York with their fares",
      "delimiter": ",",
      "region": {"constant": "New York"},
      "origin": {"x": ["pickup_longitude"], "y": ["pickup_latitude"]},
      "destination": {"x": ["dropoff_longitude"], "y": ["dropoff_latitude"]},
      "time": {"columns": ["pickup_datetime"], "zone": "lake"},
      "source": {"constant": "nyc-fares"},
      "extras": [
        {"name": "trip_key", "columns": ["key"]},
        {"name": "fare_amount", "type": "float64"},
        {"name": "passenger_count", "type": "int64"}
      ]
    }

    """

  static let nycDurations = """
    {
      "name": "nyc-durations",
      "about": "taxi trips of New York with their durations",
      "delimiter": ",",
      "region": {"constant": "New York"},
      "origin": {"x": ["pickup_longitude"], "y": ["pickup_latitude"]},
      "destination": {"x": ["dropoff_longitude"], "y": ["dropoff_latitude"]},
      "time": {"columns": ["pickup_datetime"], "layouts": ["iso", "DD-MM-YY h:mm"], "zone": "lake"},
      "end_time": {"columns": ["dropoff_datetime"]},
      "source": {"columns": ["vendor_id"]},
      "extras": [
        {"name": "trip_id", "columns": ["id"]},
        {"name": "passenger_count", "type": "int64"},
        {"name": "store_and_forward", "columns": ["store_and_fwd_flag"]},
        {"name": "duration_seconds", "columns": ["trip_duration"], "type": "int64"}
      ],
      "key": ["trip_id"]
    }

    """

  static let uber2014 = """
    {
      "name": "uber-2014",
      "about": "Uber pick-ups of New York, 2014",
      "delimiter": ",",
      "region": {"constant": "New York"},
      "origin": {"x": ["lon"], "y": ["lat"]},
      "time": {
        "columns": ["date/time"],
        "layouts": ["M/D/YYYY h:mm:ss", "M/D/YYYY h:mm"],
        "zone": "lake"
      },
      "source": {"columns": ["base"]}
    }

    """
}
