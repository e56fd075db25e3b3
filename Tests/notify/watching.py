"""watch: files that land in a folder."""

import json
import os
import signal
import time

from lake import HEADER, Lake, check_story, end, expect, rows
from servers import Receiver


class Landing:
    """A watched folder beside a lake."""

    def __init__(self, lake):
        self.lake = lake
        self.path = lake.root / "landing"
        self.path.mkdir()

    def names(self, place=""):
        folder = self.path / place
        return sorted(os.listdir(folder)) if folder.exists() else []

    def receipt(self, place, name):
        return json.loads((self.path / place / f"{name}.receipt.json").read_text())

    def drop(self, name, text):
        """As a careful program does: under another name first."""
        (self.path / f".{name}").write_text(text)
        os.rename(self.path / f".{name}", self.path / name)

    def wait(self, is_reached, what):
        deadline = time.monotonic() + 20
        while not is_reached():
            expect(time.monotonic() < deadline, what, "did not come about:", self.names(), self.names("processed"))
            time.sleep(0.02)


def check_watch_loads_each_file_once(program):
    with Lake(program) as lake:
        landing = Landing(lake)
        (landing.path / "first.csv").write_text(HEADER + rows(3))
        watch = lake.start("watch", str(landing.path), "--format", "ndjson", "--max-errors", "50%")
        landing.wait(lambda: "first.csv" in landing.names("processed"), "the file that was there")
        landing.drop("second.csv", HEADER + rows(3, 10))
        landing.drop("again.csv", HEADER + rows(3))
        landing.drop("mixed.csv", HEADER + rows(3, 20) + "x\n")
        landing.drop("bad.csv", "a,b\n1,2\n")
        for name in (".hidden", "x.part", "x.csv.tmp", "y~"):
            (landing.path / name).write_text(HEADER)
        landing.wait(lambda: len(landing.names("processed")) == 8 and landing.names("failed"), "the others")
        landing.wait(lambda: len(landing.names("failed")) == 2, "the bad one")
        code, output, messages = end(watch)
        expect(code == 0, "SIGTERM ends it with", code, messages)
        expect(landing.names() == [".hidden", "failed", "processed", "x.csv.tmp", "x.part", "y~"], landing.names())
        statuses = {row["file"]: row["status"] for row in map(json.loads, output.splitlines())}
        expect(statuses == {
            "first.csv": "loaded", "second.csv": "loaded", "again.csv": "already_loaded",
            "mixed.csv": "loaded_with_rejects", "bad.csv": "failed"}, statuses)
        receipt = landing.receipt("processed", "first.csv")
        expect(receipt["schema"] == "triplake.receipt/1" and receipt["result"]["load"] == 1, receipt)
        expect(receipt["result"]["files"][0]["stored"] == 3, receipt)
        failed = landing.receipt("failed", "bad.csv")["result"]["files"][0]
        expect(failed["status"] == "failed" and failed["error"], failed)
        expect("TL-2005" in messages, messages)
        check_story(lake)


def check_watch_waits_until_a_file_is_complete(program):
    with Lake(program) as lake:
        landing = Landing(lake)
        early = open(landing.path / "early.csv", "w")
        early.write(HEADER + rows(2))
        early.flush()
        watch = lake.start("watch", str(landing.path))
        late = open(landing.path / "late.csv", "w")
        late.write(HEADER + rows(2, 10))
        late.flush()
        time.sleep(0.6)
        expect(landing.names("processed") == [], "a file was taken while it was written")
        for file, first in ((early, 20), (late, 30)):
            file.write(rows(2, first))
            file.close()
        landing.wait(lambda: len(landing.names("processed")) == 4, "both files")
        end(watch)
        stored = [landing.receipt("processed", name)["result"]["stored"] for name in ("early.csv", "late.csv")]
        expect(stored == [4, 4], stored)


def check_watch_overwrites_nothing(program):
    with Lake(program) as lake:
        landing = Landing(lake)
        for number in range(3):
            (landing.path / "a.csv.gz").write_text(HEADER + rows(2, 10 * number))
            if number == 1:
                (landing.path / "processed" / "a.2.csv.gz").write_text("somebody's")
            lake.run("watch", "--once", str(landing.path))
        expect(landing.names("processed") == [
            "a.2.csv.gz", "a.3.csv.gz", "a.3.csv.gz.receipt.json", "a.4.csv.gz", "a.4.csv.gz.receipt.json",
            "a.csv.gz", "a.csv.gz.receipt.json"], landing.names("processed"))
        expect((landing.path / "processed" / "a.2.csv.gz").read_text() == "somebody's", "it was overwritten")


