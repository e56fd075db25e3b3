"""export postgres against a real server: the tables are SQLite's, a second run merges, nothing breaks half-way.

usage: run.py TRIPLAKE [NAME…]     only the checks whose names begin so
"""

import glob
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

from server import Proxy, Server

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SAMPLE = os.path.join(ROOT, "lake", "landing", "trips.csv")
NAMES = "region,origin_coord,destination_coord,datetime,datasource\n"


class Fault(Exception):
    pass


class Work:
    """The program, a server, and a lake of the sample trips with its SQLite export."""

    def __init__(self, program, server, folder):
        self.program = program
        self.server = server
        self.folder = folder
        self.lake = os.path.join(folder, "lake")
        self.database = os.path.join(folder, "trips.db")
        self.triplake("ingest", "--lake", self.lake, SAMPLE)
        self.add_areas()
        self.triplake("export", "sqlite", "--lake", self.lake, self.database)

    def add_areas(self):
        self.triplake("area", "import", "--lake", self.lake, os.path.join(ROOT, "lake", "areas.csv"))

    def triplake(self, *arguments, expect=0, environment=None):
        result = subprocess.run([self.program, *arguments], capture_output=True, text=True, check=False,
                                env=environment or self.server.environment)
        if result.returncode != expect:
            raise Fault(f"{' '.join(arguments)} ended with {result.returncode}, not {expect}: {result.stderr}")
        return result.stderr

    def export(self, *arguments, expect=0, environment=None):
        return self.triplake("export", "postgres", "--lake", self.lake, *arguments, expect=expect,
                             environment=environment)

    def add(self, name, lines):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(NAMES + "".join(f"{line}\n" for line in lines))
        self.triplake("ingest", "--lake", self.lake, path)
        self.triplake("export", "sqlite", "--lake", self.lake, self.database)

    def undo(self):
        with sqlite3.connect(self.database) as database:
            (snapshot,) = database.execute("SELECT snapshot FROM _triplake_meta").fetchone()
        self.triplake("undo", "--lake", self.lake, str(snapshot))
        self.triplake("export", "sqlite", "--lake", self.lake, self.database)

    def tables(self):
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as database:
            return [name for (name,) in database.execute(
                "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")]

    def of_sqlite(self, sql):
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as database:
            database.text_factory = lambda text: text.decode("utf-8")
            return [list(row) for row in database.execute(sql)]

    def contents(self, schema="triplake"):
        return {name: sorted(self.server.psql(f"SELECT * FROM {schema}.{name}", schema=schema), key=str)
                for name in self.tables()}

    def expect_same(self, schema="triplake"):
        """Every table and view holds what SQLite's holds, numbers compared as numbers."""
        for name in self.tables():
            compare(name, self.of_sqlite(f"SELECT * FROM {name}"),
                    self.server.psql(f"SELECT * FROM {schema}.{name}", schema=schema), is_ordered=False)


def same(left, right):
    if left is None or right is None:
        return left is right
    if isinstance(left, (int, float)):
        return float(right) == float(left)
    return left == right


def compare(name, sqlite, postgres, is_ordered):
    def key(row):
        return [f"{float(value):.9e}" if is_number(value) else str(value) for value in row]

    if not is_ordered:
        sqlite, postgres = sorted(sqlite, key=key), sorted(postgres, key=key)
    if len(sqlite) != len(postgres):
        raise Fault(f"{name}: SQLite has {len(sqlite)} rows, PostgreSQL {len(postgres)}")
    for left, right in zip(sqlite, postgres):
        if len(left) != len(right) or not all(map(same, left, right)):
            raise Fault(f"{name}: SQLite has {left}, PostgreSQL {right}")


def is_number(value):
    try:
        float(value)
    except (TypeError, ValueError):
        return False
    return True


def expect(condition, message):
    if not condition:
        raise Fault(message)


def check_tables_equal_those_of_sqlite(work):
    work.export()
    work.expect_same()
    types = work.server.psql(
        "SELECT data_type, count(*) FROM information_schema.columns WHERE table_schema = 'triplake' "
        "AND table_name = 'source_regions' GROUP BY 1 ORDER BY 1")
    expect(types == [["bigint", "3"], ["text", "2"], ["timestamp without time zone", "2"]], f"{types}")


