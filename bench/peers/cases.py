"""The questions every engine is asked, and the boxes they are asked about.

A box is (west, south, east, north); edges are included. All data lies in the 52 weeks from 2017-W27 on.
A weekly average is the average of the counts of the weeks that have trips: what `AVG` over `GROUP BY week` gives.
"""

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


def averages(rows):
    """(name, trips, weeks with trips, their average) rows in name order, as Python numbers."""
    return sorted((name, int(trips), int(weeks), float(average)) for name, trips, weeks, average in rows)
