"""Compares areas with shapely and routes with numpy, through the commands of triplake.

Makes trips whose ends are points in and around polygons, loads them, imports the polygons, and checks that
  1  the trips that begin in an area are those whose origin shapely says the polygon covers, one by one,
  2  the averages of all areas, asked at once and at either end, count what shapely counts,
  3  `routes fit` finds the same on one and on two threads,
  4  every route has the trips that numpy finds nearest to it, and a region's routes add up to its trips.
Half of the points lie on a grid of powers of two, on which no step of either program rounds: edges, corners and
borders of holes are hit exactly. The others are random doubles, of which those nearest to a border are left out.

usage: run.py [--points N] [--seed N] TRIPLAKE
"""

import argparse
import collections
import csv
import json
import math
import pathlib
import random
import subprocess
import tempfile

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon

# Points this near to a border (in degrees) are left out, but for those of the grid.
BORDER = 1e-9


class Failure(Exception):
    pass


def run(*arguments):
    arguments = [str(argument) for argument in arguments]
    result = subprocess.run(arguments, capture_output=True)
    if result.returncode != 0:
        raise Failure(f"exit code {result.returncode} of {' '.join(arguments)}\n{result.stderr.decode()}")
    return result.stdout.decode()


def check(condition, message):
    if not condition:
        raise Failure(message)


def radial(random_source, x, y, count, radius, step=None):
    """A polygon around a point; with a step its corners lie on the grid."""
    corners = []
    for index in range(count):
        angle = 2 * math.pi * index / count
        length = radius * random_source.uniform(0.4, 1)
        corner = [x + length * math.cos(angle), y + length * math.sin(angle)]
        corners.append([round(value / step) * step for value in corner] if step else corner)
    return Polygon(corners)


def shapes(random_source):
    """Polygons by name, in longitudes that may go beyond 180."""
    square = [(0, 40), (4, 40), (4, 44), (0, 44)]
    hole = [(1, 41), (1, 43), (3, 43), (3, 41)]
    comb = [(0, 45)]
    for tooth in range(16):
        comb += [(tooth / 2, 45), (tooth / 2, 46 + tooth / 16), (tooth / 2 + 0.25, 46), (tooth / 2 + 0.25, 45.5)]
    comb += [(8, 45.5), (8, 45)]
    fiji = [(176.5, -20), (182.5, -20), (183, -16), (179.5, -14), (176, -16.5)]
    found = {
        "square": Polygon(square),
        "square with a hole": Polygon(square, [hole]),
        "island in the hole": MultiPolygon(
            [Polygon(square, [hole]), Polygon([(1.5, 41.5), (2.5, 41.5), (2.5, 42.5), (1.5, 42.5)])]),
        "hole at the edge": Polygon(square, [[(0, 42), (2, 43), (2, 41)]]),
        "shared edge, west": Polygon([(4, 40), (6, 41.5), (5, 44), (4, 44)]),
        "shared edge, east": Polygon([(6, 41.5), (8, 40), (8, 44), (5, 44)]),
        "parts at a corner": MultiPolygon(
            [Polygon([(0, 40), (2, 40), (2, 42), (0, 42)]), Polygon([(2, 42), (4, 42), (4, 44), (2, 44)])]),
        "needle": Polygon([(0, 40), (8, 40.015625), (8, 40.03125)]),
        "comb": Polygon(comb),
        "over the antimeridian": Polygon(fiji, [[(179, -18), (181, -18), (180, -17)]]),
        "both sides of it": MultiPolygon(
            [Polygon([(177, -19), (179, -19), (179, -15)]), Polygon([(180.5, -19), (182, -19), (182, -15)])]),
        "ends at it": Polygon([(178, -18), (180, -18), (180, -15), (178, -15)]),
    }
    for number in range(6):
        x, y = random_source.uniform(1, 7), random_source.uniform(41, 47)
        found[f"random {number}"] = radial(random_source, x, y, 5 + 60 * number, 3)
        found[f"grid {number}"] = radial(random_source, x, y, 5 + 3 * number, 3, step=1 / 64)
    for number in range(2):
        found[f"random over the antimeridian {number}"] = radial(random_source, 179.75, -17, 9 + 40 * number, 3)
    kept = {name: shape for name, shape in found.items() if shape.is_valid}
    check(len(kept) >= 20, "too few polygons are valid")
    return kept


