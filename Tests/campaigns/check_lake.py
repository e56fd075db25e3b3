#!/usr/bin/env python3
"""Checks the lake and the export that a power cut or a kill left behind; exit code 0 where all is well.

usage: check_lake.py after-cut TRIPLAKE FOLDER         with ACKED in the environment
       check_lake.py after-ingest TRIPLAKE LAKE CSV    with EXIT in the environment; loads CSV again
       check_lake.py after-undo TRIPLAKE LAKE LOAD CSV WITHOUT WHOLE
                                                       with EXIT in the environment; undoes LOAD and loads CSV again
       check_lake.py after-gc TRIPLAKE LAKE BEFORE     cleans up again
       check_lake.py after-repair TRIPLAKE LAKE WITHOUT
                                                       with EXIT in the environment; repairs again
       check_lake.py after-export TRIPLAKE LAKE DB     with EXIT in the environment; exports again
"""

import json
import os
import sqlite3
import subprocess
import sys

import load_worker


class Fault(Exception):
    pass


def run(*words, may_fail=False):
    result = subprocess.run(words, capture_output=True, text=True)
    if result.returncode != 0 and not may_fail:
        raise Fault(f"{' '.join(words[1:])} ended with {result.returncode}: {result.stderr.strip()}")
    return result


def sound_status(triplake, lake):
    """The status of a lake in which verify finds nothing."""
    run(triplake, "verify", "--lake", lake)
    return json.loads(run(triplake, "status", "--lake", lake, "--format", "json").stdout)


def row_count(triplake, lake):
    """The rows of a sound lake; 0 where there is none."""
    if not os.path.exists(os.path.join(lake, "LAKE")):
        return 0
    return sound_status(triplake, lake)["rows"]


def check_events(triplake, lake):
    """Each load is told once; each run that a kill did not cut in its first line has one outcome."""
    loads = json.loads(run(triplake, "loads", "--lake", lake, "--format", "json").stdout)["rows"]
    lines = run(triplake, "events", "--lake", lake, "--format", "ndjson").stdout.splitlines()
    events = [json.loads(line) for line in lines]
    ids = [event["id"] for event in events]
    if ids != sorted(set(ids)):
        raise Fault("the ids of the events do not ascend")
    outcomes = [event for event in events if "status" in event["data"] and event["type"] != "load.file_done"]
    told = [event["load"] for event in outcomes if event["load"] is not None]
    if sorted(told) != [row["load"] for row in loads if row["kind"] in ("ingest", "replay")]:
        raise Fault(f"the events tell of the loads {told} and not of {[row['load'] for row in loads]}")
    runs = [event["data"]["run"] for event in events if event["type"] == "load.started"]
    if os.environ["EXIT"] == "-9" and sorted(runs) != sorted(event["data"]["run"] for event in outcomes):
        raise Fault(f"{len(runs)} runs have {len(outcomes)} outcomes")


def exported_trips(path):
    """The trips of a sound export; -1 where there is none."""
    if not os.path.exists(path):
        return -1
    for suffix in ("-wal", "-journal", "-shm"):
        if os.path.exists(path + suffix):
            raise Fault(f"{path}{suffix} is left")
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    integrity = database.execute("PRAGMA integrity_check").fetchone()[0]
    if integrity != "ok":
        raise Fault(f"integrity_check: {integrity}")
    return database.execute("SELECT coalesce(sum(trips), 0) FROM weekly_trips").fetchone()[0]


def after_cut(triplake, folder):
    acked = int(os.environ["ACKED"])
    lake = os.path.join(folder, "trips")
    # The next load may have been committed without having been acknowledged.
    good = [acked * load_worker.ROWS, (acked + 1) * load_worker.ROWS]
    rows = row_count(triplake, lake)
    if rows not in good:
        raise Fault(f"the lake has {rows} rows, {acked} loads were acknowledged")
    trips = exported_trips(os.path.join(folder, "trips.db"))
    if trips not in good:
        raise Fault(f"the export has {trips} trips, {acked} were acknowledged")


