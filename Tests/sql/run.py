"""Compares `triplake sql` with other engines on generated trips.

  1  the questions of lake/questions give identical rows on `triplake sql`, on `sqlite3` with an exported database, and
     on `sqlite3` and Python with the extension,
  2  random queries over `trips` equal those of DuckDB on the CSV, numbers compared as numbers,
  3  those whose conditions the engine knows read only the blocks that `triplake query` reads,
  4  nothing can be written; errors name their place; a closed pipe is quiet; Ctrl-C ends with 130,
  5  the prompt, on a pseudo-terminal: editing, history, statements over several lines, Ctrl-C, Ctrl-D.

usage: run.py [--rows N] [--queries N] [--seed N] [--folder DIR] TRIPLAKE EXTENSION.so
"""

import argparse
import csv
import json
import math
import os
import pathlib
import pty
import random
import select
import signal
import subprocess
import sys
import tempfile
import time

import duckdb

PROJECT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(PROJECT / "Tests" / "differential"))

import trips  # noqa: E402

COLUMNS = [
    "region", "origin_x", "origin_y", "destination_x", "destination_y", "start_time", "source",
    "week", "start_time_epoch_us",
]


class Failure(Exception):
    pass


def run(*arguments, code=0, **options):
    """Runs a command and returns its result; any other exit code is a failure."""
    result = subprocess.run(
        [str(argument) for argument in arguments], capture_output=True, text=True, **options)
    if result.returncode != code:
        raise Failure(
            f"exit code {result.returncode}, not {code}: {' '.join(map(str, arguments))}\n"
            + result.stderr)
    return result


def value(text):
    """A field of CSV as a number where it is one."""
    try:
        return float(text)
    except ValueError:
        return text


def rows_of_csv(text):
    return [tuple(map(value, row)) for row in csv.reader(text.splitlines(keepends=True))][1:]


def plain(row):
    """A row of a Python database module as `rows_of_csv` gives it."""
    return tuple(
        "" if field is None else float(field) if isinstance(field, (int, float)) else str(field)
        for field in row)


def same(left, right, tolerance=1e-9):
    """Whether two rows are equal, sums of doubles up to the order in which they were added."""
    return len(left) == len(right) and all(
        a == b or isinstance(a, float) and isinstance(b, float)
        and math.isclose(a, b, rel_tol=tolerance, abs_tol=tolerance)
        for a, b in zip(left, right))


def same_rows(left, right, tolerance=1e-9):
    return len(left) == len(right) and all(same(a, b, tolerance) for a, b in zip(left, right))


def python_with_extensions():
    """A Python whose sqlite3 can load extensions, which not every build can."""
    for python in [sys.executable, "/usr/bin/python3"]:
        check = "import sqlite3; sqlite3.Connection.enable_load_extension"
        if subprocess.run([python, "-c", check], capture_output=True).returncode == 0:
            return python
    raise Failure("no Python here can load extensions of SQLite: apt install python3")


PYTHON_READER = """
import json, sqlite3, sys
connection = sqlite3.connect(":memory:")
connection.execute("PRAGMA query_only = 1")  # as Datasette does
connection.enable_load_extension(True)
connection.load_extension(sys.argv[1].removesuffix(".so"))
print(json.dumps(connection.execute(sys.argv[2]).fetchall()))
"""


# Beside those of the example lake: routes, what a box has in each week, and where it comes from.
MORE_QUESTIONS = [
    ("by route", "SELECT * FROM weekly_average_by_route;"),
    ("routes", "SELECT region, route, week, trips FROM weekly_route_trips ORDER BY 1, 2, 3;"),
    ("a box", "SELECT week, sum(trips) AS trips FROM weekly_area_trips WHERE area = 'east' GROUP BY week ORDER BY week;"),
    ("areas", "SELECT area, kind, west, south, east, north FROM areas ORDER BY area;"),
    ("regions and weeks", "SELECT region, week, sum(trips) AS trips FROM weekly_trips GROUP BY 1, 2 ORDER BY 1, 2;"),
    ("provenance", "SELECT snapshot, digest, lake, zone, format_version FROM _triplake_meta;"),
]


