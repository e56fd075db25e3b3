"""Random questions about trips, and DuckDB's answers to them from the CSV."""

import dataclasses
import datetime
import random

import duckdb

import trips

LOAD = """
CREATE TABLE trips AS
SELECT region, source, moment, strftime(moment, '%G-W%V') AS week, moment::DATE AS day,
  strftime(moment, '%Y-%m') AS month,
  origin[1]::DOUBLE AS origin_x, origin[2]::DOUBLE AS origin_y,
  destination[1]::DOUBLE AS destination_x, destination[2]::DOUBLE AS destination_y
FROM (
  SELECT region, datasource AS source, datetime::TIMESTAMP AS moment,
    string_split(regexp_extract(origin_coord, '\\((.*)\\)', 1), ' ') AS origin,
    string_split(regexp_extract(destination_coord, '\\((.*)\\)', 1), ' ') AS destination
  FROM read_csv(?, header = true, all_varchar = true, delim = ',', quote = '"'))
"""

EPOCH = "epoch_us(min(moment)), epoch_us(max(moment))"
# What `query --select` tells of groups, and the same of DuckDB.
AGGREGATES = {
    "count": "count(*)", "distinct(destination_x)": "count(DISTINCT destination_x)",
    "min(origin_x)": "min(origin_x)", "max(destination_y)": "max(destination_y)",
    "max(source)": "max(source)", "count(origin_y)": "count(origin_y)",
}
# Name, DuckDB's query on the trips, ours on the exported tables.
SUMMARIES = [
    ("regions", f"SELECT region, count(*), {EPOCH}, min(week), max(week) FROM trips GROUP BY region",
     "SELECT region, trips, first_epoch_us, last_epoch_us, first_week, last_week FROM regions"),
    ("sources", f"SELECT source, count(*), {EPOCH} FROM trips GROUP BY source",
     "SELECT source, trips, first_epoch_us, last_epoch_us FROM sources"),
    ("weekly_trips", "SELECT region, week, source, count(*) FROM trips GROUP BY ALL",
     "SELECT region, week, source, trips FROM weekly_trips"),
    ("source_regions", f"SELECT source, region, count(*), {EPOCH} FROM trips GROUP BY source, region",
     "SELECT source, region, trips, first_epoch_us, last_epoch_us FROM source_regions"),
]


def load(path):
    database = duckdb.connect()
    database.execute(LOAD, [str(path)])
    return database


def week_text(day):
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def monday(week):
    return datetime.date.fromisocalendar(int(week[:4]), int(week[6:]), 1)


def weeks_between(first, last):
    """The weeks from `first` to `last`, both included, as texts."""
    start, end = monday(first), monday(last)
    return [week_text(start + datetime.timedelta(days=days)) for days in range(0, (end - start).days + 1, 7)]


@dataclasses.dataclass
class Question:
    database: object
    regions: list
    sources: list
    box: tuple  # west, south, east, north; or None
    place: str
    first: str  # a date, a week or None
    last: str
    keys: list
    comparisons: list  # as --where takes them, each with its SQL and values

    def options(self):
        """The filter as options of `weekly` and `query`."""
        options = []
        for region in self.regions:
            options += ["--region", region]
        for source in self.sources:
            options += ["--source", source]
        if self.box:
            options += ["--bbox=" + ",".join(repr(edge) for edge in self.box)]
            if self.place:
                options += ["--at", self.place]
        if self.first:
            options += ["--from", self.first]
        if self.last:
            options += ["--to", self.last]
        for text, _, _ in self.comparisons:
            options += ["--where", text]
        return options

    def day_range(self):
        """The first and the last day asked for, or None."""
        first = last = None
        if self.first:
            first = monday(self.first) if "W" in self.first else datetime.date.fromisoformat(self.first)
        if self.last:
            last = (monday(self.last) + datetime.timedelta(days=6) if "W" in self.last
                    else datetime.date.fromisoformat(self.last))
        return first, last

    def condition(self):
        """The filter as SQL with its values."""
        terms, values = ["true"], []
        for column, names in (("region", self.regions), ("source", self.sources)):
            if names:
                terms.append(f"{column} IN ({', '.join('?' * len(names))})")
                values += names
        first, last = self.day_range()
        if first:
            terms.append("day >= ?")
            values.append(first)
        if last:
            terms.append("day <= ?")
            values.append(last)
        if self.box:
            west, south, east, north = self.box
            ends = {}
            for end in ("origin", "destination"):
                across = "OR" if west > east else "AND"
                ends[end] = (f"(({end}_x >= {west!r}::DOUBLE {across} {end}_x <= {east!r}::DOUBLE)"
                             f" AND {end}_y >= {south!r}::DOUBLE AND {end}_y <= {north!r}::DOUBLE)")
            place = self.place or "origin"
            terms.append({"either": f"({ends['origin']} OR {ends['destination']})",
                          "both": f"({ends['origin']} AND {ends['destination']})"}.get(
                              place, ends.get(place)))
        for _, term, operands in self.comparisons:
            terms.append(term)
            values += operands
        return " AND ".join(terms), values

    def week_range(self, first, last):
        """The weeks that count, where those of the data are `first` to `last`."""
        asked_first, asked_last = self.day_range()
        return weeks_between(
            week_text(asked_first) if asked_first else first,
            week_text(asked_last) if asked_last else last)

    def weekly_rows(self, by_region):
        """Region (or nothing), trips, weeks, active weeks, average, active average."""
        condition, values = self.condition()
        group = "region" if by_region else "''"
        counts = {}
        for name, week, count in self.database.execute(
                f"SELECT {group}, week, count(*) FROM trips WHERE {condition} GROUP BY ALL", values).fetchall():
            counts.setdefault(name, {})[week] = count
        # A row about one region has that region's weeks, whether or not it is named after it.
        own = self.regions[:1] if len(set(self.regions)) == 1 else []
        of_region = "WHERE region = ?" if own else ""
        ranges = self.database.execute(
            f"SELECT {group}, min(week), max(week) FROM trips {of_region} GROUP BY 1", own).fetchall()
        for name, first, last in sorted(ranges, key=lambda row: row[0].encode()):
            if by_region and self.regions and name not in self.regions:
                continue
            weeks = self.week_range(first, last)
            yield name, weeks, counts.get(name, {})

    def averages(self, by_region):
        rows = []
        for name, weeks, counts in self.weekly_rows(by_region):
            total = sum(counts.values())
            numbers = [total, len(weeks), len(counts), total / len(weeks) if weeks else None,
                       total / len(counts) if counts else None]
            rows.append(([name] if by_region else []) + numbers)
        return rows

    def per_week(self):
        return [[name, week, counts.get(week, 0)]
                for name, weeks, counts in self.weekly_rows(True) for week in weeks]

    def groups(self, told="count(*)"):
        condition, values = self.condition()
        keys = ", ".join(self.keys)
        rows = self.database.execute(
            f"SELECT {keys}, {told} FROM trips WHERE {condition} GROUP BY {keys}", values).fetchall()
        return sorted(
            (list(row) for row in rows),
            key=lambda row: [str(key).encode() for key in row[:len(self.keys)]])

    def commands(self):
        """Commands with the header and the rows that are expected of each."""
        numbers = ["trips", "weeks", "active_weeks", "average", "active_average"]
        options = self.options()
        yield ["weekly", "--by", "region", *options], ["region", *numbers], self.averages(True)
        yield ["weekly", "--by", "none", *options], numbers, self.averages(False)
        yield (["weekly", "--by", "region", "--per-week", *options], ["region", "week", "trips"],
               self.per_week())
        yield (["query", "--group-by", ",".join(self.keys), "--select", "count", *options],
               [*self.keys, "count"], self.groups())
        yield (["query", "--group-by", ",".join(self.keys), "--select", ",".join(AGGREGATES), *options],
               [*self.keys, *AGGREGATES], self.groups(", ".join(AGGREGATES.values())))


