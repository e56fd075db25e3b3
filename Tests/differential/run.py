"""Compares triplake with DuckDB and with Python on generated trips.

Makes a CSV (see trips.py), loads it with one and with two threads, and checks that
  1  both lakes hold byte-identical trip files,
  2  what is read back is what was loaded, as a multiset, every double bit for bit,
  3  random filters, each under `weekly` and under `query --group-by`, agree with DuckDB on the CSV,
  4  similar trips by random cells, under random memory and threads, agree with cells computed by numpy,
  5  the exported summary tables agree with DuckDB on the CSV.

usage: run.py [--rows N] [--filters N] [--seed N] [--folder DIR] TRIPLAKE
"""

import argparse
import collections
import csv
import hashlib
import os
import pathlib
import random
import shutil
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time

import numpy as np

import cells
import oracle
import trips


# What grouping may take in a random question.
MEMORIES = ["96M", "100K", "1G"]


class Failure(Exception):
    pass


def run(*arguments):
    """Runs a command and returns its standard output; anything but exit code 0 is a failure."""
    arguments = [str(argument) for argument in arguments]
    result = subprocess.run(arguments, capture_output=True, env=dict(os.environ, TZ="Pacific/Apia"))
    if result.returncode != 0:
        raise Failure(
            f"exit code {result.returncode} of: {' '.join(arguments)}\n"
            + result.stderr.decode(errors="replace"))
    return result.stdout.decode("utf-8")


def table(text):
    """The header and the rows of a CSV text."""
    rows = list(csv.reader(text.splitlines(keepends=True), strict=True))
    return rows[0], [tuple(row) for row in rows[1:]]


def file_digests(lake):
    """Folder and content of every trip file; the random part of the names is left out."""
    files = sorted((lake / "data").rglob("*.trip"))
    if not files:
        raise Failure(f"there are no trip files in {lake}")
    return collections.Counter(
        (str(file.parent.relative_to(lake)), hashlib.sha256(file.read_bytes()).hexdigest())
        for file in files)


def load(triplake, lake, source, threads, rows):
    start = time.monotonic()
    run(triplake, "ingest", "--lake", lake, "--threads", threads, source)
    seconds = time.monotonic() - start
    print(f"   {threads} thread(s): {seconds:.2f} s, {rows / seconds / 1e6:.2f} M rows/s")


def check_same_files(triplake, folder, source, rows):
    lakes = [folder / f"lake-{threads}" for threads in (1, 2)]
    for threads, lake in zip((1, 2), lakes):
        load(triplake, lake, source, threads, rows)
    one, two = map(file_digests, lakes)
    if one != two:
        raise Failure(f"{sum((one - two).values())} of {one.total()} trip files differ")
    print(f"   {one.total()} byte-identical trip files")
    return lakes[0]


def bits(text):
    return struct.pack("<d", float(text))


def point_bits(text):
    x, y = text.removeprefix("POINT").strip().removeprefix("(").removesuffix(")").split()
    return bits(x) + bits(y)


def canonical_rows(lines):
    """Every row as bytes that are equal exactly where the rows mean the same."""
    reader = csv.DictReader(lines, strict=True)
    for row in reader:
        moment = row["datetime"].rstrip("0").rstrip(".") if "." in row["datetime"] else row["datetime"]
        texts = "\0".join((row["region"], moment, row["datasource"])).encode()
        yield point_bits(row["origin_coord"]) + point_bits(row["destination_coord"]) + texts


def check_reads_back(triplake, lake, source):
    with open(source, encoding="utf-8", newline="") as file:
        expected = collections.Counter(canonical_rows(file))
    back = run(triplake, "query", "--lake", lake, "--select", "rows", "--format", "csv")
    actual = collections.Counter(canonical_rows(back.splitlines(keepends=True)))
    if actual != expected:
        lost, extra = expected - actual, actual - expected
        example = next(iter(lost or extra))
        raise Failure(f"{lost.total()} rows are lost, {extra.total()} are extra, such as {example!r}")
    print(f"   {actual.total()} rows, the same bits")


def same_numbers(expected, actual):
    """Whether a row of texts says the same as a row of values: text equal, numbers the same double."""
    if len(expected) != len(actual):
        return False
    for value, text in zip(expected, actual):
        if value is None:
            if text != "":
                return False
        elif isinstance(value, float):
            if text == "" or float(text) != value:
                return False
        elif str(value) != text:
            return False
    return True