def check_questions_give_the_same_rows(work):
    work.export("--schema", "asked")
    questions = sorted(glob.glob(os.path.join(ROOT, "lake", "questions", "*.sql")))
    expect(len(questions) >= 4, "there are no questions")
    for path in questions:
        with open(path, encoding="utf-8") as file:
            sql = file.read()
        rows = work.of_sqlite(sql)
        expect(rows, f"{path} has no answer")
        compare(path, rows, work.server.psql(sql, schema="asked"), is_ordered=True)


def check_a_second_run_merges(work):
    work.export("--schema", "merged")
    message = work.export("--schema", "merged")
    expect(" 0 of them changed" in message, f"nothing was new: {message}")
    before = work.server.psql("SELECT oid FROM pg_class WHERE relname = 'regions' ORDER BY oid")
    work.add("more.csv", ["Brno,POINT (16.6 49.2),POINT (16.7 49.3),2019-01-01 10:00:00,new \\ 'source'",
                          "Turin,POINT (7.6 45.0),POINT (7.7 45.1),2018-06-20 10:00:00,pt_search_app"])
    message = work.export("--schema", "merged")
    expect(" 0 of them changed" not in message, message)
    work.expect_same("merged")
    work.export("--schema", "fresh")
    expect(work.contents("merged") == work.contents("fresh"), "merged and fresh tables differ")
    after = work.server.psql("SELECT oid FROM pg_class WHERE relname = 'regions' ORDER BY oid")
    expect(before == after[:len(before)], "a merge made the tables anew")
    work.undo()
    work.export("--schema", "merged")
    work.expect_same("merged")
    expect(not work.server.psql("SELECT * FROM merged.regions WHERE region = 'Brno'"), "Brno is still there")


def check_replace_makes_tables_anew(work):
    work.export("--schema", "anew")
    work.server.psql("ALTER TABLE anew.regions ADD COLUMN note text")
    work.export("--schema", "anew", "--mode", "replace")
    work.expect_same("anew")
    work.server.psql("UPDATE anew._triplake_meta SET format_version = 1")
    expect("TL-6001" in work.export("--schema", "anew", expect=73), "an older format was merged into")
    work.export("--schema", "anew", "--mode", "replace")
    work.expect_same("anew")


def check_what_belongs_to_others_is_left_alone(work):
    work.server.psql("CREATE SCHEMA others; CREATE TABLE others.sources (id int); INSERT INTO others.sources VALUES (7)")
    work.export("--schema", "others", expect=73)
    expect(work.server.psql("SELECT * FROM others.sources") == [["7"]], "a table of others was changed")
    tables = work.server.psql("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'others'")
    expect(tables == [["1"]], "tables are left of an export that failed")
    work.export("--schema", "viewed")
    work.server.psql("CREATE VIEW public.mine AS SELECT region FROM viewed.regions")
    before = work.contents("viewed")
    work.export("--schema", "viewed", "--mode", "replace", expect=73)
    expect(work.contents("viewed") == before, "a refused replace changed the tables")
    work.export("--schema", "viewed")
    work.export("--schema", "odd \"name' \\")
    count = work.server.psql("SELECT count(*) FROM \"odd \"\"name' \\\".regions")
    expect(count == [["3"]], "a schema with an odd name")


