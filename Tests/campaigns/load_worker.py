#!/usr/bin/env python3
"""The worker of powercut.py: loads one small CSV after another and exports after each.

Every load has ROWS trips that no other load has (10, or what the variable ROWS says; all but nine in one week, so that many
make files that are written past the system's pages). After `ingest` and `export sqlite` have both ended well it
prints ACK n and waits for a line.

usage: load_worker.py TRIPLAKE FOLDER
"""

import os
import subprocess
import sys
import tempfile

ROWS = int(os.environ.get("ROWS", "10"))


def trips(number):
    lines = ["region,origin_coord,destination_coord,datetime,datasource"]
    for row in range(ROWS):
        week = (number * 7 + min(row, 9)) % 50
        lines.append(
            f"{('Prague', 'Turin', 'Hamburg')[row % 3]},POINT (14.{number:05d}{row} 50.{row * 7919 % 100000:05d}),"
            f"POINT (7.6 45.{number:05d}{row}),2018-{week % 12 + 1:02d}-{week % 28 + 1:02d} 08:00:{row % 60:02d},app")
    return "\n".join(lines) + "\n"


def main():
    triplake, folder = sys.argv[1:]
    print("READY", flush=True)
    # In memory: the input must not share the fate of the file system under test.
    with tempfile.TemporaryDirectory(dir="/dev/shm") as inputs:
        number = 0
        while sys.stdin.readline():
            number += 1
            path = os.path.join(inputs, f"{number}.csv")
            with open(path, "w", encoding="utf-8") as file:
                file.write(trips(number))
            for arguments in (["ingest", "--lake", f"{folder}/trips", path],
                              ["export", "sqlite", "--lake", f"{folder}/trips", f"{folder}/trips.db"]):
                subprocess.run([triplake, *arguments], check=True, stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE)
            os.unlink(path)
            print(f"ACK {number}", flush=True)


if __name__ == "__main__":
    main()
