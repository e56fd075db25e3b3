#!/usr/bin/env python3
"""Kills a command, or fails one of its calls, at every file system call it makes.

For each kind of call, N = 1, 2, 3, … until the command ends by itself: RESET runs, then the command with its
Nth call of that kind killed (before it takes effect) or failed, then CHECK. A `{}` in any of the three is a
folder of its own; CHECK also gets EXIT (the command's exit code, -9 where killed), CALL and NUMBER in its
environment and says by its exit code whether all is well. strace counts calls by thread: let the command
use one.

usage: killat.py [--mode kill|EIO|ENOSPC|EDQUOT] [--for-ever] [--reset CMD] --check CMD -- CMD…
"""

import argparse
import concurrent.futures
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

CALLS = """write pwrite64 writev openat openat2 fsync fdatasync rename renameat renameat2 link linkat unlink unlinkat
mkdir mkdirat ftruncate fallocate flock close""".split()


def injection(mode, number, for_ever):
    what = "signal=KILL" if mode == "kill" else f"error={mode}"
    return f"{what}:when={number}" + ("+" if for_ever else "")


def repeated_sync(log):
    """A file that was synced again after a sync of it had failed (which may hide lost data), or None."""
    failed = set()
    for path, rest in re.findall(r"\b(?:fsync|fdatasync)\(\d+<([^>]*)>(.*)", log):
        if path in failed:
            return path
        if "INJECTED" in rest:
            failed.add(path)
    return None


def run_once(options, folder, call, number):
    """Runs reset, command and check once; returns whether the call was hit, and what is wrong or None."""
    fill = lambda text: text.replace("{}", folder)
    subprocess.run(fill(options.reset), shell=True, check=True)
    log_path = f"{folder}.strace"
    command = ["strace", "-f", "-qq", "-y", "-o", log_path, "-e", f"trace={call}", "-e",
               f"inject={call}:{injection(options.mode, number, options.for_ever)}", "--"]
    result = subprocess.run(
        command + [fill(word) for word in options.command], stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, timeout=120)
    with open(log_path, encoding="utf-8", errors="replace") as file:
        log = file.read()
    if "INJECTED" not in log and "killed by SIGKILL" not in log:
        return False, None
    environment = dict(os.environ, EXIT=str(result.returncode), CALL=call, NUMBER=str(number))
    check = subprocess.run(
        fill(options.check), shell=True, env=environment, capture_output=True, text=True)
    if check.returncode != 0:
        return True, (check.stdout + check.stderr).strip() or f"check ended with {check.returncode}"
    if repeated_sync(log):
        return True, f"{repeated_sync(log)} was synced again after a failed sync"
    if options.mode != "kill" and result.returncode < 0:
        return True, f"ended by signal {-result.returncode}"
    return True, None


def run_call(options, base, call):
    """All numbers of one call; returns how many were hit and the faults found."""
    folder = os.path.join(base, call)
    hits, faults, number = 0, [], options.step if options.step > 1 else 1
    while True:
        is_hit, fault = run_once(options, folder, call, number)
        if not is_hit:
            break
        hits += 1
        if fault:
            faults.append(f"{call} #{number}: {fault}")
        number += options.step
    return hits, faults


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--mode", default="kill", choices=["kill", "EIO", "ENOSPC", "EDQUOT"])
    parser.add_argument("--for-ever", action="store_true", help="also every later call of the kind")
    parser.add_argument("--reset", default="rm -rf {}; mkdir -p {}")
    parser.add_argument("--check", required=True)
    parser.add_argument("--calls", help="comma-separated; default: all that change files")
    parser.add_argument("--step", type=int, default=1, help="only every STEPth number")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()

    calls = options.calls.split(",") if options.calls else CALLS
    # Memory, so that the disk's syncs do not decide how long it takes.
    base = tempfile.mkdtemp(prefix="killat.", dir="/dev/shm")
    start = time.monotonic()
    try:
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            results = list(pool.map(lambda call: run_call(options, base, call), calls))
    finally:
        shutil.rmtree(base, ignore_errors=True)
    runs = sum(hits for hits, _ in results)
    faults = [fault for _, some in results for fault in some]
    for fault in faults[:20]:
        print(f"BAD {fault}")
    counts = " ".join(f"{call}:{hits}" for call, (hits, _) in zip(calls, results) if hits)
    seconds = time.monotonic() - start
    print(f"mode={options.mode}{' for-ever' if options.for_ever else ''} runs={runs} bad={len(faults)} "
          f"seconds={seconds:.0f} ({counts})")
    if runs == 0:
        print("BAD no call was hit")
    return 1 if faults or runs == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
