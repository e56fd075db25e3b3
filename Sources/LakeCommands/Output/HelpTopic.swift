/// A page of help that belongs to no single command.
struct HelpTopic: Sendable {
  let name: String
  let text: String

  static let all: [HelpTopic] = [boxes, cells, exitCodes, lake, output, time]

  private static let boxes = HelpTopic(
    name: "boxes",
    text: """
      A box is written west,south,east,north in degrees (WGS 84), longitude first: 14.35,50.02,14.5,50.11.
      Its edges belong to it. Where west is greater than east the box crosses the antimeridian.

      --bbox=14.35,50.02,14.5,50.11   a box; negative numbers are fine
      --area "Prague centre"          a place with a name, box or polygons, kept in the lake
      --at origin                     trips that begin in the box (the default)
      --at destination                trips that end in it
      --at both                       trips that begin and end in it
      --at either                     trips that do at least one of the two

      A trip without a destination ends in no box.

      Areas are made with triplake area add NAME --bbox=W,S,E,N or --polygon FILE.geojson, or all of a file at
      once with triplake area import. They are versioned with the lake: --as-of asks those of that time.
      """)

  private static let cells = HelpTopic(
    name: "cells",
    text: """
      groups and query --group-by origin_cell,destination_cell cut the map into cells by --cell:

      --cell 0.01       squares of a hundredth of a degree (the default): cell floor(coordinate / 0.01)
      --cell 500m       rows of latitude 500 m high, in each of which cells are about 500 m wide
      --cell geohash:6  the cells of that standard, 1 to 12 characters; their names are told as well

      A cell is told as two numbers x and y, counted from 0 degrees to the east and to the north: cell i
      begins at i times its side, and its western and southern edges belong to it. groups --centres adds
      the middle of each cell in degrees. A trip without a destination has no destination cell; the columns
      of it are then empty.

      Of a grid of S metres the side in degrees of latitude is h = S / 111195.08. The row j has, to each
      side of the meridian of 0 degrees, n = max(1, round(180 * cos((j + 0.5) * h) / h)) cells, each of
      180 / n degrees of longitude. Of a geohash of N characters the sides are 360 / 2^ceil(5N/2) and
      180 / 2^floor(5N/2) degrees; 180 degrees east and 90 degrees north belong to the last cells.
      """)

  private static let exitCodes = HelpTopic(
    name: "exit-codes",
    text: ExitCode.allCases.map { code in
      let number = String(code.rawValue)
      return String(repeating: " ", count: 3 - number.utf8.count) + number + "  " + code.meaning
    }.joined(separator: "\n"))

  private static let lake = HelpTopic(
    name: "lake",
    text: """
      A lake is one folder; it may be moved or copied whole. A command finds it by

      1. --lake DIR
      2. the environment variable TRIPLAKE_LAKE
      3. the nearest folder upward that is a lake
      4. ./lake/data

      init makes a lake, and so does ingest where there is none. Every load is one snapshot, whose number is
      its name: all of it is there or none. undo takes it out again; --as-of asks an older snapshot.
      """)

  private static let output = HelpTopic(
    name: "output",
    text: """
      --format chooses how a result is laid out; without it -o FILE goes by the suffix of FILE, a terminal
      gets a table and a pipe gets csv.

      table     aligned columns for people
      csv       RFC 4180 with a header; text is quoted where it must be
      tsv       tabs between the values; tab, line end and backslash as \\t, \\n, \\\\
      json      one object: schema, snapshot, zone, filter, rows, stats
      ndjson    one object a row and line
      markdown  a table for documents

      Numbers are the shortest decimals that read back to the same bits. Times are RFC 3339 in JSON, else
      YYYY-MM-DD HH:MM:SS[.f] by the clock of the lake's zone. Weeks are ISO weeks: 2018-W22.
      """)

  private static let time = HelpTopic(
    name: "time",
    text: """
      A lake has one time zone, fixed when it is made (init --zone, default UTC). Its clock decides to
      which day and ISO week a trip belongs. ISO weeks begin on Monday and are named by the year that holds
      their Thursday: 2018-12-31 lies in 2019-W01.

      --from and --to take dates (2018-05-01) and weeks (2018-W18), both ends included; a week means all
      of it. query also takes times: 2018-05-01T09:00:00, with Z or an offset, else by the lake's clock.

      A local time that the clocks skipped is read with the offset before the change; one that they showed
      twice means the first of the two.
      """)
}
