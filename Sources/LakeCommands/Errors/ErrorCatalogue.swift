/// What `explain-error` knows of every code. A code never changes its meaning; numbers are not used again.
enum ErrorCatalogue {
  struct Entry: Hashable, Sendable {
    let code: Int
    let exitCode: ExitCode
    let title: String
    /// When it appears and what can be done.
    let text: String

    init(_ code: Int, _ exitCode: ExitCode, _ title: String, _ text: String) {
      self.code = code
      self.exitCode = exitCode
      self.title = title
      self.text = text
    }
  }

  static let all: [Entry] =
    usage + input + store + damage + questions + sql + exports + bench
    + notifications + bugs

  private static let usage: [Entry] = [
    Entry(
      1001, .usage, "there is no such command",
      "The first word that is no option names the command. triplake --help lists them."),
    Entry(
      1002, .usage, "there is no such option",
      "The command does not know this option. COMMAND --help lists those it knows. An argument that begins "
        + "with - stands behind --, which ends the options."),
    Entry(
      1003, .usage, "an option needs a value",
      "The value stands behind = or is the next word. A value that begins with - is written with =."
    ),
    Entry(
      1004, .usage, "an option takes no value",
      "The option is a switch; leave out = and what follows."),
    Entry(
      1005, .usage, "the value of an option cannot be read",
      "The help line of the error says what it must look like. triplake help boxes and triplake help time "
        + "explain boxes, dates and weeks."),
    Entry(1006, .usage, "there is no place for an argument", "The command takes fewer arguments."),
    Entry(1007, .usage, "an argument is missing", "The command needs what its usage line names."),
    Entry(
      1008, .usage, "options contradict each other",
      "Two options cannot be used together, or one has nothing to work on."),
    Entry(1009, .usage, "there is no help on this", "triplake help lists commands and topics."),
    Entry(1010, .usage, "an argument is not valid UTF-8", "Names and paths are given as UTF-8."),
    Entry(1011, .usage, "there is no such error code", "triplake explain-error lists them all."),
    Entry(
      1012, .usage, "there is no such layout", "triplake formats lists those that are built in."),
  ]

