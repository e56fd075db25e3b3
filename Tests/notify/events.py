"""The event log, and events --follow."""

import json
import signal
import subprocess
import time

from lake import HEADER, Lake, check_story, end, expect, rows


def check_follow_tells_events_as_they_happen(program):
    with Lake(program) as lake:
        lake.run("ingest", lake.good("a.csv"))
        first = lake.events()[0]["id"]
        live = lake.start("events", "--follow", "--format", "ndjson")
        resumed = lake.start("events", "--follow", "--since", first, "--format", "ndjson")
        lines = [json.loads(resumed.stdout.readline()) for _ in range(2)]
        start = time.monotonic()
        lake.run("ingest", lake.good("b.csv", first=10))
        lines += [json.loads(resumed.stdout.readline()) for _ in range(3)]
        told = [json.loads(live.stdout.readline()) for _ in range(3)]
        expect(time.monotonic() - start < 5, "events came late")
        expect(lines == lake.events()[1:], "resumed: another story than the log's")
        expect(told == lake.events()[3:], "live: another story than the log's")
        expect(end(live, signal.SIGINT)[0] == 130, "SIGINT ends with 130")
        expect(end(resumed, signal.SIGTERM)[0] == 143, "SIGTERM ends with 143")


def check_follow_sleeps(program):
    """No polling: a process that waits uses no processor."""
    with Lake(program) as lake:
        follower = lake.start("events", "--follow")
        time.sleep(0.3)
        ticks = lambda: sum(map(int, open(f"/proc/{follower.pid}/stat").read().split()[13:15]))
        switches = lambda: sum(
            int(line.split()[1]) for line in open(f"/proc/{follower.pid}/status") if "ctxt_switches" in line)
        before = (ticks(), switches())
        time.sleep(1)
        expect((ticks(), switches()) == before, "it woke although nothing happened")
        end(follower)


def check_follow_ends_with_its_reader(program):
    with Lake(program) as lake:
        follower = subprocess.Popen(
            f"{program} events --follow --last 5 --format csv --lake {lake.path} | head -1", shell=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        output, messages = follower.communicate(timeout=10)
        expect(output.startswith("id,time,type"), output)
        expect(messages == "", messages)


def check_progress_is_the_same_schema(program):
    with Lake(program) as lake:
        done = lake.run("ingest", "--progress", "ndjson", "--quiet", lake.good("a.csv", 20_000))
        told = [json.loads(line) for line in done.stderr.splitlines()]
        logged = lake.events()
        expect([event for event in told if event["type"] != "load.progress"] == logged, "another story")
        progress = [event for event in told if event["type"] == "load.progress"]
        expect(progress and progress[-1]["data"]["phase"] == "committing", "no commit phase")
        shares = [event["data"]["share"] for event in progress]
        expect(shares == sorted(shares) and shares[-1] < 1, "shares", shares)
        expect(all(list(event) == ["id", "type", "time", "lake", "load", "data"] for event in told), "members")


def check_every_outcome_is_logged(program):
    with Lake(program) as lake:
        good = lake.good("good.csv")
        mixed = lake.file("mixed.csv", HEADER + rows(20, 100) + "x\n")
        lake.run("ingest", good)
        lake.run("ingest", good)
        lake.run("ingest", mixed, exit_code=3)
        lake.run("ingest", lake.file("bad.csv", HEADER + "x\n"), exit_code=65)
        lake.run("ingest", lake.file("wrong.csv", "a,b\n"), exit_code=65)
        lake.run("undo", "1")
        types = [event["type"] for event in lake.events() if event["type"] not in ("load.started", "load.file_done")]
        expect(types == [
            "load.committed", "load.duplicate_file", "load.committed_with_rejects", "load.failed", "load.failed",
            "load.undone"], types)
        check_story(lake)


def check_a_kill_between_commit_and_event_hides_nothing(program):
    """Killed at each write to the log in turn; the next load tells what is missing."""
    for number in (1, 2, 3):
        with Lake(program) as lake:
            lake.run("ingest", lake.good("first.csv"))
            log = lake.path / "events" / "00000001.ndjson"
            killed = ["strace", "-f", "-qq", "-o", "/dev/null", "-P", str(log), "-e", "trace=pwrite64",
                      "-e", f"inject=pwrite64:signal=KILL:when={number}"]
            second = lake.good("second.csv", first=10)
            lake.run("ingest", "--threads", "1", second, prefix=killed, exit_code=-9)
            committed = len(lake.loads())
            expect(committed == (2 if number == 3 else 1), "write", number, "left", committed, "loads")
            lake.run("ingest", lake.good("third.csv", first=20))
            check_story(lake)
            derived = [event for event in lake.events() if event["data"].get("derived")]
            types = [event["type"] for event in derived]
            wanted = {1: [], 2: ["load.failed"], 3: ["load.committed"]}[number]
            expect(types == wanted, "write", number, "derived", types)
            if number == 3:
                expect(derived[0]["data"]["files"][0]["path"] == second, derived)
