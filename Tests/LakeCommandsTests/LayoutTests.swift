import LakeBytes
import LakeIngest
import LakeTestSupport
import Testing

@testable import LakeCommands

/// A file of a layout that is built in, and its trips as a question finds them.
struct LayoutCase: Sendable, CustomTestStringConvertible {
  /// What the layout is called, and what tells the cases of one from each other.
  let name: String
  let variant: String
  let text: String
  /// The trips as JSON, in any order.
  let trips: [String]
  var zone = "America/New_York"

  var testDescription: String { "\(name), \(variant)" }
}

extension LayoutCase {
  static let all = seed + bikes + taxis + others

  private static let seed = ["datetime", "date_time"].map { time in
    LayoutCase(
      name: "trips", variant: time,
      text: """
        region,origin_coord,destination_coord,\(time),datasource
        Prague,POINT (14.4973794438195 50.00136875782316),POINT (14.43109483523328 50.04052930943246),2018-05-28 09:03:40,funny_car

        """,
      trips: [
        #"{"region":"Prague","origin_x":14.4973794438195,"origin_y":50.00136875782316,"#
          + #""destination_x":14.43109483523328,"destination_y":50.04052930943246,"#
          + #""start_time":"2018-05-28T05:03:40-04:00","source":"funny_car"}"#
      ])
  }

  private static let bikes = [
    LayoutCase(
      name: "citi-bike-2013", variant: "lower case, quoted",
      text: """
        "tripduration","starttime","stoptime","start station id","start station name","start station latitude",\
        "start station longitude","end station id","end station name","end station latitude",\
        "end station longitude","bikeid","usertype","birth year","gender"
        "560","7/1/2014 00:00:04","7/1/2014 00:09:24","3276","Marin, ""Light"" Rail","40.71458403535893","-74.04281705617905",\
        "3269","Brunswick & 6th","40.72601172964625","-74.05038893222809","29613","Subscriber","\\N","2"

        """,
      trips: [
        #"{"region":"New York","origin_x":-74.04281705617905,"origin_y":40.71458403535893,"#
          + #""destination_x":-74.05038893222809,"destination_y":40.72601172964625,"#
          + #""start_time":"2014-07-01T00:00:04-04:00","source":"citi-bike","#
          + #""end_time":"2014-07-01T00:09:24-04:00","duration_seconds":560,"#
          + #""start_station_id":"3276","start_station_name":"Marin, \"Light\" Rail","#
          + #""end_station_id":"3269","end_station_name":"Brunswick & 6th","bike_id":29613,"#
          + #""user_type":"Subscriber","birth_year":null,"gender":2}"#
      ]),
    LayoutCase(
      name: "citi-bike-2013", variant: "capital words",
      text: """
        Trip Duration,Start Time,Stop Time,Start Station ID,Start Station Name,Start Station Latitude,\
        Start Station Longitude,End Station ID,End Station Name,End Station Latitude,End Station Longitude,\
        Bike ID,User Type,Birth Year,Gender
        435,2017-02-01 00:06:33.1230,2017-02-01 00:13:49,3214,Essex Light Rail,40.7127742,-74.0364857,3199,,,,24493,,1988,1

        """,
      trips: [
        #"{"region":"New York","origin_x":-74.0364857,"origin_y":40.7127742,"destination_x":null,"#
          + #""destination_y":null,"start_time":"2017-02-01T00:06:33.123-05:00","source":"citi-bike","#
          + #""end_time":"2017-02-01T00:13:49-05:00","duration_seconds":435,"#
          + #""start_station_id":"3214","start_station_name":"Essex Light Rail","#
          + #""end_station_id":"3199","end_station_name":null,"bike_id":24493,"#
          + #""user_type":null,"birth_year":1988,"gender":1}"#
      ]),
    LayoutCase(
      name: "bike-share", variant: "Citi Bike and Divvy",
      text:
        "ride_id,rideable_type,started_at,ended_at,start_station_name,start_station_id,end_station_name,"
        + "end_station_id,start_lat,start_lng,end_lat,end_lng,member_casual\r\n"
        + "121DD7DD23CB1335,docked_bike,2021-02-03 23:11:28,2021-02-03 23:18:28,Hoboken Ave,JC105,"
        + "Christ Hospital,JC034,40.735208,-74.046964,40.734786,-74.050444,member\r\n"
        + "A847FADBBC638E45,docked_bike,2020-04-26 17:45:14,2020-04-26 18:12:03,Eckhart Park,86,,,"
        + "41.8964,-87.661,,,casual\r\n"
        + "B,docked_bike,2020-04-26 17:45:14,2020-04-26 17:45:13,,,,,51.5,-0.1,51.5,-0.1,\r\n",
      trips: [
        #"{"region":"New York","origin_x":-74.046964,"origin_y":40.735208,"#
          + #""destination_x":-74.050444,"destination_y":40.734786,"#
          + #""start_time":"2021-02-03T23:11:28-05:00","source":"docked_bike","#
          + #""end_time":"2021-02-03T23:18:28-05:00","ride_id":"121DD7DD23CB1335","#
          + #""start_station_name":"Hoboken Ave","start_station_id":"JC105","#
          + #""end_station_name":"Christ Hospital","end_station_id":"JC034","member_casual":"member"}"#,
        #"{"region":"Chicago","origin_x":-87.661,"origin_y":41.8964,"destination_x":null,"#
          + #""destination_y":null,"start_time":"2020-04-26T17:45:14-04:00","source":"docked_bike","#
          + #""end_time":"2020-04-26T18:12:03-04:00","ride_id":"A847FADBBC638E45","#
          + #""start_station_name":"Eckhart Park","start_station_id":"86","end_station_name":null,"#
          + #""end_station_id":null,"member_casual":"casual"}"#,
        #"{"region":"elsewhere","origin_x":-0.1,"origin_y":51.5,"destination_x":-0.1,"#
          + #""destination_y":51.5,"start_time":"2020-04-26T17:45:14-04:00","source":"docked_bike","#
          + #""end_time":"2020-04-26T17:45:13-04:00","ride_id":"B","start_station_name":null,"#
          + #""start_station_id":null,"end_station_name":null,"end_station_id":null,"#
          + #""member_casual":null}"#,
      ]),
  ]

