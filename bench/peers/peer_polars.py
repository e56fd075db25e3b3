"""Polars: streaming conversion to Parquet partitioned by region and week, lazy scans."""

import os

import polars as pl

import cases

WEEK = pl.col("time").dt.strftime("%G-W%V")


def point(column, x, y):
    numbers = pl.col(column).str.slice(7).str.strip_chars_end(")").str.split_exact(" ", 1)
    return [
        numbers.struct.field("field_0").cast(pl.Float64).alias(x),
        numbers.struct.field("field_1").cast(pl.Float64).alias(y)]


def inside(x, y, box):
    west, south, east, north = box
    return pl.col(x).is_between(west, east) & pl.col(y).is_between(south, north)


class Polars:
    name = "polars"

    def __init__(self, folder):
        self.path = os.path.join(folder, "polars")

    def ingest(self, files):
        frame = pl.scan_csv(files).select(
            "region", *point("origin_coord", "ox", "oy"), *point("destination_coord", "dx", "dy"),
            pl.col("datetime").str.to_datetime("%Y-%m-%d %H:%M:%S", time_unit="us").alias("time"),
            pl.col("datasource").alias("source"))
        frame.with_columns(week=WEEK).sink_parquet(
            pl.PartitionBy(self.path, key=["region", "week"]), compression="zstd", mkdir=True)
        os.sync()

    def trips(self):
        return pl.scan_parquet(self.path + "/**/*.parquet", hive_partitioning=True)

    def weekly(self, condition):
        weeks = self.trips().filter(condition).group_by("week").len()
        row = weeks.select(pl.col("len").sum().alias("n"), pl.len().alias("w"), pl.col("len").mean().alias("a"))
        return cases.averages(("", *row) for row in row.collect().rows())

    def by_region(self, frame):
        weeks = frame.group_by("region", "week").len()
        rows = weeks.group_by("region").agg(
            pl.col("len").sum().alias("n"), pl.len().alias("w"), pl.col("len").mean().alias("a"))
        return cases.averages(rows.collect().rows())

    def weekly_all(self):
        return self.by_region(self.trips())

    def weekly_one(self):
        return self.weekly(pl.col("region") == cases.REGION)

    def box_small(self):
        return self.weekly(inside("ox", "oy", cases.SMALL_BOX))

    def box_half(self):
        return self.weekly(inside("ox", "oy", cases.HALF_CITY))

    def box_eight(self):
        both = inside("ox", "oy", cases.EIGHT_CITIES) & inside("dx", "dy", cases.EIGHT_CITIES)
        return self.by_region(self.trips().filter(both))

    def source_hour(self):
        frame = self.trips().filter(pl.col("region") == cases.REGION)
        return sorted(
            frame.group_by("source", pl.col("time").dt.hour().cast(pl.Int64).alias("hour")).len()
            .collect(engine="streaming").rows())

    def similar(self):
        cells = [(pl.col(c) / cases.CELL).floor().cast(pl.Int32).alias(c) for c in ("ox", "oy", "dx", "dy")]
        groups = self.trips().group_by(*cells, pl.col("time").dt.hour().alias("hour")).len()
        keys = ["ox", "oy", "dx", "dy", "hour"]
        top = groups.sort(["len"] + keys, descending=[True] + [False] * 5).head(cases.TOP)
        return top.collect(engine="streaming").rows()

    def latest_source(self):
        common = self.trips().group_by("region").len().sort("len", descending=True).head(2)
        names = common.collect()["region"].to_list()
        latest = self.trips().filter(pl.col("region").is_in(names)).top_k(1, by="time")
        return latest.select("source").collect().rows()

    def regions_of_source(self):
        frame = self.trips().filter(pl.col("source") == cases.SOURCE)
        return sorted(frame.select(pl.col("region").unique()).collect().rows())
