#!/usr/bin/env python3
"""Cuts the power of a file system while a worker writes on it, and checks what is left.

  outer.img  (sparse file) -> loop -> XFS with reflink         the lab
    disk.img (in the lab)  -> loop -> ext4, xfs or btrfs       the file system under test

FICLONE of disk.img copies at one instant what has reached the "disk". Mounting the copy replays the file
system's own journal, as after a real cut. What is only in the page cache is not in the copy, so a missing
sync shows. The copy keeps the order of the kernel's writes; a drive that reorders is not imitated.

WORKER prints READY, then ACK n after each commit, and waits for a line on standard input after each. Cuts
come right after an ACK, or (--moment any) up to --window seconds after the worker was let go on. CHECK gets
ACKED=n, the last acknowledged commit, in its environment; exit code 0 means that nothing is lost. A `{}` in
either is the folder under test. Needs root, loop devices and xfsprogs (btrfs-progs for btrfs).

usage: powercut.py [--fs ext4] [--cuts 100] [--moment ack|any] [--unrelated-fsync] -- WORKER… :: CHECK…
"""

import argparse
import contextlib
import fcntl
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

FICLONE = 0x40049409
SIZES_MB = {"ext4": 256, "btrfs": 256, "xfs": 320}
MAKE = {"ext4": ["mkfs.ext4", "-q", "-F"], "xfs": ["mkfs.xfs", "-q", "-f"], "btrfs": ["mkfs.btrfs", "-q", "-f"]}


def command(*words):
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


def make_image(path, megabytes, maker):
    with open(path, "wb") as file:
        file.truncate(megabytes << 20)
    command(*maker, path)


@contextlib.contextmanager
def mounted(image, folder, options="loop"):
    os.makedirs(folder, exist_ok=True)
    command("mount", "-o", options, image, folder)
    try:
        yield folder
    finally:
        if subprocess.run(["umount", folder], check=False).returncode != 0:
            command("umount", "-l", folder)


def clone(image, copy):
    source = os.open(image, os.O_RDONLY)
    target = os.open(copy, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    try:
        fcntl.ioctl(target, FICLONE, source)
    finally:
        os.close(source)
        os.close(target)


def sync_something_else(folder, number):
    file = os.open(os.path.join(folder, "other"), os.O_CREAT | os.O_WRONLY, 0o600)
    os.write(file, b"%d" % number)
    os.fsync(file)
    os.close(file)


def campaign(options, lab, folder):
    """Runs the worker and cuts; returns the number of cuts and of bad ones."""
    root = os.path.join(folder, "lake")
    os.mkdir(root)
    os.sync()
    worker = subprocess.Popen(
        [word.replace("{}", root) for word in options.worker], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True)
    chance = random.Random(options.seed)
    cuts = bad = acked = 0
    try:
        if not worker.stdout.readline().startswith("READY"):
            raise SystemExit("the worker did not say READY")
        os.sync()
        worker.stdin.write("\n")
        worker.stdin.flush()
        while cuts < options.cuts:
            line = worker.stdout.readline()
            if not line.startswith("ACK"):
                print(f"BAD the worker ended after {acked} commits")
                return cuts, bad + 1
            acked = int(line.split()[1])
            if options.unrelated_fsync:
                sync_something_else(folder, acked)
            if options.moment == "any":
                worker.stdin.write("\n")
                worker.stdin.flush()
                time.sleep(chance.random() * options.window)
            cut = os.path.join(lab, "cut.img")
            clone(os.path.join(lab, "disk.img"), cut)
            mount_options = "loop,nouuid" if options.fs == "xfs" else "loop"
            with mounted(cut, os.path.join(os.path.dirname(lab), "cut"), mount_options) as survivor:
                left = os.path.join(survivor, "lake")
                check = subprocess.run(
                    [word.replace("{}", left) for word in options.check],
                    env=dict(os.environ, ACKED=str(acked)))
            cuts += 1
            if check.returncode != 0:
                bad += 1
                print(f"BAD cut {cuts}, {acked} commits acknowledged")
            if options.moment == "ack":
                worker.stdin.write("\n")
                worker.stdin.flush()
    finally:
        # The end of its input ends the worker, which then removes what it made elsewhere.
        with contextlib.suppress(BrokenPipeError):
            worker.stdin.close()
        try:
            worker.wait(timeout=30)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()
    return cuts, bad


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--fs", default="ext4", choices=sorted(SIZES_MB))
    parser.add_argument("--cuts", type=int, default=100)
    parser.add_argument("--moment", default="ack", choices=["ack", "any"])
    parser.add_argument("--window", type=float, default=0.1, help="seconds, for --moment any")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--unrelated-fsync", action="store_true", help="sync another file before each cut")
    parser.add_argument("words", nargs="+")
    options = parser.parse_args()
    border = options.words.index("::")
    options.worker, options.check = options.words[:border], options.words[border + 1:]

    base = tempfile.mkdtemp(prefix="powercut.")
    lab, folder = os.path.join(base, "lab"), os.path.join(base, "tested")
    start = time.monotonic()
    try:
        outer = os.path.join(base, "outer.img")
        size = SIZES_MB[options.fs]
        make_image(outer, size * 4 + 400, ["mkfs.xfs", "-q", "-f", "-m", "reflink=1"])
        with mounted(outer, lab):
            disk = os.path.join(lab, "disk.img")
            make_image(disk, size, MAKE[options.fs])
            with mounted(disk, folder):
                cuts, bad = campaign(options, lab, folder)
    finally:
        shutil.rmtree(base, ignore_errors=True)
    seconds = time.monotonic() - start
    print(f"fs={options.fs} moment={options.moment} cuts={cuts} bad={bad} seconds={seconds:.0f}")
    return 1 if bad or cuts < options.cuts else 0


if __name__ == "__main__":
    sys.exit(main())
