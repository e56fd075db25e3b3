#!/usr/bin/env python3
"""Prints Tests/TripModelTests/ISOWeekOracle.swift: what Python's isocalendar says of every day.

One 64-bit FNV-1a digest over the days of each 400 years; a day enters as (year * 64 + week) * 8 + weekday.
"""

import datetime

MASK = (1 << 64) - 1


def digest(first_year, last_year):
    value = 0xCBF29CE484222325
    day = datetime.date(first_year, 1, 1).toordinal()
    last = datetime.date(last_year, 12, 31).toordinal()
    for ordinal in range(day, last + 1):
        year, week, weekday = datetime.date.fromordinal(ordinal).isocalendar()
        value = ((value ^ ((year * 64 + week) * 8 + weekday)) * 0x100000001B3) & MASK
    return last - day + 1, value


print("// Written by Tests/oracles/iso_weeks.py with Python's datetime. Do not edit.\n")
print("/// Days from one year to another, and the digest of their ISO weeks.")
print("struct ISOWeekOracle: Sendable {")
print("  let years: ClosedRange<Int>\n  let dayCount: Int\n  let digest: UInt64\n")
print("  static let all: [ISOWeekOracle] = [")
for first in range(1, 10000, 400):
    last = min(first + 399, 9999)
    count, value = digest(first, last)
    print(f"    .init(years: {first}...{last}, dayCount: {count}, digest: 0x{value:016x}),")
print("  ]\n}")
