#!/usr/bin/env python3
"""Prints Tests/TripModelTests/TimeZoneOracle.swift: small zone files, and what Python's zoneinfo reads in them.

The files are cut from the system's: version 3, no 4-byte block, and no transition that the footer repeats.
"""

import datetime
import io
import random
import struct
import zoneinfo

ZONES = [
    "America/New_York",  # summer time since 1918
    "America/Nuuk",  # changes on the day before, at a negative hour
    "America/St_Johns",  # half hours, changes at one minute past midnight
    "Africa/Casablanca",  # transitions listed up to 2087, no rule after them
    "Asia/Kathmandu",  # a quarter of an hour, no summer time
    "Australia/Lord_Howe",  # summer time of half an hour, over the year's end
    "Europe/Dublin",  # the winter is the exception
    "Europe/Prague",
    "Pacific/Apia",  # left out 2011-12-30
]
UTC = datetime.timezone.utc
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=UTC)


def slim(data):
    """The file with its last transitions taken away, as long as Python reads the same from it."""
    version, counts = data[4:5], struct.unpack(">6I", data[20:44])
    start = 44 + block_size(counts, 4)
    counts = struct.unpack(">6I", data[start + 20 : start + 44])
    isut, isstd, leap, times, types, chars = counts
    body = data[start + 44 :]
    stamps = list(struct.unpack(f">{times}q", body[: times * 8]))
    indices = body[times * 8 : times * 9]
    rest = body[times * 9 : times * 9 + types * 6 + chars]
    footer = body[block_size(counts, 8) :]
    empty = b"TZif3" + bytes(15) + struct.pack(">6I", 0, 0, 0, 0, 1, 1) + bytes(7)

    def build(count):
        header = b"TZif3" + bytes(15) + struct.pack(">6I", 0, 0, 0, count, types, chars)
        return empty + header + struct.pack(f">{count}q", *stamps[:count]) + indices[:count] + rest + footer

    full = zoneinfo.ZoneInfo.from_file(io.BytesIO(build(times)))
    probes = [stamp + shift for stamp in stamps for shift in (-1, 0)]
    count = times
    while count > 1 and "," in footer.decode():
        shorter = zoneinfo.ZoneInfo.from_file(io.BytesIO(build(count - 1)))
        if any(offset(shorter, probe) != offset(full, probe) for probe in probes):
            break
        count -= 1
    assert version >= b"2" and not leap
    # The last one listed must agree with the footer.
    return build(min(count + 1, times))


def block_size(counts, width):
    isut, isstd, leap, times, types, chars = counts
    return times * (width + 1) + types * 6 + chars + leap * (width + 4) + isstd + isut


def offset(zone, seconds):
    moment = (EPOCH + datetime.timedelta(seconds=seconds)).astimezone(zone)
    return int(moment.utcoffset().total_seconds())


def changes(zone, first, last):
    """Every second from `first` to `last` at which the offset changes, found by halving days."""
    step = 43200
    before = offset(zone, first)
    for low in range(first, last, step):
        after = offset(zone, low + step)
        if after == before:
            continue
        start, end = low, low + step
        while end - start > 1:
            middle = (start + end) // 2
            if offset(zone, middle) == before:
                start = middle
            else:
                end = middle
        yield end, after
        before = after


def local(zone, seconds):
    """The instant of a local time by Python's rule for fold 0, and how many instants show it."""
    naive = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=seconds)
    first = naive.replace(tzinfo=zone).astimezone(UTC)
    second = naive.replace(tzinfo=zone, fold=1).astimezone(UTC)
    shown = first.astimezone(zone).replace(tzinfo=None)
    kind = "unique" if first == second else "overlap" if shown == naive else "gap"
    return (first - EPOCH) // datetime.timedelta(seconds=1), kind


def seconds_of(year):
    return int((datetime.datetime(year, 1, 1, tzinfo=UTC) - EPOCH).total_seconds())


def main():
    random.seed(20180528)
    print("// Written by Tests/oracles/time_zones.py with Python's zoneinfo. Do not edit.\n")
    print("import Testing\n")
    print("/// A small time zone file and what is to be read from it.")
    print("struct TimeZoneOracle: Sendable, CustomTestStringConvertible {")
    print("  let name: String\n  /// The bytes of the file in hexadecimal.\n  let file: String")
    print("  /// From 1850 to 2050: the second of each change and the offset after it.\n  let changes: String")
    print("  /// Some instants of the years 1 to 9998 and their offsets.\n  let offsets: String")
    print("  /// Local seconds, the first instant that shows them, and how many do.\n  let locals: String\n")
    print("  var testDescription: String { name }\n")
    print("  static let all: [TimeZoneOracle] = [")
    for name in ZONES:
        with open(f"/usr/share/zoneinfo/{name}", "rb") as file:
            data = slim(file.read())
        zone = zoneinfo.ZoneInfo.from_file(io.BytesIO(data))
        found = list(changes(zone, seconds_of(1850), seconds_of(2050)))
        instants = [random.randrange(seconds_of(2) , seconds_of(9998)) for _ in range(60)]
        instants += [random.randrange(seconds_of(1900), seconds_of(2500)) for _ in range(60)]
        locals_ = []
        previous = None
        for moment, after in random.sample(found, min(len(found), 24)):
            previous = offset(zone, moment - 1)
            low, high = sorted((moment + previous, moment + after))
            locals_ += [low - 1, low, (low + high) // 2, high - 1, high]
        print("    .init(")
        print(f'      name: "{name}",')
        print('      file: """')
        text = data.hex()
        for start in range(0, len(text), 84):
            print("        " + text[start : start + 84] + ("\\" if start + 84 < len(text) else ""))
        print('        """,')
        print_lines("changes", [f"{moment} {after}" for moment, after in found])
        print_lines("offsets", [f"{moment} {offset(zone, moment)}" for moment in instants])
        print_lines("locals", ["{} {} {}".format(moment, *local(zone, moment)) for moment in locals_], last=True)
        print("    ),")
    print("  ]\n}")


def print_lines(label, entries, last=False):
    print(f'      {label}: """')
    line = ""
    for entry in entries:
        if line and len(line) + len(entry) > 88:
            print("        " + line)
            line = ""
        line += entry + ";"
    print("        " + line)
    print('        """' + ("" if last else ","))


main()