  private static let yellow =
    #"{"region":"New York","origin_x":-73.95,"origin_y":40.76,"#
    + #""destination_x":-73.97,"destination_y":40.75,"#

  private static let taxis =
    [
      LayoutCase(
        name: "nyc-yellow", variant: "2009",
        text: """
          vendor_name,Trip_Pickup_DateTime,Trip_Dropoff_DateTime,Passenger_Count,Trip_Distance,Start_Lon,Start_Lat,\
          Rate_Code,store_and_forward,End_Lon,End_Lat,Payment_Type,Fare_Amt,surcharge,mta_tax,Tip_Amt,Tolls_Amt,Total_Amt

          VTS,2009-01-04 02:52:00,2009-01-04 03:02:00,1,2.63,-73.95,40.76,,,-73.97,40.75,CASH,8.9,0.5,,0,0,9.4

          """,
        trips: [
          yellow
            + #""start_time":"2009-01-04T02:52:00-05:00","source":"VTS","#
            + #""end_time":"2009-01-04T03:02:00-05:00","passenger_count":1,"trip_distance":2.63,"#
            + #""rate_code":null,"store_and_forward":null,"payment_type":"CASH","fare_amount":8.9,"#
            + #""surcharge":0.5,"mta_tax":null,"tip_amount":0,"tolls_amount":0,"total_amount":9.4}"#
        ]),
      LayoutCase(
        name: "nyc-yellow", variant: "2010 to 2014",
        text: """
          vendor_id, pickup_datetime, dropoff_datetime, passenger_count, trip_distance, pickup_longitude, \
          pickup_latitude, rate_code, store_and_fwd_flag, dropoff_longitude, dropoff_latitude, payment_type, \
          fare_amount, surcharge, mta_tax, tip_amount, tolls_amount, total_amount

          CMT,2014-01-09 20:45:25,2014-01-09 20:52:31,1,0.69999999999999996,-73.95,40.76,1,N,-73.97,40.75,CRD,6.5,0.5,0.5,\
          1.3999999999999999,0,8.9000000000000004

          """,
        trips: [
          yellow
            + #""start_time":"2014-01-09T20:45:25-05:00","source":"CMT","#
            + #""end_time":"2014-01-09T20:52:31-05:00","passenger_count":1,"trip_distance":0.7,"#
            + #""rate_code":1,"store_and_forward":"N","payment_type":"CRD","fare_amount":6.5,"#
            + #""surcharge":0.5,"mta_tax":0.5,"tip_amount":1.4,"tolls_amount":0,"total_amount":8.9}"#
        ]),
    ]
    + ["RateCodeID", "RatecodeID"].map { rate in
      LayoutCase(
        name: "nyc-yellow", variant: "2015 and 2016, \(rate)",
        text:
          "VendorID,tpep_pickup_datetime,tpep_dropoff_datetime,passenger_count,trip_distance,pickup_longitude,"
          + "pickup_latitude,\(rate),store_and_fwd_flag,dropoff_longitude,dropoff_latitude,payment_type,"
          + "fare_amount,extra,mta_tax,tip_amount,tolls_amount,improvement_surcharge,total_amount\r\n"
          + "2,2015-06-02 11:19:29,2015-06-02 11:47:52,1,.46,-73.95,40.76,1,N,-73.97,40.75,2,-17,0,0.5,0,0,"
          + "0.3,17.8\r\n",
        trips: [
          yellow
            + #""start_time":"2015-06-02T11:19:29-04:00","source":"2","#
            + #""end_time":"2015-06-02T11:47:52-04:00","passenger_count":1,"trip_distance":0.46,"#
            + #""rate_code":1,"store_and_forward":"N","payment_type":"2","fare_amount":-17,"#
            + #""surcharge":0,"mta_tax":0.5,"tip_amount":0,"tolls_amount":0,"#
            + #""improvement_surcharge":0.3,"total_amount":17.8}"#
        ])
    } + [
      LayoutCase(
        name: "nyc-yellow-no-header", variant: "days before months",
        text:
          "18,CMT,01/11/12 1:18,01/11/12 1:35,1,5.4,-73.95,40.76,1,N,-73.97,40.75,CRD,0.5,0.5,3.8,0,22.8\r\n",
        trips: [
          yellow
            + #""start_time":"2012-11-01T01:18:00-04:00","source":"CMT","#
            + #""end_time":"2012-11-01T01:35:00-04:00","passenger_count":1,"trip_distance":5.4,"#
            + #""rate_code":1,"store_and_forward":"N","payment_type":"CRD","fare_amount":18,"#
            + #""surcharge":0.5,"mta_tax":0.5,"tip_amount":3.8,"tolls_amount":0,"total_amount":22.8}"#
        ]),
      LayoutCase(
        name: "nyc-green", variant: "20 names, 22 fields, a blank line",
        text: """
          VendorID,lpep_pickup_datetime,Lpep_dropoff_datetime,Store_and_fwd_flag,RateCodeID,Pickup_longitude,\
          Pickup_latitude,Dropoff_longitude,Dropoff_latitude,Passenger_count,Trip_distance,Fare_amount,Extra,MTA_tax,\
          Tip_amount,Tolls_amount,Ehail_fee,Total_amount,Payment_type,Trip_type\u{20}

          2,2013-08-01 08:14:37,2013-08-01 09:09:06,N,1,-73.95,40.76,-73.97,40.75,1,.00,21.25,0,0,0,0,,21.25,2,,,

          """,
        trips: [
          yellow
            + #""start_time":"2013-08-01T08:14:37-04:00","source":"2","#
            + #""end_time":"2013-08-01T09:09:06-04:00","passenger_count":1,"trip_distance":0,"#
            + #""rate_code":1,"store_and_forward":"N","payment_type":"2","fare_amount":21.25,"#
            + #""surcharge":0,"mta_tax":0,"tip_amount":0,"tolls_amount":0,"total_amount":21.25,"#
            + #""ehail_fee":null,"trip_type":null}"#
        ]),
      LayoutCase(
        name: "nyc-fares", variant: "UTC",
        text: """
          key,fare_amount,pickup_datetime,pickup_longitude,pickup_latitude,dropoff_longitude,dropoff_latitude,passenger_count
          2009-06-15 17:26:21.0000001,4.5,2009-06-15 17:26:21 UTC,-73.95,40.76,-73.97,40.75,1

          """,
        trips: [
          yellow
            + #""start_time":"2009-06-15T13:26:21-04:00","source":"nyc-fares","#
            + #""trip_key":"2009-06-15 17:26:21.0000001","fare_amount":4.5,"passenger_count":1}"#
        ]),
      LayoutCase(
        name: "nyc-durations", variant: "DD-MM-YY",
        text:
          "id,vendor_id,pickup_datetime,passenger_count,pickup_longitude,pickup_latitude,dropoff_longitude,"
          + "dropoff_latitude,store_and_fwd_flag\r\nid3004672,1,30-06-16 23:59,1,-73.95,40.76,-73.97,40.75,N\r\n",
        trips: [
          yellow
            + #""start_time":"2016-06-30T23:59:00-04:00","source":"1","trip_id":"id3004672","#
            + #""passenger_count":1,"store_and_forward":"N"}"#
        ]),
      LayoutCase(
        name: "nyc-durations", variant: "with durations",
        text: """
          id,vendor_id,pickup_datetime,dropoff_datetime,passenger_count,pickup_longitude,pickup_latitude,dropoff_longitude,\
          dropoff_latitude,store_and_fwd_flag,trip_duration
          id2875421,2,2016-03-14 17:24:55,2016-03-14 17:32:30,1,-73.95,40.76,-73.97,40.75,N,455

          """,
        trips: [
          yellow
            + #""start_time":"2016-03-14T17:24:55-04:00","source":"2","#
            + #""end_time":"2016-03-14T17:32:30-04:00","trip_id":"id2875421","passenger_count":1,"#
            + #""store_and_forward":"N","duration_seconds":455}"#
        ]),
    ]