  private static let input: [Entry] = [
    Entry(2001, .inputMissing, "an input file is missing", "Nothing is at this path."),
    Entry(
      2002, .inputOutput, "an input file cannot be read", "The system refused to open or read it."),
    Entry(
      2003, .badData, "an input file changed while it was read",
      "Its size or time of change is another than at the start. Load it when its writer has finished."
    ),
    Entry(
      2004, .badData, "the text of an input is not supported",
      "It begins like UTF-16 or UTF-32. Convert it to UTF-8: iconv -f UTF-16 -t UTF-8."),
    Entry(
      2005, .badData, "a column is missing in the header",
      "The header lacks what the input definition needs. triplake formats sniff tells what each definition lacks, "
        + "and drafts one that fits."
    ),
    Entry(
      2006, .badData, "a column stands in the header twice", "It is not known which one is meant."),
    Entry(
      2007, .badData, "a rejects file holds records of differing headers",
      "Behind the second header columns may stand in another order. Make a file of its own from there on."
    ),
    Entry(
      2008, .badData, "too many records were rejected",
      "More than --max-errors allows (10% by default). The file stores nothing; others are not touched."
    ),
    Entry(
      2009, .badData, "no record of a file could be stored", "All of its records were rejected."),
    Entry(
      2010, .badData, "a load falls into too many partitions",
      "More than 10,000 pairs of region and week are the sign of a wrong column."),
    Entry(
      2011, .badData, "a field is not valid UTF-8 or holds a NUL byte", "The record is rejected."),
    Entry(
      2012, .badData, "a file has no record",
      "It is empty, or has blank lines and comments at most: no layout can be told from it."),
    Entry(
      2013, .tryAgain, "another load took in the same input meanwhile",
      "Repeat the command: it finds out what is left to do."),
    Entry(
      2014, .interrupted, "the load was interrupted", "Nothing was committed; repeat the command."),
    Entry(2015, .usage, "a load has too many files", "Load them in several goes."),
    Entry(
      2016, .settings, "an input definition cannot be read",
      "It is JSON; formats/inputs/README.md tells what may stand in it."),
    Entry(
      2017, .badData, "an input is in the lake, read by another input definition",
      "The same bytes would be stored as other rows beside those that are there."),
    Entry(
      2018, .usage, "the rejects of a load are read by another input definition",
      "They are read as their file was. Name the file of that definition with --input, where it is none "
        + "that is built in."),
    Entry(
      2019, .badData, "a compressed input is damaged",
      "It is cut, a checksum in it is wrong, something else stands behind its end, or it grows to more than 500 "
        + "times its size. The file stores nothing; make it again. gzip -t or zstd -t tests it."),
    Entry(
      2020, .badData, "a header has too many columns",
      "A trip may have 64 columns beyond its own. A definition that names those wanted drops the others."
    ),
    Entry(
      2021, .badData, "a record has too few or too many fields",
      "It differs from the header; rejected."),
    Entry(
      2022, .badData, "text stands behind a closing quote",
      "A quote inside a quoted field is doubled."),
    Entry(
      2023, .badData, "a record does not end",
      "A quote is opened and not closed, or a line is longer than the limit."),
    Entry(
      2025, .badData, "a column has another type in the lake",
      "The lake has a column of this name already, with values of another type. Give it another name in the "
        + "input definition, or load into another lake."),
    Entry(
      2026, .badData, "the name of a file does not say what it should",
      "The input definition finds the region or the source in the file's name, by a pattern that it does not "
        + "fit. Rename the file, or change the definition."),
    Entry(
      2027, .badData, "a file has duplicates and may not have any",
      "It was loaded with --duplicates fail, and a record is equal to an earlier one. --duplicates drop leaves "
        + "such records out and lists them."),
    Entry(
      2031, .badData, "a field is not a point",
      "A point is written POINT (x y), x being the longitude, with plain decimal numbers."),
    Entry(
      2032, .badData, "a coordinate is out of range",
      "Longitudes lie within -180 and 180, latitudes within -90 and 90."),
    Entry(
      2033, .badData, "a field is not a coordinate",
      "The record is rejected. A coordinate is a decimal number of degrees: -73.98, 40.7."),
    Entry(
      2034, .badData, "an origin lies in none of the areas",
      "The definition takes the region from areas, and none of them holds the origin. With \"outside\" in the "
        + "definition such trips get a region of their own."),
    Entry(
      2041, .badData, "a field is not a time",
      "A time is written YYYY-MM-DD HH:MM:SS[.ffffff], with T instead of the blank, and Z or an offset "
        + "behind it if wanted."),
    Entry(
      2042, .badData, "a time was skipped by the clocks",
      "The clocks of the definition's zone were put forward over it, and the definition rejects such times."
    ),
    Entry(
      2043, .badData, "a time was shown twice by the clocks",
      "The clocks of the definition's zone were put back over it, and the definition rejects such times."
    ),
    Entry(
      2051, .badData, "a field is not a whole number",
      "The record is rejected. A whole number has digits and perhaps a sign, and fits 64 bits."),
    Entry(
      2052, .badData, "a field is not a number",
      "The record is rejected. A number is decimal: -12.5, .5, 1e-7; not nan, inf or hexadecimal."),
    Entry(
      2053, .badData, "a field is neither true nor false",
      "The record is rejected. true, t, yes, y and 1, and their opposites, are taken in any case."),
  ]

  private static let store: [Entry] = [
    Entry(
      3001, .inputMissing, "there is no lake",
      "The folder holds no file LAKE. Name the lake with --lake, or make one with ingest."),
    Entry(3002, .cannotCreate, "there is a lake already", "A lake is never made over another."),
    Entry(
      3003, .cannotCreate, "the lake cannot be created",
      "The folder is not empty or cannot be made."),
    Entry(3004, .permission, "permission denied in the lake", "Its files belong to another user."),
    Entry(3010, .inputOutput, "an I/O error in the lake", "The system reported it; see its log."),
    Entry(
      3011, .inputOutput, "the disk is full",
      "Nothing was committed and the files of the load are removed. Free some space and repeat."),
    Entry(3012, .inputOutput, "the lake is read-only", "Questions work, loads do not."),
    Entry(
      3020, .tryAgain, "whether the commit landed is unknown",
      "The system failed at the last step. Repeat the same command: what is already loaded is not loaded "
        + "twice."),
    Entry(
      3021, .tryAgain, "another writer is in the way",
      "It held the lake for too long, or was first too often. Repeat the command."),
    Entry(
      3022, .badData, "a load has too many partitions",
      "More than 10,000 are the sign of a wrong column."),
    Entry(
      3030, .inputOutput, "the file system does not suit a lake",
      "It lacks hard links, locks or syncing of folders. Use a local disk."),
    Entry(
      3031, .damage, "the lake was written by a newer triplake", "Use that version or a later one."),
    Entry(
      3040, .usage, "there is no such snapshot",
      "It was never there, or clean-up has removed it. triplake snapshots lists those there are."),
    Entry(
      3041, .usage, "there is no such load",
      "A load's number is the snapshot that it made. triplake loads lists them."),
    Entry(
      3042, .usage, "a load cannot be undone",
      "It added no trips of its own: it is itself an undo. Load the files again instead."),
    Entry(
      3043, .nothingFound, "a load has no such report",
      "It rejected nothing, or dropped no duplicates. triplake load N tells what it did."),
    Entry(
      3044, .usage, "a load cannot be replayed",
      "It rejected nothing, is itself an undo, or is undone. Of a load that is undone the files are loaded "
        + "again."),
    Entry(
      3045, .usage, "there is nothing to repair",
      "The newest snapshot is sound. undo takes single loads out again; --as-of asks an older snapshot."
    ),
    Entry(
      3051, .cannotCreate, "the output cannot be created",
      "The folder is missing or may not be written."),
    Entry(3052, .inputOutput, "the output cannot be written", "The disk may be full."),
    Entry(3053, .inputMissing, "the file is missing", "Nothing is at this path."),
    Entry(3054, .permission, "the file may not be read", "It belongs to another user."),
    Entry(3055, .inputOutput, "the file cannot be read", "The system reported an error."),
    Entry(
      3060, .usage, "there is no such time zone",
      "Zones are named as in /usr/share/zoneinfo. The package tzdata holds them."),
    Entry(
      3061, .settings, "the rules of the time zone cannot be read", "The zone file is damaged."),
    Entry(
      3062, .settings, "the lake has another zone",
      "A lake's zone decides its weeks and is fixed when it is made."),
  ]