def compare_questions(triplake, extension, lake, folder):
    """The rows of each question on every engine, in order."""
    database = folder / "export.db"
    run(triplake, "export", "sqlite", "--lake", lake, "--quiet", database)
    environment = dict(os.environ, TRIPLAKE_LAKE=str(lake))
    python = python_with_extensions()
    questions = sorted((PROJECT / "lake" / "questions").glob("*.sql"))
    if not questions:
        raise Failure("there are no questions")
    questions = [(question.name, question.read_text()) for question in questions]
    for name, sql in questions + MORE_QUESTIONS:
        answer = run(triplake, "sql", "--lake", lake, "--format", "csv", "-f", "-", input=sql)
        shell = ["sqlite3", "-csv", "-header"]
        read = json.loads(
            run(python, "-c", PYTHON_READER, extension, sql, env=environment).stdout)
        answers = {
            "triplake sql": rows_of_csv(answer.stdout),
            "sqlite3 with the export": rows_of_csv(run(*shell, database, input=sql).stdout),
            "sqlite3 with the extension": rows_of_csv(
                run(*shell, ":memory:", input=f".load {extension}\n{sql}", env=environment).stdout),
            "Python with the extension": [plain(row) for row in read],
        }
        first = answers["triplake sql"]
        for engine, rows in answers.items():
            # The shell writes 15 digits of a double, and Python has all of them.
            if not same_rows(rows, first, 1e-14 if engine.startswith("sqlite3") else 0):
                raise Failure(f"{name} differs on {engine}:\n{rows}\n{first}")
        if not first:
            raise Failure(f"{name} has no rows")
    print(f"   {len(questions + MORE_QUESTIONS)} questions: identical rows on {len(answers)} engines")


