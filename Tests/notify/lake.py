"""A lake of its own for each check, and the program."""

import base64
import json
import os
import pathlib
import signal
import subprocess
import tempfile

HEADER = "region,origin_coord,destination_coord,datetime,datasource\n"


class Fault(Exception):
    pass


def expect(is_right, *what):
    if not is_right:
        raise Fault(" ".join(str(part) for part in what))


def rows(count, first=0):
    """Trips that no other call with another `first` makes."""
    return "".join(
        f"Prague,POINT (14.{first + index:05d} 50.01),POINT (14.4 50.1),2018-05-{1 + index % 28:02d} 09:03:40,car\n"
        for index in range(count))


class Lake:
    def __init__(self, program, make=True):
        self.program = program
        self.folder = tempfile.TemporaryDirectory(prefix="triplake-notify.")
        self.root = pathlib.Path(self.folder.name)
        self.path = self.root / "lake"
        self.variables = dict(os.environ)
        self.key = os.urandom(32)
        self.variables["HOOK_SECRET"] = "whsec_" + base64.b64encode(self.key).decode()
        if make:
            self.run("init")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.folder.cleanup()

    def words(self, *words):
        return [self.program, *words, "--lake", str(self.path)]

    def run(self, *words, exit_code=0, prefix=(), timeout=60):
        done = subprocess.run(
            [*prefix, *self.words(*words)], capture_output=True, text=True, env=self.variables, timeout=timeout)
        expect(
            exit_code is None or done.returncode == exit_code,
            " ".join(words), "ended with", done.returncode, "and not", exit_code, done.stderr)
        return done

    def start(self, *words):
        return subprocess.Popen(
            self.words(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=self.variables)

    def file(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return str(path)

    def good(self, name, count=3, first=0):
        return self.file(name, HEADER + rows(count, first))

    def settings(self, webhooks=(), mail=()):
        (self.path / "notify.json").write_text(json.dumps({"webhooks": list(webhooks), "mail": list(mail)}))

    def webhook(self, url, name="hook", **more):
        return {"name": name, "url": url, "secret": {"variable": "HOOK_SECRET"}, **more}

    def events(self, *types):
        lines = self.run("events", "--format", "ndjson").stdout.splitlines()
        found = [json.loads(line) for line in lines]
        return [event for event in found if not types or event["type"] in types]

    def deliveries(self):
        journal = self.path / "events" / "deliveries" / "00000001.ndjson"
        return [json.loads(line) for line in journal.read_text().splitlines()]

    def loads(self):
        return json.loads(self.run("loads", "--format", "json").stdout)["rows"]


OUTCOMES = ("load.committed", "load.committed_with_rejects", "load.duplicate_file", "load.failed")


def check_story(lake):
    """Every run has one outcome, every load one event, ids ascend."""
    events = lake.events()
    ids = [event["id"] for event in events]
    expect(ids == sorted(set(ids)), "ids do not ascend", ids)
    outcomes = [event for event in events if event["type"] in OUTCOMES]
    started = [event["id"] for event in events if event["type"] == "load.started"]
    told = [event["data"]["run"] for event in outcomes if event["data"]["run"]]
    expect(sorted(told) == sorted(started), "runs", started, "have the outcomes of", told)
    loads = [row["load"] for row in lake.loads() if row["kind"] in ("ingest", "replay")]
    numbers = [event["load"] for event in outcomes if event["load"] is not None]
    expect(sorted(numbers) == loads, "loads", loads, "have the events of", numbers)


def end(process, number=signal.SIGTERM, timeout=20):
    process.send_signal(number)
    output, messages = process.communicate(timeout=timeout)
    return process.returncode, output, messages