  private static let damage: [Entry] = [
    Entry(
      4001, .damage, "a file of the lake is damaged",
      "Its bytes are not those that were written. Other partitions still answer. triplake verify names all "
        + "damages; bring back the file from a backup."),
    Entry(
      4002, .damage, "a file of the lake is missing",
      "The manifest names it. Bring it back from a backup."),
    Entry(
      4003, .badData, "this is no file of a lake", "inspect shows trip files, manifests and LAKE."),
    Entry(
      4004, .damage, "a report of duplicates cannot be read back",
      "undo reads the reports of later loads, to give back what they dropped. Nothing was committed; triplake "
        + "verify tells whether the report is damaged."),
  ]

  private static let questions: [Entry] = [
    Entry(
      5001, .usage, "there is no such region", "Names are compared byte by byte, case included."),
    Entry(
      5002, .usage, "there is no such area",
      "triplake area list shows those there are. Names are compared byte by byte."),
    Entry(5003, .usage, "the range of time is empty", "--to lies before --from."),
    Entry(
      5004, .badData, "a file of areas cannot be read",
      "It is GeoJSON with polygons, CSV with name,west,south,east,north, or {\"areas\": [{\"name\": \"Centre\", "
        + "\"box\": [west, south, east, north]}]}. Nothing was committed."),
    Entry(
      5005, .usage, "the answer has too many groups", "Group by fewer columns, or filter first."),
    Entry(
      5006, .usage, "the lake has no areas",
      "triplake area add and triplake area import make some; or give a box with --bbox."),
    Entry(
      5007, .usage, "grouping by cells takes more memory than allowed",
      "Allow more with --memory, filter by --region, or take larger cells."),
    Entry(
      5008, .usage, "there is another area of that name",
      "--replace puts the new one in its place. The same area again is no error."),
    Entry(5009, .usage, "the lake has no routes", "triplake routes fit finds them."),
    Entry(
      5011, .usage, "there is no such column",
      "Columns are region, origin_x, origin_y, destination_x, destination_y, start_time, source and the "
        + "extra columns of the lake; triplake formats lake tells those."),
    Entry(
      5012, .usage, "this is no comparison",
      "--where takes column, order and a value of the column's type: --where 'fare>=10'. Texts may stand in "
        + "single quotes."),
    Entry(
      5013, .usage, "the column has no such aggregate",
      "sum and mean are of columns of int64 and float64. All others are of any column."),
    Entry(
      5014, .usage, "a sum is too large",
      "The values of a group add up to more than the column's type holds. Group by more columns, or filter first: "
        + "--where 'fare<1000'."),
  ]

