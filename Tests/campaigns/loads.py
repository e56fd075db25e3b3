#!/usr/bin/env python3
"""What must hold of loads that are offered again, killed, spoilt or short of memory.

usage: loads.py exactly-once|isolation|limits PROGRAM [--offers N] [--processes N] [--rows N] [--seed N]

  exactly-once  one file offered many times by several processes of which some are killed; and two loads at once
  isolation     20 files of which one is spoilt in its middle: 19 are loaded, the repaired rest by replay; undo
  limits        5,000 partitions at --memory 256M; a large file under a memory cgroup of 256 MB and 64 descriptors

Prints a line for each check; a fault begins with BAD and makes the exit code 1.
"""

import argparse
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

HEADER = "region,origin_coord,destination_coord,datetime,datasource\n"
CGROUPS = "/sys/fs/cgroup/memory"


class Campaign:
    def __init__(self, program, folder, options):
        self.program = os.path.abspath(program)
        self.folder = folder
        self.lake = os.path.join(folder, "lake")
        self.options = options
        self.random = random.Random(options.seed)
        self.faults = 0

    def check(self, holds, text):
        self.faults += 0 if holds else 1
        print(text if holds else f"BAD {text}", flush=True)

    def run(self, *arguments, **manners):
        return subprocess.run(
            [self.program, *arguments, "--lake", self.lake], capture_output=True, text=True, **manners)

    def json(self, *arguments):
        return json.loads(self.run(*arguments, "--format", "json").stdout)

    def status(self):
        return self.json("status")

    def write(self, name, rows):
        path = os.path.join(self.folder, name)
        with open(path, "w") as file:
            file.write(HEADER)
            file.writelines(rows)
        return path

    def trips(self, count, regions=3, weeks=5):
        for number in range(count):
            x, y = self.random.uniform(14, 15), self.random.uniform(50, 51)
            day = self.random.randrange(weeks * 7)
            moment = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(1514764800 + day * 86400 + number % 86400))
            yield f"R{self.random.randrange(regions)},POINT ({x!r} {y!r}),POINT ({y!r} {x!r}),{moment},s{number % 7}\n"


