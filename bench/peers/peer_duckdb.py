"""DuckDB: its own table, and Parquet partitioned by region and week."""

import os

import duckdb

from sql_peer import SQLPeer

POINT = "split_part(substr({0}, 8), ' ', 1)::DOUBLE AS {1}, rtrim(split_part({0}, ' ', 3), ')')::DOUBLE AS {2}"
COLUMNS = (
    "{'region': 'VARCHAR', 'origin_coord': 'VARCHAR', 'destination_coord': 'VARCHAR', "
    "'datetime': 'TIMESTAMP', 'datasource': 'VARCHAR'}")


def select(files):
    origin = POINT.format("origin_coord", "ox", "oy")
    destination = POINT.format("destination_coord", "dx", "dy")
    return (
        f"SELECT region, {origin}, {destination}, datetime AS time, datasource AS source, "
        "strftime(datetime, '%G-W%V') AS week "
        f"FROM read_csv({files!r}, header = true, columns = {COLUMNS})")


class DuckDBTable(SQLPeer):
    name = "duckdb-table"

    def __init__(self, folder):
        self.path = os.path.join(folder, "trips.duckdb")
        self.connection = duckdb.connect(self.path)
        self.connection.execute("SET threads = 2")

    def ingest(self, files):
        self.connection.execute("CREATE TABLE trips AS " + select(files))
        self.connection.execute("CHECKPOINT")

    def rows(self, sql):
        return self.connection.execute(sql).fetchall()


class DuckDBParquet(SQLPeer):
    name = "duckdb-parquet"

    def __init__(self, folder):
        self.path = os.path.join(folder, "parquet")
        self.connection = duckdb.connect()
        self.connection.execute("SET threads = 2")
        if os.path.isdir(self.path):
            self.make_view()

    def ingest(self, files):
        self.connection.execute(
            f"COPY ({select(files)}) TO '{self.path}' "
            "(FORMAT parquet, PARTITION_BY (region, week), COMPRESSION zstd)")
        os.sync()
        self.make_view()

    def make_view(self):
        self.connection.execute(
            f"CREATE VIEW trips AS SELECT * FROM read_parquet('{self.path}/**/*.parquet', "
            "hive_partitioning = true)")

    def rows(self, sql):
        return self.connection.execute(sql).fetchall()