  private static let others = [
    LayoutCase(
      name: "uber-2014", variant: "quoted",
      text: """
        "Date/Time","Lat","Lon","Base"
        "4/1/2014 0:11:00",40.769,-73.9549,"B02512"

        """,
      trips: [
        #"{"region":"New York","origin_x":-73.9549,"origin_y":40.769,"destination_x":null,"#
          + #""destination_y":null,"start_time":"2014-04-01T00:11:00-04:00","source":"B02512"}"#
      ]),
    LayoutCase(
      name: "dott-rides", variant: "fractions of one to three digits",
      text: """
        ride_id,vehicle_id,time_ride_start,time_ride_end,start_lat,start_lng,end_lat,end_lng,gross_amount
        a,v,2019-05-02 19:24:01.692 UTC,2019-05-02 19:30:43.4 UTC,48.829338073730469,2.3760232925415039,48.8,2.36,2
        b,v,2019-05-02 19:24:01.69 UTC,2019-05-02 19:30:43 UTC,50.85,4.35,50.8,4.36,2.5

        """,
      trips: [
        #"{"region":"Paris","origin_x":2.376023292541504,"origin_y":48.82933807373047,"#
          + #""destination_x":2.36,"destination_y":48.8,"start_time":"2019-05-02T19:24:01.692Z","#
          + #""source":"dott","end_time":"2019-05-02T19:30:43.4Z","ride_id":"a","vehicle_id":"v","#
          + #""gross_amount":2}"#,
        #"{"region":"Brussels","origin_x":4.35,"origin_y":50.85,"#
          + #""destination_x":4.36,"destination_y":50.8,"start_time":"2019-05-02T19:24:01.69Z","#
          + #""source":"dott","end_time":"2019-05-02T19:30:43Z","ride_id":"b","vehicle_id":"v","#
          + #""gross_amount":2.5}"#,
      ], zone: "UTC"),
    LayoutCase(
      name: "generic", variant: "semicolons",
      text: """
        start_lon;start_lat;end_lon;end_lat;departure_time;arrival_time;vendor;Colour;n
        14.41;50.08;14.45;50.09;2018/5/28 9:03;2018/5/28 9:13;x;blue;7

        """,
      trips: [
        #"{"region":"unknown","origin_x":14.41,"origin_y":50.08,"destination_x":14.45,"#
          + #""destination_y":50.09,"start_time":"2018-05-28T09:03:00Z","source":"x","#
          + #""end_time":"2018-05-28T09:13:00Z","Colour":"blue","n":"7"}"#
      ], zone: "UTC"),
    LayoutCase(
      name: "generic-pick-ups", variant: "tabs",
      text: "city\tlat\tlng\ttimestamp\tnote\nPrague\t50.08\t14.41\t2018-05-28T09:03:40Z\t\n",
      trips: [
        #"{"region":"Prague","origin_x":14.41,"origin_y":50.08,"destination_x":null,"#
          + #""destination_y":null,"start_time":"2018-05-28T09:03:40Z","source":"unknown","note":null}"#
      ], zone: "UTC"),
    LayoutCase(
      name: "generic-points", variant: "bars",
      text: """
        area|start_geom|end_geom|start_time|provider
        Turin|POINT (7.672837913286881 44.9957109242058)||2018-05-21 02:54:04|baba_car

        """,
      trips: [
        #"{"region":"Turin","origin_x":7.672837913286881,"origin_y":44.9957109242058,"#
          + #""destination_x":null,"destination_y":null,"start_time":"2018-05-21T02:54:04Z","#
          + #""source":"baba_car"}"#
      ], zone: "UTC"),
  ]
}