def wrapped(x):
    return x - 360 if x > 180 else x


def geometry(shape):
    parts = shape.geoms if isinstance(shape, MultiPolygon) else [shape]
    rings = [[[[wrapped(x), y] for x, y in ring.coords] for ring in [part.exterior, *part.interiors]] for part in parts]
    return {"type": "MultiPolygon", "coordinates": rings}


def points(count, random_source):
    """Ends of trips: half of them on a grid, half near the antimeridian; with whether each is on the grid."""
    found = []
    for _ in range(count):
        far = random_source.random() < 0.3
        west, south, width, height = (175, -21, 9, 8) if far else (-0.5, 39.5, 9, 9)
        if random_source.random() < 0.5:
            step = random_source.choice([2, 4, 64])
            x = west + random_source.randrange(width * step + 1) / step
            y = south + random_source.randrange(height * step + 1) / step
            found.append((wrapped(x), y, True))
        else:
            found.append((wrapped(random_source.uniform(west, west + width)), random_source.uniform(south, south + height), False))
    return found


class Oracle:
    """What shapely says of the points. Longitudes west of the antimeridian are turned to where the polygons are."""

    def __init__(self, shape, ends):
        x = np.array([end[0] for end in ends])
        y = np.array([end[1] for end in ends])
        on_grid = np.array([end[2] for end in ends])
        self.covers = np.zeros(len(ends), bool)
        self.is_near = np.zeros(len(ends), bool)
        for turn in (0, 360):
            candidates = shapely.points(x + turn, y)
            self.covers |= shapely.covers(shape, candidates)
            self.is_near |= ~on_grid & (shapely.distance(shape.boundary, candidates) < BORDER)