  private static let sql: [Entry] = [
    Entry(
      5101, .usage, "the SQL cannot be understood",
      "It is not SQL as SQLite speaks it, or names a table, column or function that is not there. The columns of trips: "
        + "triplake sql \"PRAGMA table_info(trips)\"."),
    Entry(
      5102, .usage, "the SQL would write",
      "A lake is only read by SQL: no INSERT, CREATE, ATTACH or load_extension, and of PRAGMA only what tells of "
        + "tables."),
    Entry(
      5103, .usage, "the SQL failed on the way",
      "A function got a value that it cannot work with, or memory ran out."),
    Entry(
      5104, .tryAgain, "the SQL took longer than --timeout allows",
      "Allow more, or ask with conditions that EXPLAIN QUERY PLAN shows at the table trips."),
    Entry(5105, .interrupted, "the SQL was interrupted", "By Ctrl-C."),
  ]

  private static let exports: [Entry] = [
    Entry(
      6001, .cannotCreate, "the target may not be replaced",
      "It is no database of SQLite, a folder, a link, or has a journal beside it."),
    Entry(
      6002, .cannotCreate, "the target is in use",
      "Another program has it open; close it and repeat."),
    Entry(
      6003, .cannotCreate, "the target cannot be created", "The folder is missing or not writable."),
    Entry(6004, .inputOutput, "the export could not be written", "The disk may be full."),
    Entry(6005, .permission, "the target may not be written", "It belongs to another user."),
    Entry(6006, .internalError, "the export failed its check", "It was read back and found wrong."),
    Entry(
      6007, .tryAgain, "whether the export is durable is unknown",
      "It is in place, but its folder could not be synced, or the connection broke at the commit. Repeat the command."
    ),
    Entry(
      6008, .settings, "a library that this needs is missing",
      "It is opened at first use; the message names the Debian package."),
    Entry(
      6009, .usage, "the connection settings cannot be read",
      "A URL (postgresql://USER@HOST/DATABASE) or pairs (service=NAME) are wanted."),
    Entry(
      6010, .usage, "a password stands in the connection settings",
      "Other users of the machine could read it. Use PGPASSWORD, ~/.pgpass or a service file."),
    Entry(
      6011, .tryAgain, "there is no connection to the server",
      "It does not answer, refuses, or the connection broke before the commit."),
  ]

  private static let bench: [Entry] = [
    Entry(
      7001, .inputOutput, "the bench cannot use a file",
      "A file or folder under --dir could not be made, written or read."),
    Entry(
      7002, .inputOutput, "the bench has too little room",
      "200 bytes of disk a trip are needed for the CSV and the lake. Ask for fewer with --rows."),
    Entry(
      7003, .cannotCreate, "the folder of the bench is not empty",
      "The bench writes into a new or empty folder only; name one with --dir."),
    Entry(
      7004, .internalError, "a command of the bench failed",
      "The notes hold the command and what it said; the bench ends with the same exit code."),
    Entry(
      7005, .internalError, "a command of the bench gave no readable answer",
      "A bug: the answer was not the JSON that the command promises."),
    Entry(
      7006, .interrupted, "the bench was interrupted", "What it had made is taken away."),
  ]

  private static let notifications: [Entry] = [
    Entry(
      8001, .badData, "the process of a load ended without a word",
      "It was killed, or the machine went down. Nothing of that load was committed; repeat it. The event log "
        + "tells it when the next process looks."),
    Entry(
      8002, .settings, "notify.json cannot be used",
      "formats/events/settings.md tells what may stand in it. Loads go on and tell nobody."),
    Entry(
      8003, .settings, "a secret is missing",
      "notify.json names the environment variable or the file that holds it. A webhook's is whsec_ and Base64: "
        + "echo whsec_$(openssl rand -base64 32)."),
    Entry(
      8004, .settings, "libcurl is missing",
      "Webhooks and mail go through it: apt install libcurl4. Everything else works without."),
    Entry(
      8005, .tryAgain, "an event could not be delivered",
      "The receiver cannot be reached or refused. It is tried again by loads, by watch and by "
        + "triplake notify deliver, for three days."),
    Entry(8006, .usage, "there is no such channel", "triplake notify list shows them."),
    Entry(
      8011, .inputMissing, "a folder cannot be watched",
      "It is missing, may not be read, or was removed while it was watched."),
    Entry(
      8012, .tryAgain, "another triplake watches the folder",
      "One watches a folder at a time, so that each file is loaded by one of them."),
    Entry(
      8013, .inputOutput, "a loaded file could not be moved",
      "The file stays where it is; its load is not taken back. The next watch moves it and loads nothing twice."
    ),
  ]

  private static let bugs: [Entry] = [
    Entry(
      9001, .internalError, "a bug in triplake", "Please report it with the command that led here."),
    Entry(
      9002, .internalError, "the rows of a load do not balance",
      "A bug: rows read are not rows stored and rejected. Nothing was committed."),
  ]
}