class Queries:
    """Random queries, and what `triplake query` asks for the same trips where it can."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def condition(self):
        """A condition in SQL, and the options of `query` that ask the same; `None` where there are none."""
        pick = self.random.choice
        name, x, y = pick(trips.REGIONS)
        quoted = name.replace("'", "''")
        kind = self.random.randrange(9)
        if kind == 0:
            return f"region = '{quoted}'", ["--region", name]
        if kind == 1:
            other = pick(trips.REGIONS)[0]
            return f"region IN ('{quoted}', '{other}', 'Nowhere')", ["--region", name, "--region", other]
        if kind == 2:
            source = pick(trips.SOURCES)
            return f"source = '{source}'", ["--source", source]
        if kind == 3:
            return f"source IN ('{trips.SOURCES[1]}', '{pick(trips.SOURCES)}')", None
        if kind == 4:
            first, last = sorted(self.random.sample(range(27, 53), 2))
            return (
                f"week BETWEEN '2018-W{first}' AND '2018-W{last}'",
                ["--from", f"2018-W{first}", "--to", f"2018-W{last}"])
        if kind == 5:
            day = f"2018-{pick(['08', '10', '12'])}-{self.random.randrange(10, 28)}"
            return f"start_time >= '{day}'", ["--from", day]
        if kind == 6:
            minute = f"2018-11-{self.random.randrange(10, 28)} {self.random.randrange(10, 24)}:30:00"
            return f"start_time < '{minute}'", None
        if kind == 7:
            west, south = round(x - self.random.random() / 10, 3), round(y - self.random.random() / 10, 3)
            east, north = round(west + self.random.random() / 5, 3), round(south + self.random.random() / 5, 3)
            return (
                f"origin_x BETWEEN {west} AND {east} AND origin_y BETWEEN {south} AND {north}",
                [f"--bbox={west},{south},{east},{north}"])
        epoch = 1_530_000_000_000_000 + self.random.randrange(30_000_000) * 1_000_000
        return f"start_time_epoch_us > {epoch}", None

    def query(self):
        """A query whose rows are told apart by their order alone where it has one, and the options of `query`."""
        pick = self.random.choice
        conditions = [self.condition() for _ in range(self.random.randrange(1, 4))]
        options = [option for _, option in conditions]
        names = [option[0].split("=")[0] for option in options if option]
        # Each option asks for one thing, so two conditions of a kind are asked for by SQL alone.
        comparable = all(option is not None for option in options) and len(set(names)) == len(names)
        joint = " AND "
        if self.random.random() < 0.15:
            joint, comparable = " OR ", False
        where = joint.join(f"({condition})" for condition, _ in conditions)
        if self.random.random() < 0.2:
            where = f"{where} AND NOT (origin_y > destination_y)"
        shape = self.random.randrange(6)
        selects = [
            f"SELECT count(*) FROM trips WHERE {where}",
            f"SELECT region, count(*), min(start_time), max(start_time) FROM trips WHERE {where} GROUP BY region",
            f"SELECT source, avg(origin_x), sum(destination_y), count(DISTINCT week) FROM trips WHERE {where} GROUP BY source",
            f"SELECT week, region, count(*) FROM trips WHERE {where} GROUP BY week, region HAVING count(*) > {pick([1, 20])}",
            f"SELECT {', '.join(self.random.sample(COLUMNS, 4))} FROM trips WHERE {where}",
            "SELECT a.region, a.n, b.n FROM "
            f"(SELECT region, count(*) n FROM trips WHERE {where} GROUP BY region) a JOIN "
            "(SELECT region, count(*) n FROM trips WHERE week = '2018-W40' GROUP BY region) b USING (region)",
        ]
        flat = [option for asked in options if asked for option in asked]
        return selects[shape], flat if comparable and shape < 5 else None


def duckdb_with(source):
    """The CSV as a table of the columns that `trips` has."""
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute(
        f"""
        CREATE TABLE trips AS
        SELECT region, source, origin[1]::DOUBLE AS origin_x, origin[2]::DOUBLE AS origin_y,
          destination[1]::DOUBLE AS destination_x, destination[2]::DOUBLE AS destination_y,
          epoch_us(moment) AS start_time_epoch_us, strftime(moment, '%G-W%V') AS week,
          regexp_replace(strftime(moment, '%Y-%m-%d %H:%M:%S.%f'), '\\.?0*$', '') AS start_time
        FROM (
          SELECT region, datasource AS source, datetime::TIMESTAMP AS moment,
            string_split(regexp_extract(origin_coord, '\\((.*)\\)', 1), ' ') AS origin,
            string_split(regexp_extract(destination_coord, '\\((.*)\\)', 1), ' ') AS destination
          FROM read_csv('{source}', header = true, all_varchar = true, delim = ',', quote = '"'))
        """)
    return connection


def explain(result):
    """The last line of standard error, which `--explain=json` writes."""
    return json.loads(result.stderr.strip().splitlines()[-1])


def compare_queries(triplake, lake, source, count, seed):
    queries = Queries(seed)
    oracle = duckdb_with(source)
    pushed = 0
    for number in range(count):
        sql, options = queries.query()
        place = f"query {number} of seed {seed}: {sql}"
        result = run(
            triplake, "sql", "--lake", lake, "--format", "csv", "--explain=json", sql)
        # Rows without ORDER BY come in any order.
        found = sorted(rows_of_csv(result.stdout), key=repr)
        wanted = sorted((plain(row) for row in oracle.execute(sql).fetchall()), key=repr)
        if not same_rows(found, wanted):
            raise Failure(f"{place}\n{found[:3]}\n{wanted[:3]}")
        if options is not None:
            pushed += 1
            compare_blocks(triplake, lake, explain(result), options, place)
    print(f"   {count} random queries (seed {seed}) equal DuckDB's; {pushed} read no block that query skips")
    if pushed * 5 < count:
        raise Failure("too few of the queries have conditions that the engine knows")


def compare_blocks(triplake, lake, read, options, place):
    """Files and blocks considered and skipped are those of `query` for the same trips."""
    rows = run(
        triplake, "query", "--lake", lake, "--select", "rows", "--explain=json", "-o", "/dev/null",
        *options, code=0)
    asked = explain(rows)
    if read["files"]["skipped"] != asked["files"]["skipped"]:
        raise Failure(f"{place}\nfiles: {read['files']}, of query {asked['files']}")
    # Where only the number of rows is asked for, whole files are not opened at all.
    if read["blocks"]["scanned"] > asked["blocks"]["scanned"] + asked["blocks"]["covered"]:
        raise Failure(f"{place}\nblocks: {read['blocks']}, of query {asked['blocks']}")
    if read["files"]["covered"] == 0 and read["blocks"]["skipped"] != asked["blocks"]["skipped"]:
        raise Failure(f"{place}\nblocks: {read['blocks']}, of query {asked['blocks']}")


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT "


def check_manners(triplake, extension, lake, folder):
    before = files(lake)
    for sql in ["DELETE FROM trips", "CREATE TABLE t (a)", "ATTACH 'x.db' AS x", "VACUUM INTO 'x.db'",
                "SELECT load_extension('x')", "UPDATE regions SET trips = 1", "DROP VIEW regions_of_cheap_mobile"]:
        error = run(triplake, "sql", "--lake", lake, sql, code=2, cwd=folder).stderr
        if "TL-5102" not in error:
            raise Failure(f"{sql}: {error}")
    (folder / "wrong.sql").write_text("SELECT 1;\nSELECT regin\nFROM trips;\n")
    error = run(triplake, "sql", "--lake", lake, "-f", folder / "wrong.sql", code=2).stderr
    if "wrong.sql:2:8" not in error or '"region"' not in error:
        raise Failure(f"an error without its place: {error}")
    run(triplake, "sql", "--lake", lake, "--timeout", "0.2s", ENDLESS + "max(i) FROM n", code=75)
    endless = [str(triplake), "sql", "--lake", str(lake), ENDLESS + "i FROM n"]
    piped = subprocess.Popen(endless, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    piped.stdout.read(1000)
    piped.stdout.close()
    message = piped.stderr.read()
    if piped.wait(20) != 0 or message:
        raise Failure(f"a closed pipe: exit code {piped.returncode}, {message}")
    counting = subprocess.Popen(
        endless[:-1] + [ENDLESS + "max(i) FROM n"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(0.5)
    counting.send_signal(signal.SIGINT)
    if counting.wait(20) != 130:
        raise Failure(f"Ctrl-C: exit code {counting.returncode}")
    shell = ["sqlite3", ":memory:", f".load {extension}", "DELETE FROM trips"]
    denied = subprocess.run(
        shell, capture_output=True, text=True, env=dict(os.environ, TRIPLAKE_LAKE=str(lake)))
    if "may not be modified" not in denied.stderr:
        raise Failure(f"the extension: {denied.stderr}")
    if files(lake) != before:
        raise Failure("the lake has changed")
    print("   nothing is written; errors have places; pipes, time limits and Ctrl-C end statements")


class Dialogue:
    """The prompt on a pseudo-terminal."""

    def __init__(self, triplake, lake, state):
        environment = dict(os.environ, XDG_STATE_HOME=str(state), TERM="xterm", NO_COLOR="1")
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.execve(triplake, [str(triplake), "sql", "--lake", str(lake)], environment)
        self.said = ""
        self.expect("triplake> ")

    def expect(self, text, seconds=20):
        """Waits until something is said, and returns what was said up to there."""
        end = time.monotonic() + seconds
        while text not in self.said:
            ready, _, _ = select.select([self.terminal], [], [], max(0, end - time.monotonic()))
            if not ready:
                raise Failure(f"the prompt does not say {text!r}: {self.said!r}")
            try:
                self.said += os.read(self.terminal, 4096).decode(errors="replace")
            except OSError:
                raise Failure(f"the prompt ended before it said {text!r}: {self.said!r}")
        before, self.said = self.said.split(text, 1)
        return before

    def type(self, keys):
        os.write(self.terminal, keys.encode())

    def end(self):
        """Waits for the end and returns the exit code."""
        while True:
            try:
                if not os.read(self.terminal, 4096):
                    break
            except OSError:
                break
        _, status = os.waitpid(self.process, 0)
        os.close(self.terminal)
        return os.waitstatus_to_exitcode(status)


UP, LEFT, HOME, DELETE = "\x1b[A", "\x1b[D", "\x1b[H", "\x1b[3~"
CTRL_A, CTRL_C, CTRL_D, CTRL_E, CTRL_K, CTRL_U, CTRL_W = "\x01\x03\x04\x05\x0b\x15\x17"


def check_prompt(triplake, lake, folder):
    state = folder / "state"
    dialogue = Dialogue(triplake, lake, state)
    # Typed wrongly and mended: 4242 is left of what was typed.
    dialogue.type("SELEC 4242 AS x;" + HOME + "\x1b[C" * 5 + "T\r")
    dialogue.expect("4242\r\n")
    dialogue.expect("triplake> ")
    dialogue.type("xx" + CTRL_A + CTRL_K + "SELECT 'příliš' || 1;" + LEFT + "\x7f2" + DELETE + CTRL_E + ";\r")
    dialogue.expect("příliš2\r\n")
    dialogue.expect("triplake> ")
    dialogue.type("SELECT count(*)\r")
    dialogue.expect("...> ")
    dialogue.type("never" + CTRL_U + "FROM nowhere" + CTRL_W + "trips\r;\r")
    dialogue.expect("count(*)\r\n")
    dialogue.expect("triplake> ")
    dialogue.type("SELECT regin FROM trips;\r")
    dialogue.expect("TL-5101")
    dialogue.expect("triplake> ")
    dialogue.type(".tables\r")
    dialogue.expect("weekly_average_by_region")
    dialogue.expect("groups")
    dialogue.expect("triplake> ")
    dialogue.type(".schema regions\r")
    dialogue.expect("first_epoch_us")
    dialogue.expect("triplake> ")
    dialogue.type("SELECT 'forgotten'" + CTRL_C)
    dialogue.expect("triplake> ")
    dialogue.type(ENDLESS + "max(i) FROM n;\r")
    dialogue.expect("FROM n;\x1b[K\r\n")
    time.sleep(0.5)
    dialogue.type(CTRL_C)
    dialogue.expect("TL-5105")
    dialogue.expect("triplake> ")
    dialogue.type("SELECT 7 * 6;\r")
    dialogue.expect("42\r\n")
    dialogue.expect("triplake> ")
    dialogue.type(CTRL_D)
    if dialogue.end() != 0:
        raise Failure("Ctrl-D does not end the prompt well")
    lines = (state / "triplake" / "history").read_text().splitlines()
    if lines[0] != "SELECT 4242 AS x;" or lines[-1] != "SELECT 7 * 6;" or "SELECT 'forgotten'" in lines:
        raise Failure(f"the history: {lines}")
    if (state / "triplake" / "history").stat().st_mode & 0o077:
        raise Failure("others can read the history")
    again = Dialogue(triplake, lake, state)
    again.type(UP + "\r")
    again.expect("42\r\n")
    again.expect("triplake> ")
    again.type("half")
    again.expect("half")
    os.kill(again.process, signal.SIGTERM)
    if again.end() != 143:
        raise Failure("SIGTERM does not end the prompt with 143")
    print("   the prompt: editing, history, several lines, errors, Ctrl-C, Ctrl-D, SIGTERM")


def files(lake):
    return {(str(path), path.stat().st_size, path.stat().st_mtime_ns)
            for path in pathlib.Path(lake).rglob("*") if path.is_file()}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=50)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--folder")
    parser.add_argument("triplake", type=lambda path: pathlib.Path(path).resolve())
    parser.add_argument("extension", type=lambda path: pathlib.Path(path).resolve())
    options = parser.parse_args()
    # A shell lets what it starts in the background ignore SIGINT, and so would all that is started here.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = pathlib.Path(name)
        source, lake = folder / "trips.csv", folder / "lake"
        run(sys.executable, PROJECT / "Tests/differential/trips.py", options.rows, source,
            "--seed", options.seed)
        run(options.triplake, "ingest", "--lake", lake, source)
        run(options.triplake, "area", "import", "--lake", lake, PROJECT / "lake/areas.csv")
        run(options.triplake, "area", "add", "--lake", lake, "east", "--bbox=0,-90,180,90")
        run(options.triplake, "routes", "fit", "--lake", lake, "--k", "3")
        compare_questions(options.triplake, options.extension, lake, folder)
        compare_queries(options.triplake, lake, source, options.queries, options.seed)
        check_prompt(options.triplake, lake, folder)
        check_manners(options.triplake, options.extension, lake, folder)


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        print(f"FAILED: {failure}", file=sys.stderr)
        sys.exit(1)