@Suite struct LayoutTests {
  @Test func everyLayoutHasACase() {
    #expect(Set(LayoutCase.all.map(\.name)) == Set(InputDefinition.shipped.map(\.name)))
  }

  @Test(arguments: LayoutCase.all)
  func aFileIsReadByItsLayout(_ layout: LayoutCase) throws {
    let folder = TemporaryFolder()
    let file = folder.file("in.csv", layout.text)
    let lake = folder.path + "/lake"
    let load = CommandRun([
      "ingest", "--lake", lake, "--zone", layout.zone, "--format", "json", file,
    ])
    #expect(load.exitCode == .done, "\(load.messages)")
    #expect(load.messages.contains("read as \(layout.name)"), "\(load.messages)")
    let rows = CommandRun("query --select rows --format ndjson --lake \(lake)").lines
    #expect(rows.sorted() == layout.trips.sorted())
  }

  /// What is written out comes back into the same lake by the layout of the sample trips, and into a new one by the
  /// definition that the lake gives.
  @Test(arguments: LayoutCase.all)
  func whatIsWrittenOutComesBack(_ layout: LayoutCase) throws {
    let folder = TemporaryFolder()
    let lake = folder.path + "/lake"
    let file = folder.file("in.csv", layout.text)
    #expect(CommandRun(["ingest", "--lake", lake, "--zone", layout.zone, file]).exitCode == .done)
    let rows = folder.path + "/rows.csv"
    #expect(
      CommandRun(["query", "--select", "rows", "--lake", lake, "-o", rows]).exitCode == .done)
    let definition = folder.path + "/rows.json"
    #expect(CommandRun(["formats", "lake", "--lake", lake, "-o", definition]).exitCode == .done)
    let other = folder.path + "/other"
    let load = CommandRun(
      ["ingest", "--lake", other, "--zone", layout.zone, "--input", definition, rows])
    #expect(load.exitCode == .done, "\(load.messages)")
    #expect(try Self.hashSum(lake) == Self.hashSum(other))
    let again = CommandRun(["ingest", "--lake", other, "--force", "--input", "trips", rows])
    #expect(again.exitCode == .done, "\(again.messages)")
    let written = CommandRun(["query", "--select", "rows", "--lake", other, "--format", "csv"])
    let lines = written.output.split(separator: "\n").dropFirst().sorted()
    let once = (folder.contents("rows.csv") ?? "").split(separator: "\n").dropFirst().sorted()
    #expect(lines == (once + once).sorted())
  }

  private static func hashSum(_ lake: String) throws -> String? {
    let run = CommandRun(["status", "--lake", lake, "--format", "json"])
    return try JSONParser.parse(Array(run.output.utf8))["row_hash_sum"]?.text
  }
}