def after_ingest(triplake, lake, source):
    with open(source, encoding="utf-8") as file:
        total = sum(1 for _ in file) - 1
    rows = row_count(triplake, lake)
    if rows not in (0, total):
        raise Fault(f"the lake has {rows} rows of {total}")
    if os.environ["EXIT"] == "0" and rows != total:
        raise Fault("a load was acknowledged and is not there")
    run(triplake, "ingest", "--lake", lake, "--threads", "1", source)
    rows = row_count(triplake, lake)
    if rows != total:
        raise Fault(f"the same command afterwards left {rows} rows of {total}")
    check_events(triplake, lake)


def after_undo(triplake, lake, load, source, without, whole):
    """`without` and `whole` are lakes without LOAD and with it; row-hash sums tell whether the rows are the same."""
    without = sound_status(triplake, without)["row_hash_sum"]
    whole = sound_status(triplake, whole)["row_hash_sum"]
    now = sound_status(triplake, lake)["row_hash_sum"]
    if now not in (without, whole):
        raise Fault("the lake is neither with the load nor without it")
    if os.environ["EXIT"] == "0" and now != without:
        raise Fault("an undo was acknowledged and the load is still there")
    run(triplake, "undo", "--lake", lake, load)
    if sound_status(triplake, lake)["row_hash_sum"] != without:
        raise Fault("the same command afterwards did not take the load out")
    run(triplake, "ingest", "--lake", lake, "--threads", "1", "--duplicates", "drop", source)
    if sound_status(triplake, lake)["row_hash_sum"] != whole:
        raise Fault("the file of the load was not loaded again")


def after_repair(triplake, lake, without):
    """The newest snapshot was damaged; the one before has the rows of `without`."""
    if os.environ["EXIT"] == "0" or run(triplake, "status", "--lake", lake, may_fail=True).returncode == 0:
        run(triplake, "repair", "--lake", lake)
    else:
        run(triplake, "repair", "--lake", lake, "--to", "1")
    without = sound_status(triplake, without)["row_hash_sum"]
    if sound_status(triplake, lake)["row_hash_sum"] != without:
        raise Fault("the rows are not those of the snapshot gone back to")


def after_gc(triplake, lake, before):
    rows = sound_status(triplake, before)["row_hash_sum"]
    if sound_status(triplake, lake)["row_hash_sum"] != rows:
        raise Fault("the rows are not those before")
    run(triplake, "gc", "--lake", lake, "--keep", "1", "--keep-for", "0")
    if sound_status(triplake, lake)["row_hash_sum"] != rows:
        raise Fault("the rows are not those before, after the same command again")
    report = json.loads(run(triplake, "verify", "--lake", lake, "--format", "json").stdout)
    left = report["orphans"] + os.listdir(os.path.join(lake, "tx")) + [
        name for name in os.listdir(lake) + os.listdir(os.path.join(lake, "manifests"))
        if name.endswith(".tmp")]
    if left or report["manifests"] != 1:
        raise Fault(f"{left} and {report['manifests']} versions are left")


def after_export(triplake, lake, target):
    """The old export in these campaigns is of an empty file or of another snapshot with fewer trips."""
    total = row_count(triplake, lake)
    old = int(os.environ.get("OLD", "-1"))
    trips = exported_trips(target)
    if trips not in (old, total):
        raise Fault(f"the export has {trips} trips, neither {old} nor {total}")
    if os.environ["EXIT"] == "0" and trips != total:
        raise Fault("an export was acknowledged and is not there")
    run(triplake, "export", "sqlite", "--lake", lake, target)
    if exported_trips(target) != total:
        raise Fault("the same command afterwards did not export")
    left = [name for name in os.listdir(os.path.dirname(target)) if name.startswith(".trips.db")]
    if left:
        raise Fault(f"{left} is left after a successful export")


def main():
    try:
        {"after-cut": after_cut, "after-ingest": after_ingest, "after-undo": after_undo,
         "after-gc": after_gc, "after-repair": after_repair, "after-export": after_export}[sys.argv[1]](*sys.argv[2:])
    except Fault as fault:
        print(fault)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