def compare_areas(triplake, folder, count, seed):
    random_source = random.Random(seed)
    polygons = shapes(random_source)
    origins, destinations = points(count, random_source), points(count, random_source)
    oracles = {name: (Oracle(shape, origins), Oracle(shape, destinations)) for name, shape in polygons.items()}
    near = np.zeros(count, bool)
    for pair in oracles.values():
        near |= pair[0].is_near | pair[1].is_near
    kept = [index for index in range(count) if not near[index]]
    trips = folder / "points.csv"
    with open(trips, "w") as file:
        file.write("region,origin_coord,destination_coord,datetime,datasource\n")
        for index in kept:
            (ox, oy, _), (dx, dy, _) = origins[index], destinations[index]
            day, source = index % 28 + 1, f"s{index % 7}"
            file.write(f"R{index % 3},POINT ({ox!r} {oy!r}),POINT ({dx!r} {dy!r}),2018-05-{day:02d} 10:00:00,{source}\n")
    features = [
        {"type": "Feature", "properties": {"zone": name}, "geometry": geometry(shape)}
        for name, shape in polygons.items()]
    (folder / "areas.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    lake = folder / "points"
    run(triplake, "ingest", "--lake", lake, trips)
    run(triplake, "area", "import", "--lake", lake, folder / "areas.geojson", "--name-property", "zone")
    decided = 0
    for name, (origin, destination) in oracles.items():
        expected = collections.Counter((origins[i][0], origins[i][1]) for i in kept if origin.covers[i])
        text = run(triplake, "query", "--lake", lake, "--area", name, "--select", "rows", "--format", "json")
        answer = collections.Counter((row["origin_x"], row["origin_y"]) for row in json.loads(text)["rows"])
        check(answer == expected, f"{name}: {list((answer - expected))[:3]} too many, {list((expected - answer))[:3]} too few")
        decided += len(kept)
    wanted = np.zeros(count, bool)
    wanted[kept] = True
    for place, combine in [
        ("origin", lambda o, d: o), ("destination", lambda o, d: d), ("either", np.logical_or), ("both", np.logical_and),
    ]:
        for extra in ([], ["--source", "s3", "--hours", "10"], ["--region", "R1", "--threads", "1"]):
            text = run(triplake, "weekly", "--lake", lake, "--by", "area", "--at", place, "--format", "json", *extra)
            answer = {row["area"]: row["trips"] for row in json.loads(text)["rows"]}
            chosen = wanted.copy()
            for index in range(count):
                if "--source" in extra and index % 7 != 3 or "--region" in extra and index % 3 != 1:
                    chosen[index] = False
            expected = {
                name: int((combine(origin.covers, destination.covers) & chosen).sum())
                for name, (origin, destination) in oracles.items()}
            check(answer == expected, f"--at {place} {extra}: {answer} instead of {expected}")
    on_grid = sum(origins[index][2] for index in kept)
    inside = sum(int(pair[0].covers.sum()) for pair in oracles.values())
    print(f"   {len(kept)} points, {on_grid} of them on the grid, {len(polygons)} polygons: "
          f"{decided} answers equal shapely's, {inside} of them inside")


def compare_routes(triplake, folder, count, seed):
    random_source = random.Random(seed)
    rows = []
    for index in range(count):
        region = index % 3
        way = random_source.randrange(6)
        ox, oy = 10 * region + 0.02 * way, 40 + 0.01 * (way * 7 % 5)
        dx, dy = 10 * region + 0.03 * (way % 4), 40 + 0.015 * way
        ends = [value + random_source.gauss(0, 0.004) for value in (ox, oy, dx, dy)]
        rows.append((region, ends, random_source.random() < 0.05))
    with open(folder / "ways.csv", "w") as file:
        file.write("region,origin_coord,destination_coord,datetime,datasource\n")
        for index, (region, ends, _) in enumerate(rows):
            file.write(f"R{region},POINT ({ends[0]!r} {ends[1]!r}),POINT ({ends[2]!r} {ends[3]!r}),"
                       f"2018-05-{index % 28 + 1:02d} 10:00:00,s\n")
    lake = folder / "ways"
    run(triplake, "ingest", "--lake", lake, folder / "ways.csv")
    fits = [
        run(triplake, "routes", "fit", "--lake", lake, "--k", 7, "--sample", sample, "--threads", threads, "--dry-run", "--format", "csv")
        for sample in ("all", "5000") for threads in (1, 2)]
    check(fits[0] == fits[1] and fits[2] == fits[3], "one and two threads find other routes")
    run(triplake, "routes", "fit", "--lake", lake, "--k", 7, "--sample", "all", "--threads", 2)
    models = collections.defaultdict(list)
    for row in json.loads(run(triplake, "routes", "list", "--lake", lake, "--format", "json"))["rows"]:
        models[row["region"]].append(row)
    weekly = json.loads(run(triplake, "routes", "weekly", "--lake", lake, "--format", "json"))["rows"]
    by_region = {row["region"]: row["trips"] for row in json.loads(run(triplake, "weekly", "--lake", lake, "--format", "json"))["rows"]}
    for region, routes in models.items():
        ends = np.array([row[1] for row in rows if f"R{row[0]}" == region])
        scale = [routes[0]["metres_per_degree_x"], routes[0]["metres_per_degree_y"]] * 2
        distances = []
        for route in routes:
            middle = [route["origin_x"], route["origin_y"], route["destination_x"], route["destination_y"]]
            squares = [(ends[:, axis] * scale[axis] - middle[axis] * scale[axis]) ** 2 for axis in range(4)]
            distances.append(((squares[0] + squares[1]) + squares[2]) + squares[3])
        numbers = np.argmin(np.array(distances), axis=0) + 1
        expected = {number: int((numbers == number).sum()) for number in range(1, len(routes) + 1)}
        answer = {row["route"]: row["trips"] for row in weekly if row["region"] == region}
        check(answer == expected, f"{region}: {answer} instead of {expected}")
        check({row["route"]: row["sample_trips"] for row in routes} == expected, f"{region}: the fit counted otherwise")
        check(sum(answer.values()) == by_region[region], f"{region}: the routes do not add up")
    print(f"   {count} trips, {sum(map(len, models.values()))} routes: as numpy assigns them")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--points", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("triplake", type=pathlib.Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        compare_areas(options.triplake, pathlib.Path(folder), options.points, options.seed)
        compare_routes(options.triplake, pathlib.Path(folder), 30_000, options.seed)


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        raise SystemExit(f"error: {failure}")