def exactly_once(campaign):
    path = campaign.write("trips.csv", campaign.trips(20_000))
    subprocess.run([campaign.program, "init", "--lake", campaign.lake], check=True, capture_output=True)
    acknowledged, killed, lock = [], [], threading.Lock()

    def offer(count, seed):
        chance = random.Random(seed)
        for _ in range(count):
            process = subprocess.Popen(
                [campaign.program, "ingest", "--lake", campaign.lake, path, "--quiet"],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            if chance.random() < 0.6:
                time.sleep(chance.random() * 0.15)
                process.send_signal(signal.SIGKILL)
            process.communicate()
            with lock:
                (killed if process.returncode == -signal.SIGKILL else acknowledged).append(process.returncode)

    processes = campaign.options.processes
    offers = [campaign.options.offers // processes + (1 if i < campaign.options.offers % processes else 0)
              for i in range(processes)]
    threads = [threading.Thread(target=offer, args=(count, campaign.options.seed + i))
               for i, count in enumerate(offers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    campaign.run("ingest", path)
    rows = campaign.status()["rows"]
    campaign.check(rows == 20_000, f"{sum(offers)} offers by {processes} processes, {len(killed)} killed: {rows} trips of 20000")
    campaign.check(set(acknowledged) <= {0}, f"the {len(acknowledged)} that were not killed ended well")
    loads = [load for load in campaign.json("loads")["rows"] if load["stored"]]
    campaign.check(len(loads) == 1, f"{len(loads)} load stored them")
    check_sound(campaign)

    others = [campaign.write(f"other-{i}.csv", campaign.trips(5_000)) for i in range(2)]
    both = [subprocess.Popen([campaign.program, "ingest", "--lake", campaign.lake, other, "--quiet"],
                             stdout=subprocess.DEVNULL) for other in others]
    codes = [process.wait() for process in both]
    rows = campaign.status()["rows"]
    campaign.check(codes == [0, 0] and rows == 30_000, f"two loads at the same time: {rows - 20_000} trips of 10000")


def isolation(campaign):
    paths = []
    for number in range(20):
        rows = list(campaign.trips(500))
        if number == 7:
            rows[250:330] = [row.replace("POINT", "PONT", 1) for row in rows[250:330]]
        paths.append(campaign.write(f"file-{number:02}.csv", rows))
    run = campaign.run("ingest", *paths)
    campaign.check(run.returncode == 3, f"20 files, one spoilt: exit code {run.returncode}")
    rows = campaign.status()["rows"]
    campaign.check(rows == 19 * 500, f"19 files are loaded: {rows} trips")
    campaign.check("file-07.csv:252" in run.stderr, "the first spoilt line is named")
    before = campaign.status()["row_hash_sum"]

    run = campaign.run("ingest", paths[7], "--max-errors", "50%")
    rows = campaign.status()["rows"]
    campaign.check(run.returncode == 3 and rows == 19 * 500 + 420, f"its good records, when 80 rejects are allowed: {rows} trips")
    load = campaign.json("loads")["rows"][-1]["load"]
    rejects = os.path.join(campaign.folder, "rejects.csv")
    campaign.run("load", str(load), "--rejects", "-o", rejects)
    with open(rejects) as file:
        text = file.read()
    with open(rejects, "w") as file:
        file.write(text.replace("PONT", "POINT"))
    run = campaign.run("replay", str(load), rejects)
    rows = campaign.status()["rows"]
    campaign.check(run.returncode == 0 and rows == 20 * 500, f"replay of the repaired rejects: {rows} trips")
    replayed = campaign.json("loads")["rows"][-1]["load"]
    for number in (replayed, load):
        run = campaign.run("undo", str(number))
        campaign.check(run.returncode == 0, f"undo of load {number}")
    campaign.check(campaign.status()["row_hash_sum"] == before, "the row-hash sum is that of before")
    check_sound(campaign)


def limits(campaign):
    path = campaign.write("partitions.csv", campaign.trips(200_000, regions=100, weeks=52))
    run = campaign.run("ingest", path, "--memory", "256M")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    campaign.check(peak <= 256, f"peak resident memory at --memory 256M: {peak:.0f} MB")
    status = campaign.status()
    campaign.check(run.returncode == 0 and status["rows"] == 200_000 and status["partitions"] >= 5_000,
                   f"{status['partitions']} partitions at --memory 256M: {status['rows']} trips")
    os.remove(path)
    shutil.rmtree(campaign.lake)

    large = os.path.join(campaign.folder, "large")
    subprocess.run([campaign.program, "bench", "--rows", str(campaign.options.rows), "--data-only", "--dir", large],
                   check=True, capture_output=True)
    files = [os.path.join(large, "csv", name) for name in sorted(os.listdir(os.path.join(large, "csv")))]
    size = sum(os.path.getsize(file) for file in files)
    group = os.path.join(CGROUPS, f"triplake-{os.getpid()}")
    has_group = os.path.isdir(CGROUPS) and os.access(CGROUPS, os.W_OK)
    if has_group:
        os.mkdir(group)
        with open(os.path.join(group, "memory.limit_in_bytes"), "w") as file:
            file.write(str(256 << 20))

    def confine():
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
        if has_group:
            with open(os.path.join(group, "cgroup.procs"), "w") as file:
                file.write(str(os.getpid()))

    try:
        # Without --memory the program finds the limit by itself.
        run = campaign.run("ingest", *files, preexec_fn=confine)
    finally:
        if has_group:
            os.rmdir(group)
    rows = campaign.status()["rows"]
    where = "a memory cgroup of 256 MB" if has_group else "no cgroup (none can be made here)"
    campaign.check(run.returncode == 0 and rows == campaign.options.rows,
                   f"{size / 1e9:.2f} GB under {where} and 64 descriptors: exit code {run.returncode}, {rows} trips{run.stderr[-300:] if run.returncode else ''}")
    check_sound(campaign)


def check_sound(campaign):
    run = campaign.run("verify")
    campaign.check(run.returncode == 0, f"verify: {run.stderr.strip().splitlines()[-1] if run.stderr else run.stdout}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["exactly-once", "isolation", "limits"])
    parser.add_argument("program")
    parser.add_argument("--offers", type=int, default=100)
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--rows", type=int, default=8_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", help="where to work; a temporary folder")
    options = parser.parse_args()
    print(f"seed {options.seed}")
    folder = tempfile.mkdtemp(prefix="triplake-loads-", dir=options.folder)
    campaign = Campaign(options.program, folder, options)
    try:
        {"exactly-once": exactly_once, "isolation": isolation, "limits": limits}[options.what](campaign)
    finally:
        shutil.rmtree(folder)
    sys.exit(1 if campaign.faults else 0)


if __name__ == "__main__":
    main()
