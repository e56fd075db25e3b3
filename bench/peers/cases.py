"""The questions every engine is asked, and the boxes they are asked about.

A box is (west, south, east, north); edges are included. All data lies in the 52 weeks from 2017-W27 on.
"""

WEEKS = 52
REGION = "London"
PAIR_OF_REGIONS = ("London", "New York")
SOURCE = "cheap_mobile"

# A hundredth and a half of Berlin's box (width 0.68, height 0.34 degrees).
SMALL_BOX = (13.386, 52.483, 13.454, 52.517)
HALF_CITY = (13.08, 52.33, 13.42, 52.67)
# Eight cities of Europe, from Lisbon to Berlin.
EIGHT_CITIES = (-10.0, 38.0, 14.0, 54.0)

CELL = 0.01
TOP = 20

CASES = [
    ("weekly_all", "weekly average, all regions"),
    ("weekly_one", "weekly average, one region"),
    ("box_small", "weekly average, small box at origin (1 % of a city)"),
    ("box_half", "weekly average, half a city"),
    ("box_eight", "by region, box over eight cities, both ends"),
    ("source_hour", "source by hour in one region"),
    ("similar", "similar trips, top 20 groups, 0.01-degree cells by hour"),
    ("latest_source", "latest source of the two commonest regions"),
    ("regions_of_source", "regions of one source"),
]


def averages(counts):
    """(name, trips) pairs as (name, trips, weekly average), in name order."""
    return sorted((name, trips, trips / WEEKS) for name, trips in counts)


def same(left, right):
    return [tuple(row) for row in left] == [tuple(row) for row in right]