def questions(database, seed, count):
    """The same questions for the same seed; the first few are the corners of what can be asked."""
    chance = random.Random(seed)
    made = [random_question(database, chance, number) for number in range(count)]
    return made


def random_question(database, chance, number):
    names = [name for name, _, _ in trips.REGIONS]
    regions = chance.sample(names, chance.choice([0, 0, 1, 2, 5]))
    sources = chance.sample(trips.SOURCES, chance.choice([0, 0, 0, 1, 2]))
    box = place = None
    if number % 4 != 0:
        box = random_box(database, chance, regions)
        place = chance.choice([None, "origin", "destination", "either", "both"])
    first = random_day(chance, 0, 24) if chance.random() < 0.5 else None
    last = random_day(chance, 25, trips.WEEKS - 1) if chance.random() < 0.5 else None
    keys = chance.sample(["region", "week", "day", "month", "source"], chance.choice([1, 1, 2, 3]))
    comparisons = [random_comparison(database, chance) for _ in range(chance.choice([0, 0, 1, 2]))]
    return Question(database, regions, sources, box, place, first, last, keys, comparisons)


def random_comparison(database, chance):
    """A comparison with a value that some trip has; texts by their bytes."""
    order = chance.choice(["=", "!=", "<", "<=", ">", ">="])
    column = chance.choice(["origin_x", "origin_y", "destination_x", "destination_y", "source", "region", "start_time"])
    if chance.random() < 0.1:
        return f"{column} is not null", "true", []
    if column == "start_time":
        moment = database.execute("SELECT moment FROM trips ORDER BY hash(moment), 1 LIMIT 20").fetchall()
        value = chance.choice(moment)[0]
        return f"{column}{order}{value}", f"moment {order} ?", [value]
    if column in ("source", "region"):
        value = chance.choice(trips.SOURCES if column == "source" else [name for name, _, _ in trips.REGIONS])
        quoted = value.replace("'", "''")
        return f"{column} {order} '{quoted}'", f"encode({column}) {order} encode(?)", [value]
    value = chance.choice(
        database.execute(f"SELECT {column} FROM trips ORDER BY hash(moment), 1 LIMIT 20").fetchall())[0]
    return f"{column}{order}{value!r}", f"{column} {order} {value!r}::DOUBLE", []


def random_box(database, chance, regions):
    """A box whose edges are coordinates of trips, so that wrong edges are noticed."""
    kind = chance.random()
    if kind < 0.1:
        return (-180.0, -90.0, 180.0, 90.0)
    column = chance.choice(["origin", "destination"])
    region = chance.choice(regions or [name for name, _, _ in trips.REGIONS])
    corners = database.execute(
        f"SELECT {column}_x, {column}_y FROM trips WHERE region = ? ORDER BY hash(moment), 1, 2 LIMIT 50",
        [region]).fetchall()
    (x1, y1), (x2, y2) = chance.sample(corners, 2)
    west, east, south, north = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
    if kind < 0.25:  # around the world the other way, across the antimeridian
        return (east, -90.0, west, 90.0)
    if kind < 0.4:  # a strip over many regions
        return (west - 40, -60.0, min(west + 60, 180.0), 70.0)
    return (west, south, east, north)


def random_day(chance, first_week, last_week):
    day = datetime.date.fromisoformat(trips.FIRST_DAY) + datetime.timedelta(
        days=chance.randrange(first_week * 7, last_week * 7 + 7))
    return week_text(day) if chance.random() < 0.5 else day.isoformat()