def check_a_broken_connection_leaves_the_old_tables(work):
    work.export("--schema", "broken")
    before = work.contents("broken")
    with Proxy(work.server.port, 1 << 30) as proxy:
        work.export("--schema", "broken", environment=dict(work.server.environment, PGPORT=str(proxy.port)))
    total = proxy.passed
    work.add("broken.csv", [f"City {number},POINT (16.6 49.2),POINT (16.7 49.3),2019-01-0{number} 10:00:00,s"
                            for number in range(1, 8)])
    cut = 0
    for limit in [0, 40, *range(300, total, max(1, total // 40))]:
        with Proxy(work.server.port, limit) as proxy:
            environment = dict(work.server.environment, PGPORT=str(proxy.port))
            message = work.export("--schema", "broken", expect=75, environment=environment)
        expect("error[TL-6011]" in message or "error[TL-6007]" in message, message)
        cut += 1
        if "TL-6011" in message:
            expect(work.contents("broken") == before, f"cut after {limit} bytes: the tables changed")
    expect(cut > 30, f"only {cut} cuts")
    print(f"   {cut} connections cut, of {total} bytes")
    work.export("--schema", "broken")
    work.expect_same("broken")
    work.undo()


def check_killed_backends_leave_the_old_tables(work):
    work.export("--schema", "ended")
    before = work.contents("ended")
    # Another session holds what the export needs; the server then ends the export's own session.
    holder = subprocess.Popen(
        [os.path.join(work.server.programs, "psql"), "-X", "-q", "-c",
         "BEGIN; LOCK TABLE ended.regions; SELECT pg_sleep(20)"], env=work.server.environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    export = subprocess.Popen([work.program, "export", "postgres", "--lake", work.lake, "--schema", "ended"],
                              env=work.server.environment, stderr=subprocess.PIPE, text=True)
    waiting = ("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
               "AND query NOT LIKE '%pg_stat_activity%'")
    deadline = time.monotonic() + 15
    while not work.server.psql(waiting) and time.monotonic() < deadline:
        time.sleep(0.05)
    _, message = export.communicate(timeout=30)
    holder.kill()
    holder.wait()
    expect(export.returncode == 75, f"exit {export.returncode}: {message}")
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if not work.server.psql("SELECT 1 FROM pg_locks WHERE relation = 'ended.regions'::regclass"):
            break
        work.server.psql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(20)%' "
                         "AND pid <> pg_backend_pid()")
        time.sleep(0.05)
    expect(work.contents("ended") == before, "the tables changed")


def check_secrets_and_settings(work):
    message = work.export(f"postgresql://trips:secret@127.0.0.1:{work.server.port}/traffic", expect=2)
    expect("TL-6010" in message and "secret@" not in message, message)
    expect("TL-6009" in work.export("postgresql://[", expect=2), "unreadable settings")
    without = {name: value for name, value in work.server.environment.items() if name != "PGPASSWORD"}
    expect("TL-6011" in work.export(environment=without, expect=75), "no password")
    service = os.path.join(work.folder, "services.conf")
    with open(service, "w", encoding="utf-8") as file:
        file.write(f"[traffic]\nhost=127.0.0.1\nport={work.server.port}\nuser=trips\ndbname=traffic\npassword=secret\n")
    work.export("service=traffic", "--schema", "served", environment=dict(os.environ, PGSERVICEFILE=service))
    work.expect_same("served")
    work.server.psql("CREATE ROLE reader LOGIN PASSWORD 'secret'")
    message = work.export("postgresql://reader@/traffic", "--schema", "served", expect=77)
    expect("TL-6005" in message, message)
    expect("TL-6011" in work.export("postgresql://trips@127.0.0.1:1/traffic", expect=75), "a closed port")


def check_small_groups_are_left_out(work):
    work.export("--schema", "private", "--min-count", "10")
    target = os.path.join(work.folder, "private.db")
    work.triplake("export", "sqlite", "--lake", work.lake, "--min-count", "10", target)
    with sqlite3.connect(target) as database:
        for name in ("regions", "sources", "weekly_trips", "source_regions", "weekly_average"):
            rows = [list(row) for row in database.execute(f"SELECT * FROM {name}")]
            compare(name, rows, work.server.psql(f"SELECT * FROM private.{name}", schema="private"), is_ordered=False)
            (smallest,) = database.execute(f"SELECT min(trips) FROM {name}").fetchone()
            expect(smallest is None or smallest >= 10, f"{name} has a row of {smallest} trips")
        expect(database.execute("SELECT count(*) FROM weekly_trips").fetchone()[0] < len(
            work.of_sqlite("SELECT 1 FROM weekly_trips")), "nothing was left out")


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program, wanted = os.path.abspath(sys.argv[1]), tuple(sys.argv[2:])
    checks = [(name.removeprefix("check_"), check) for name, check in globals().items()
              if name.startswith("check_")]
    failed = 0
    folder = tempfile.mkdtemp(prefix="triplake-postgres-")
    with Server() as server:
        work = Work(program, server, folder)
        for name, check in checks:
            if wanted and not name.startswith(wanted):
                continue
            start = time.monotonic()
            try:
                check(work)
                result = "passed"
            except (Fault, RuntimeError, subprocess.SubprocessError) as fault:
                failed += 1
                result = f"FAILED\nerror: {name}: {fault}"
            print(f"   {name}: {time.monotonic() - start:.1f} s, {result}", flush=True)
    shutil.rmtree(folder)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
