CREATE TABLE _triplake_meta (
  snapshot INTEGER PRIMARY KEY,
  digest TEXT NOT NULL,
  committed_at TEXT,
  committed_at_epoch_us INTEGER,
  lake TEXT NOT NULL,
  zone TEXT NOT NULL,
  filter TEXT NOT NULL,
  areas_at TEXT NOT NULL CHECK (areas_at IN ('origin', 'destination', 'either', 'both')),
  min_count INTEGER NOT NULL CHECK (min_count > 0),
  groups_cell TEXT,
  groups_slot INTEGER,
  groups_top INTEGER,
  counts_digest TEXT NOT NULL,
  program_version TEXT NOT NULL,
  format_version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE _triplake_columns (
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  meaning TEXT NOT NULL,
  unit TEXT,
  PRIMARY KEY (table_name, column_name)
) STRICT, WITHOUT ROWID;

CREATE TABLE _triplake_partitions (
  region TEXT NOT NULL,
  week TEXT NOT NULL,
  trips INTEGER NOT NULL CHECK (trips > 0),
  row_hash_sum TEXT NOT NULL,
  PRIMARY KEY (region, week)
) STRICT, WITHOUT ROWID;

CREATE TABLE regions (
  region TEXT PRIMARY KEY,
  trips INTEGER NOT NULL CHECK (trips > 0),
  first TEXT NOT NULL,
  last TEXT NOT NULL,
  first_epoch_us INTEGER NOT NULL,
  last_epoch_us INTEGER NOT NULL,
  first_week TEXT NOT NULL,
  last_week TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sources (
  source TEXT PRIMARY KEY,
  trips INTEGER NOT NULL CHECK (trips > 0),
  first TEXT NOT NULL,
  last TEXT NOT NULL,
  first_epoch_us INTEGER NOT NULL,
  last_epoch_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE areas (
  area TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('box', 'polygons')),
  west REAL NOT NULL,
  south REAL NOT NULL,
  east REAL NOT NULL,
  north REAL NOT NULL,
  geometry TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE routes (
  region TEXT NOT NULL REFERENCES regions (region),
  route INTEGER NOT NULL CHECK (route > 0),
  origin_x REAL NOT NULL,
  origin_y REAL NOT NULL,
  destination_x REAL NOT NULL,
  destination_y REAL NOT NULL,
  fitted_trips INTEGER NOT NULL,
  metres_per_degree_x REAL NOT NULL,
  metres_per_degree_y REAL NOT NULL,
  PRIMARY KEY (region, route)
) STRICT, WITHOUT ROWID;

CREATE TABLE weekly_trips (
  region TEXT NOT NULL REFERENCES regions (region),
  week TEXT NOT NULL,
  source TEXT NOT NULL REFERENCES sources (source),
  trips INTEGER NOT NULL CHECK (trips > 0),
  iso_year INTEGER NOT NULL,
  iso_week INTEGER NOT NULL CHECK (iso_week BETWEEN 1 AND 53),
  week_start TEXT NOT NULL,
  week_start_epoch_us INTEGER NOT NULL,
  PRIMARY KEY (region, week, source)
) STRICT, WITHOUT ROWID;

CREATE INDEX weekly_trips_by_source ON weekly_trips (source, week);

CREATE INDEX weekly_trips_by_week ON weekly_trips (week_start_epoch_us);

CREATE TABLE weekly_area_trips (
  area TEXT NOT NULL REFERENCES areas (area),
  region TEXT NOT NULL REFERENCES regions (region),
  week TEXT NOT NULL,
  trips INTEGER NOT NULL CHECK (trips > 0),
  iso_year INTEGER NOT NULL,
  iso_week INTEGER NOT NULL CHECK (iso_week BETWEEN 1 AND 53),
  week_start TEXT NOT NULL,
  week_start_epoch_us INTEGER NOT NULL,
  PRIMARY KEY (area, region, week)
) STRICT, WITHOUT ROWID;

CREATE INDEX weekly_area_trips_by_week ON weekly_area_trips (week_start_epoch_us);

CREATE TABLE weekly_route_trips (
  region TEXT NOT NULL REFERENCES regions (region),
  week TEXT NOT NULL,
  route INTEGER NOT NULL,
  trips INTEGER NOT NULL CHECK (trips > 0),
  iso_year INTEGER NOT NULL,
  iso_week INTEGER NOT NULL CHECK (iso_week BETWEEN 1 AND 53),
  week_start TEXT NOT NULL,
  week_start_epoch_us INTEGER NOT NULL,
  PRIMARY KEY (region, week, route),
  FOREIGN KEY (region, route) REFERENCES routes (region, route)
) STRICT, WITHOUT ROWID;

CREATE INDEX weekly_route_trips_by_week ON weekly_route_trips (week_start_epoch_us);

CREATE TABLE weekly_average (
  report TEXT NOT NULL CHECK (report IN ('region', 'region_route', 'area')),
  name TEXT NOT NULL,
  region TEXT REFERENCES regions (region),
  area TEXT REFERENCES areas (area),
  route INTEGER,
  trips INTEGER NOT NULL CHECK (trips >= 0),
  weeks INTEGER NOT NULL CHECK (weeks >= 0),
  active_weeks INTEGER NOT NULL CHECK (active_weeks BETWEEN 0 AND weeks),
  average REAL,
  active_average REAL,
  PRIMARY KEY (report, name),
  FOREIGN KEY (region, route) REFERENCES routes (region, route),
  CHECK ((region IS NULL) = (report = 'area')),
  CHECK ((area IS NOT NULL) = (report = 'area')),
  CHECK (route IS NULL OR report = 'region_route')
) STRICT, WITHOUT ROWID;

CREATE INDEX weekly_average_region ON weekly_average (region);

CREATE INDEX weekly_average_area ON weekly_average (area);

CREATE TABLE source_regions (
  source TEXT NOT NULL REFERENCES sources (source),
  region TEXT NOT NULL REFERENCES regions (region),
  trips INTEGER NOT NULL CHECK (trips > 0),
  first TEXT NOT NULL,
  last TEXT NOT NULL,
  first_epoch_us INTEGER NOT NULL,
  last_epoch_us INTEGER NOT NULL,
  PRIMARY KEY (source, region)
) STRICT, WITHOUT ROWID;

CREATE INDEX source_regions_by_region ON source_regions (region, last_epoch_us);

CREATE TABLE trip_groups (
  region TEXT NOT NULL REFERENCES regions (region),
  origin_cell TEXT NOT NULL,
  destination_cell TEXT NOT NULL,
  slot TEXT NOT NULL,
  trips INTEGER NOT NULL CHECK (trips > 0),
  origin_x REAL,
  origin_y REAL,
  destination_x REAL,
  destination_y REAL,
  PRIMARY KEY (region, origin_cell, destination_cell, slot)
) STRICT, WITHOUT ROWID;

CREATE INDEX trip_groups_by_trips ON trip_groups (trips);

CREATE VIEW weekly_average_by_region AS
SELECT region, trips, weeks, active_weeks, average, active_average
FROM weekly_average
WHERE report = 'region'
ORDER BY region;

CREATE VIEW weekly_average_by_area AS
SELECT area, trips, weeks, active_weeks, average, active_average
FROM weekly_average
WHERE report = 'area'
ORDER BY area;

CREATE VIEW weekly_average_by_route AS
SELECT region, route, trips, weeks, active_weeks, average, active_average
FROM weekly_average
WHERE report = 'region_route'
ORDER BY region, coalesce(route, 0);

CREATE VIEW similar_trips AS
SELECT region, slot, trips, origin_x, origin_y, destination_x, destination_y
FROM trip_groups
ORDER BY trips DESC, region, origin_cell, destination_cell, slot;

CREATE VIEW latest_source_of_two_commonest_regions AS
SELECT source, region, last, last_epoch_us
FROM source_regions
WHERE region IN (SELECT region FROM regions ORDER BY trips DESC, region LIMIT 2)
ORDER BY last_epoch_us DESC, source, region
LIMIT 1;

CREATE VIEW regions_of_cheap_mobile AS
SELECT region, trips, first, last
FROM source_regions
WHERE source = 'cheap_mobile'
ORDER BY trips DESC, region;
