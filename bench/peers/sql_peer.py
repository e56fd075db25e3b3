"""The questions in SQL, for the engines that speak it; dialects differ in a few functions."""

import cases


def inside(x, y, box):
    west, south, east, north = box
    return f"{x} BETWEEN {west} AND {east} AND {y} BETWEEN {south} AND {north}"


class SQLPeer:
    """An engine that answers SQL over a table or view called `trips`.

    Columns: region, ox, oy, dx, dy, time, source.
    """

    def rows(self, sql):
        raise NotImplementedError

    def hour(self, column):
        return f"extract(hour FROM {column})"

    def latest(self, value, order):
        return f"arg_max({value}, {order})"

    def cell(self, column):
        return f"CAST(floor({column} / {cases.CELL}) AS INTEGER)"

    def week(self):
        """The week of a trip, as anything that tells weeks apart."""
        return "week"

    def weekly_all(self):
        return self.by_region("true")

    def weekly_one(self):
        return self.weekly(f"region = '{cases.REGION}'")

    def box_small(self):
        return self.weekly(inside("ox", "oy", cases.SMALL_BOX))

    def box_half(self):
        return self.weekly(inside("ox", "oy", cases.HALF_CITY))

    def weekly(self, condition):
        (row,) = self.rows(
            f"SELECT sum(n), count(*), avg(n) FROM (SELECT {self.week()} AS w, count(*) AS n FROM trips "
            f"WHERE {condition} GROUP BY 1) AS weeks")
        return cases.averages([("", *row)])

    def box_eight(self):
        return self.by_region(
            inside("ox", "oy", cases.EIGHT_CITIES) + " AND " + inside("dx", "dy", cases.EIGHT_CITIES))

    def by_region(self, condition):
        return cases.averages(self.rows(
            f"SELECT region, sum(n), count(*), avg(n) FROM (SELECT region, {self.week()} AS w, count(*) AS n "
            f"FROM trips WHERE {condition} GROUP BY 1, 2) AS weeks GROUP BY region"))

    def source_hour(self):
        rows = self.rows(
            f"SELECT source, {self.hour('time')} AS hour, count(*) FROM trips "
            f"WHERE region = '{cases.REGION}' GROUP BY 1, 2")
        return sorted((source, int(hour), count) for source, hour, count in rows)

    def similar(self):
        cells = [self.cell(column) for column in ("ox", "oy", "dx", "dy")]
        rows = self.rows(
            f"SELECT {', '.join(cells)}, {self.hour('time')}, count(*) FROM trips "
            f"GROUP BY 1, 2, 3, 4, 5 ORDER BY 6 DESC, 1, 2, 3, 4, 5 LIMIT {cases.TOP}")
        return [tuple(int(value) for value in row) for row in rows]

    def latest_source(self):
        rows = self.rows(
            "WITH common AS (SELECT region FROM trips GROUP BY region ORDER BY count(*) DESC LIMIT 2) "
            f"SELECT {self.latest('source', 'time')} FROM trips "
            "WHERE region IN (SELECT region FROM common)")
        return [tuple(row) for row in rows]

    def regions_of_source(self):
        return sorted(
            tuple(row)
            for row in self.rows(
                f"SELECT DISTINCT region FROM trips WHERE source = '{cases.SOURCE}'"))
