"""DataFusion on the Parquet that DuckDB wrote; it answers, it does not ingest."""

import os

from datafusion import SessionConfig, SessionContext

from sql_peer import SQLPeer


class DataFusion(SQLPeer):
    name = "datafusion"
    ingest = None

    def __init__(self, folder):
        config = SessionConfig({"datafusion.execution.parquet.pushdown_filters": "true"})
        self.context = SessionContext(config.with_target_partitions(2))
        self.context.register_parquet(
            "trips", os.path.join(folder, "parquet"),
            table_partition_cols=[("region", "string"), ("week", "string")])

    def rows(self, sql):
        return [
            tuple(row.values())
            for batch in self.context.sql(sql).collect() for row in batch.to_pylist()]

    def hour(self, column):
        return f"date_part('hour', {column})"

    def latest(self, value, order):
        return f"last_value({value} ORDER BY {order})"