def check_watch_once(program):
    with Lake(program) as lake:
        landing = Landing(lake)
        lake.run("watch", "--once", str(landing.path))
        landing.drop("good.csv", HEADER + rows(2))
        open_file = open(landing.path / "open.csv", "w")
        lake.run("watch", "--once", str(landing.path))
        expect(landing.names() == ["open.csv", "processed"], landing.names())
        open_file.close()
        landing.drop("bad.csv", "a\n")
        landing.drop("empty.csv", HEADER)
        lake.run("watch", "--once", str(landing.path), exit_code=3)
        landing.drop("bad.csv", "b\n")
        lake.run("watch", "--once", str(landing.path), exit_code=65)
        expect(landing.names("failed") == [
            "bad.2.csv", "bad.2.csv.receipt.json", "bad.csv", "bad.csv.receipt.json"], landing.names("failed"))
        missing = lake.run("watch", "--once", str(landing.path / "none"), exit_code=66)
        expect("TL-8011" in missing.stderr, missing.stderr)


def check_one_watch_a_folder(program):
    with Lake(program) as lake:
        landing = Landing(lake)
        watch = lake.start("watch", str(landing.path))
        landing.drop("a.csv", HEADER + rows(1))
        landing.wait(lambda: landing.names("processed"), "the first file")
        second = lake.run("watch", "--once", str(landing.path), exit_code=75)
        expect("TL-8012" in second.stderr, second.stderr)
        expect(end(watch, signal.SIGINT)[0] == 130, "SIGINT ends with 130")
        lake.run("watch", "--once", str(landing.path))


def check_watch_drains(program):
    """SIGTERM in the middle of a load: it ends, and the file is moved."""
    with Lake(program) as lake:
        landing = Landing(lake)
        landing.drop("big.csv", HEADER + rows(99_000) * 20)
        landing.drop("next.csv", HEADER + rows(1))
        watch = lake.start("watch", str(landing.path), "--threads", "1")
        landing.wait(lambda: lake.events("load.started"), "the load")
        code, _, messages = end(watch, timeout=240)
        expect(code == 0, "ended with", code, messages)
        expect(landing.names("processed") == ["big.csv", "big.csv.receipt.json"], landing.names("processed"))
        expect(landing.names() == ["next.csv", "processed"], landing.names())


def check_watch_goes_on_after_a_kill(program):
    """Killed between commit, receipt and move: loaded once, one receipt, which tells of the load."""
    for call, number in (("pwrite64", 3), ("renameat2", 1), ("renameat2", 2), ("linkat", 1)):
        with Lake(program) as lake:
            landing = Landing(lake)
            landing.drop("a.csv", HEADER + rows(3))
            killed = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e",
                      f"inject={call}:signal=KILL:when={number}"]
            lake.run("watch", "--once", str(landing.path), "--threads", "1", prefix=killed, exit_code=-9)
            expect(landing.names("processed") in ([], [".receipt.new"], ["a.csv.receipt.json"]), landing.names("processed"))
            lake.run("watch", "--once", str(landing.path))
            left = [name for name in landing.names("processed") if name != ".receipt.new"]
            expect(left == ["a.csv", "a.csv.receipt.json"], call, number, landing.names("processed"))
            expect(len(lake.loads()) == 1, lake.loads())
            file = landing.receipt("processed", "a.csv")["result"]["files"][0]
            expect(file["status"] == "loaded" or file["loaded_by"] == 1, file)
            lake.run("watch", "--once", str(landing.path))
            lake.run("ingest", lake.good("b.csv", first=10))
            check_story(lake)


def check_watch_delivers_again_by_itself(program):
    with Lake(program) as lake:
        landing = Landing(lake)
        receiver = Receiver()
        receiver.answers = [500]
        lake.settings([lake.webhook(receiver.url)])
        watch = lake.start("watch", str(landing.path))
        landing.drop("a.csv", HEADER + rows(1))
        landing.wait(lambda: len(receiver.requests) == 2, "the second attempt, after 5 seconds")
        ids = {headers["webhook-id"] for headers, _, _ in receiver.requests}
        expect(len(ids) == 1, ids)
        end(watch)
        receiver.stop()