def compare(what, expected, actual):
    if len(expected) != len(actual):
        raise Failure(f"{what}\n{len(expected)} rows are expected, {len(actual)} came")
    for right, row in zip(expected, actual):
        if not same_numbers(right, row):
            raise Failure(f"{what}\n{right} is expected, {row} came")


def check_filters(triplake, lake, database, seed, count):
    questions = oracle.questions(database, seed, count)
    answered = 0
    for question in questions:
        for command, header, expected in question.commands():
            arguments = [triplake, command[0], "--lake", lake, *command[1:], "--format", "csv"]
            names, rows = table(run(*arguments))
            what = f"seed {seed}: " + " ".join(map(str, command))
            if names != header:
                raise Failure(f"{what}\nthe header is {names}, {header} is expected")
            compare(what, expected, rows)
            answered += len(rows)
    print(f"   {len(questions)} filters, {answered} rows of answers")


def check_groups(triplake, lake, database, seed, count):
    chance = random.Random(seed)
    answered = 0
    for grid, slot, regions, per_week, top, minimum in cells.questions(chance, count):
        command = ["groups", "--cell", grid, "--slot", slot, "--min-count", minimum, "--format", "csv",
                   "--threads", chance.choice([1, 2]), "--memory", chance.choice(MEMORIES)]
        command += [word for region in regions for word in ("--region", region)]
        command += ["--per-week"] if per_week else []
        command += ["--top", top] if top else []
        keys, counts = cells.groups(database, grid, slot, regions, per_week)
        keys, counts = keys[counts >= minimum], counts[counts >= minimum]
        if top:
            order = np.argsort(-counts, kind="stable")[:top]
            keys, counts = keys[order], counts[order]
        expected = [cells.texts(grid, slot, key, count) for key, count in zip(keys.tolist(), counts.tolist())]
        _, rows = table(run(triplake, *command, "--lake", lake))
        what = f"seed {seed}: " + " ".join(map(str, command))
        compare(what, expected, rows)
        answered += len(rows)
    print(f"   {count} questions, {answered} groups")


def check_export(triplake, lake, database, folder):
    target = folder / "trips.db"
    run(triplake, "export", "sqlite", "--lake", lake, target)
    exported = sqlite3.connect(f"file:{target}?mode=ro", uri=True)
    total = 0
    for name, theirs, ours in oracle.SUMMARIES:
        expected = sorted(database.execute(theirs).fetchall())
        actual = sorted(exported.execute(ours).fetchall())
        if expected != actual:
            difference = sorted(set(expected) ^ set(actual))[:2]
            raise Failure(f"{name}: {len(expected)} rows against {len(actual)}: {difference}")
        total += len(actual)
    print(f"   {total} rows of summaries")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--filters", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=pathlib.Path, help="where to work; kept, and its CSV reused")
    parser.add_argument("triplake", type=pathlib.Path)
    options = parser.parse_args()
    folder = options.folder or pathlib.Path(tempfile.mkdtemp(prefix="triplake-differential."))
    folder.mkdir(parents=True, exist_ok=True)
    triplake = options.triplake.resolve()
    source = folder / f"trips-{options.rows}-{options.seed}.csv"
    try:
        if not source.exists():
            print(f"{options.rows} trips, seed {options.seed}")
            trips.write(source, options.rows, options.seed)
        for name in ("lake-1", "lake-2"):
            shutil.rmtree(folder / name, ignore_errors=True)
        print("one and two threads write the same files")
        lake = check_same_files(triplake, folder, source, options.rows)
        print("what was loaded is read back")
        check_reads_back(triplake, lake, source)
        database = oracle.load(source)
        print("filters agree with DuckDB")
        check_filters(triplake, lake, database, options.seed, options.filters)
        print("similar trips agree with numpy")
        check_groups(triplake, lake, database, options.seed, options.filters)
        print("the export agrees with DuckDB")
        check_export(triplake, lake, database, folder)
    except Failure as failure:
        print(f"FAILED: {failure}", file=sys.stderr)
        return 1
    finally:
        if options.folder is None:
            shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
