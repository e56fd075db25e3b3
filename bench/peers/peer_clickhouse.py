"""ClickHouse in process (chdb): a MergeTree sorted by region and Morton code, with skip indexes."""

import json
import os

from chdb import session

from sql_peer import SQLPeer


def morton(x, y):
    return f"mortonEncode(toUInt32(({x} + 180) * 10000000), toUInt32(({y} + 90) * 10000000))"


def point(column, x, y):
    return (
        f"toFloat64(splitByChar(' ', substring({column}, 8))[1]) AS {x}, "
        f"toFloat64(trimRight(splitByChar(' ', {column})[3], ')')) AS {y}")


class ClickHouse(SQLPeer):
    name = "clickhouse"

    def __init__(self, folder):
        self.path = os.path.join(folder, "clickhouse")
        self.session = session.Session(self.path)
        self.session.query("SET max_threads = 2")

    def ingest(self, files):
        self.session.query("CREATE DATABASE IF NOT EXISTS bench")
        self.session.query(
            "CREATE TABLE bench.trips (region LowCardinality(String), ox Float64, oy Float64, dx Float64, "
            "dy Float64, time DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)), source LowCardinality(String), "
            "INDEX box (ox, oy) TYPE minmax GRANULARITY 1, INDEX ends (dx, dy) TYPE minmax GRANULARITY 1, "
            "INDEX times time TYPE minmax GRANULARITY 1) "
            f"ENGINE = MergeTree PARTITION BY region ORDER BY (toISOYear(time) * 100 + toISOWeek(time), {morton('ox', 'oy')}) "
            "SETTINGS fsync_after_insert = 1, fsync_part_directory = 1")
        for file in files:
            self.session.query(
                "INSERT INTO bench.trips SELECT region, "
                f"{point('origin_coord', 'ox', 'oy')}, {point('destination_coord', 'dx', 'dy')}, "
                "toDateTime(datetime, 'UTC'), datasource "
                f"FROM file('{file}', CSVWithNames, 'region String, origin_coord String, "
                "destination_coord String, datetime String, datasource String')")
        self.session.query("OPTIMIZE TABLE bench.trips FINAL")

    def rows(self, sql):
        text = str(self.session.query(sql.replace("trips", "bench.trips"), "JSONCompactEachRow"))
        return [
            [int(v) if isinstance(v, str) and v.lstrip("-").isdigit() else v for v in json.loads(line)]
            for line in text.splitlines()]

    def week(self):
        return "toMonday(time)"

    def hour(self, column):
        return f"toHour({column})"

    def latest(self, value, order):
        return f"argMax({value}, {order})"

    def cell(self, column):
        return f"toInt32(floor({column} / 0.01))"
