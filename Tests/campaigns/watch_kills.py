#!/usr/bin/env python3
"""Drops many small files into a folder that is watched, and kills the watcher at random and starts it again.

At the end each file must be loaded exactly once, lie in processed/ and have exactly one receipt; the lake must be whole;
and the event log must have one outcome for each run and one event for each load.

usage: watch_kills.py [--files N] [--seed N] [--longest SECONDS] TRIPLAKE
"""

import argparse
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "notify"))
from lake import HEADER, Lake, check_story, expect, rows, Fault  # noqa: E402


def drop(landing, count, dice, is_done):
    for number in range(count):
        text = HEADER + rows(1 + number % 5, 10 * number)
        name = f"{number:04d}.csv"
        if dice.random() < 0.5:
            (landing / f".{name}").write_text(text)
            os.rename(landing / f".{name}", landing / name)
        else:
            with open(landing / name, "w") as file:
                half = len(text) // 2
                file.write(text[:half])
                file.flush()
                if dice.random() < 0.1:
                    time.sleep(0.02)
                file.write(text[half:])
        time.sleep(dice.random() * 0.04)
    is_done.set()


def watch_and_kill(lake, landing, dice, is_done, longest):
    kills = 0
    while True:
        watch = subprocess.Popen(
            lake.words("watch", str(landing), "--threads", "1"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            text=True)
        deadline = time.monotonic() + dice.random() * longest
        while time.monotonic() < deadline and watch.poll() is None:
            time.sleep(0.005)
        is_over = is_done.is_set() and not list(landing.glob("*.csv"))
        watch.send_signal(signal.SIGTERM if is_over else signal.SIGKILL)
        _, messages = watch.communicate(timeout=60)
        expect(watch.returncode in (0, -9), "ended with", watch.returncode, messages)
        if is_over:
            return kills
        kills += 1


def check(lake, landing, count):
    names = [f"{number:04d}.csv" for number in range(count)]
    processed = sorted(os.listdir(landing / "processed"))
    wanted = sorted(names + [f"{name}.receipt.json" for name in names])
    expect([name for name in processed if name != ".receipt.new"] == wanted, "processed/ holds something else")
    expect(not (landing / "failed").exists(), "some files failed")
    loads = [row for row in lake.loads() if row["stored"]]
    expect(len(loads) == count, len(loads), "loads of", count, "files")
    stored = sum(row["stored"] for row in loads)
    expect(stored == sum(1 + number % 5 for number in range(count)), stored, "rows")
    numbers = set()
    moved_later = 0
    for name in names:
        receipt = json.loads((landing / "processed" / f"{name}.receipt.json").read_text())
        file = receipt["result"]["files"][0]
        moved_later += file["status"] == "already_loaded"
        numbers.add(receipt["result"]["load"] or file["loaded_by"])
    expect(numbers == {row["load"] for row in loads}, "receipts tell of other loads")
    lake.run("verify", timeout=1200)
    lake.run("notify", "deliver")
    check_story(lake)
    return moved_later


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=float, default=0.6, help="seconds that a watcher lives at most")
    parser.add_argument("triplake")
    options = parser.parse_args()
    start = time.monotonic()
    with Lake(os.path.abspath(options.triplake)) as lake:
        landing = lake.root / "landing"
        landing.mkdir()
        is_done = threading.Event()
        dropper = threading.Thread(target=drop, args=(landing, options.files, random.Random(options.seed), is_done))
        dropper.start()
        try:
            kills = watch_and_kill(lake, landing, random.Random(options.seed + 1), is_done, options.longest)
            dropper.join()
            later = check(lake, landing, options.files)
        except Fault as fault:
            print(f"BAD {fault}")
            os._exit(1)
        derived = sum(1 for event in lake.events() if event["data"].get("derived"))
    print(
        f"runs={options.files} files, {kills} kills, {later} receipts written by a later run, {derived} events derived, "
        f"{time.monotonic() - start:.0f} s")


if __name__ == "__main__":
    main()
