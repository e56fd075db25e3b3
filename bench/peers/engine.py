"""One engine in a process of its own: `engine.py NAME FOLDER ingest FILE…` or `engine.py NAME FOLDER ask RUNS CASE…`.

Prints one JSON object a line: the seconds of each run, and the answer. Start-up is left out, but for triplake, whose whole
process is timed. A question is asked RUNS times; a short one once more before, which is not counted, and more often: until
it has taken SHORT seconds in all, but not more than LARGEST_RUNS times, because few runs of a few milliseconds each say
little.
"""

import json
import resource
import sys
import time

SHORT = 0.4
LARGEST_RUNS = 14


def engine(name, folder):
    if name.startswith("duckdb"):
        import peer_duckdb
        peers = [peer_duckdb.DuckDBTable, peer_duckdb.DuckDBParquet]
    elif name == "polars":
        import peer_polars
        peers = [peer_polars.Polars]
    elif name == "clickhouse":
        import peer_clickhouse
        peers = [peer_clickhouse.ClickHouse]
    elif name == "datafusion":
        import peer_datafusion
        peers = [peer_datafusion.DataFusion]
    else:
        import peer_triplake
        peers = [peer_triplake.Triplake, peer_triplake.TriplakeSmall]
    return next(peer for peer in peers if peer.name == name)(folder)


def peak_bytes():
    """The largest resident set of this process and of the processes it ran."""
    return 1024 * max(
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def say(**facts):
    print(json.dumps(facts), flush=True)


def ingest(peer, files):
    start = time.monotonic()
    peer.ingest(files)
    say(case="ingest", seconds=[time.monotonic() - start], peak=peak_bytes(), answer=None)


def timed(peer, name):
    start = time.monotonic()
    answer = getattr(peer, name)()
    return [getattr(peer, "process_seconds", time.monotonic() - start)], answer


def ask(peer, runs, names):
    for name in names:
        if not hasattr(peer, name):
            continue
        seconds, answer = timed(peer, name)
        if seconds[0] < SHORT:
            seconds = []
        while len(seconds) < runs or (sum(seconds) < SHORT and len(seconds) < LARGEST_RUNS):
            more, answer = timed(peer, name)
            seconds += more
        say(case=name, seconds=seconds, peak=peak_bytes(), answer=answer)


if __name__ == "__main__":
    name, folder, action, *rest = sys.argv[1:]
    if action == "ingest":
        ingest(engine(name, folder), rest)
    else:
        ask(engine(name, folder), int(rest[0]), rest[1:])
