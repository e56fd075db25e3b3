/// Bikes and scooters.
extension ShippedDefinitions {
  static let bikeShare = """
    {
      "name": "bike-share",
      "about": "bike shares of Lyft since 2020: Citi Bike, Divvy, Capital Bikeshare, Bay Wheels, Bluebikes and others",
      "delimiter": ",",
      "region": {
        "areas": [
          {"name": "New York", "box": [-74.3, 40.45, -73.65, 41.0]},
          {"name": "Chicago", "box": [-88.0, 41.6, -87.4, 42.2]},
          {"name": "Washington", "box": [-77.5, 38.7, -76.8, 39.2]},
          {"name": "Boston", "box": [-71.35, 42.15, -70.8, 42.65]},
          {"name": "San Francisco", "box": [-122.65, 37.2, -121.7, 38.0]},
          {"name": "Portland", "box": [-122.95, 45.3, -122.35, 45.75]},
          {"name": "Minneapolis", "box": [-93.45, 44.8, -92.95, 45.15]},
          {"name": "Columbus", "box": [-83.2, 39.85, -82.8, 40.15]},
          {"name": "Philadelphia", "box": [-75.35, 39.85, -74.95, 40.15]},
          {"name": "Denver", "box": [-105.15, 39.55, -104.7, 39.9]}
        ], "outside": "elsewhere"
      },
      "origin": {"x": ["start_lng"], "y": ["start_lat"]},
      "destination": {"x": ["end_lng"], "y": ["end_lat"]},
      "time": {"columns": ["started_at"], "zone": "lake"},
      "end_time": {"columns": ["ended_at"]},
      "source": {"columns": ["rideable_type"]},
      "extras": [
        {"name": "ride_id"},
        {"name": "start_station_name"},
        {"name": "start_station_id"},
        {"name": "end_station_name"},
        {"name": "end_station_id"},
        {"name": "member_casual"}
      ],
      "key": ["ride_id"]
    }

    """

  static let citiBike2013 = """
    {
      "name": "citi-bike-2013",
      "about": "Citi Bike up to January 2021, in both of its headers of that time",
      "delimiter": ",",
      "nulls": ["", "NULL", "\\\\N"],
      "region": {"constant": "New York"},
      "origin": {"x": ["start station longitude"], "y": ["start station latitude"]},
      "destination": {"x": ["end station longitude"], "y": ["end station latitude"]},
      "time": {
        "columns": ["starttime", "start time"],
        "layouts": ["iso", "M/D/YYYY h:mm:ss", "M/D/YYYY h:mm"],
        "zone": "lake"
      },
      "end_time": {"columns": ["stoptime", "stop time"]},
      "source": {"constant": "citi-bike"},
      "extras": [
        {"name": "duration_seconds", "columns": ["tripduration", "trip duration"], "type": "int64"},
        {"name": "start_station_id", "columns": ["start station id"]},
        {"name": "start_station_name", "columns": ["start station name"]},
        {"name": "end_station_id", "columns": ["end station id"]},
        {"name": "end_station_name", "columns": ["end station name"]},
        {"name": "bike_id", "columns": ["bikeid", "bike id"], "type": "int64"},
        {"name": "user_type", "columns": ["usertype", "user type"]},
        {"name": "birth_year", "columns": ["birth year"], "type": "int64"},
        {"name": "gender", "type": "int64"}
      ]
    }

    """

  static let dottRides = """
    {
      "name": "dott-rides",
      "about": "scooter rides of Dott",
      "delimiter": ",",
      "region": {
        "areas": [
          {"name": "Paris", "box": [1.9, 48.6, 2.8, 49.1]},
          {"name": "Brussels", "box": [4.2, 50.75, 4.55, 50.95]},
          {"name": "Lyon", "box": [4.7, 45.6, 5.1, 45.9]},
          {"name": "Milan", "box": [8.9, 45.3, 9.4, 45.7]},
          {"name": "Turin", "box": [7.5, 44.9, 7.9, 45.2]},
          {"name": "Munich", "box": [11.3, 48.0, 11.8, 48.3]},
          {"name": "London", "box": [-0.55, 51.25, 0.35, 51.75]}
        ], "outside": "elsewhere"
      },
      "origin": {"x": ["start_lng"], "y": ["start_lat"]},
      "destination": {"x": ["end_lng"], "y": ["end_lat"]},
      "time": {"columns": ["time_ride_start"], "zone": "UTC"},
      "end_time": {"columns": ["time_ride_end"]},
      "source": {"constant": "dott"},
      "extras": [
        {"name": "ride_id"},
        {"name": "vehicle_id"},
        {"name": "gross_amount", "type": "float64"}
      ],
      "key": ["ride_id"]
    }

    """
}
