"""Makes a CSV of trips in the seed layout from a seed: 24 regions of unequal size, 52 weeks over a year's end.

One region straddles 0 degrees of longitude, one has a name beyond ASCII, one a blank, one a comma and quotes.
Coordinates have up to 17 digits, one in eight is written with an exponent; rows come in random order.

usage: trips.py ROWS OUT.csv [--seed N]
"""

import argparse
import csv
import io
import os

import numpy as np

# name, longitude and latitude of the centre
REGIONS = [
    ("Prague", 14.43, 50.08), ("Turin", 7.66, 45.07), ("Hamburg", 9.99, 53.55),
    ("London", -0.01, 51.5), ("Praça do Comércio", -9.137, 38.708), ("New York", -73.98, 40.75),
    ('Quoted "Town", East', 21.01, 52.23), ("Quito", -78.47, -0.18), ("Suva", 178.44, -18.13),
    ("Tokyo", 139.69, 35.69), ("Sydney", 151.21, -33.87), ("Nairobi", 36.82, -1.29),
    ("Lima", -77.04, -12.05), ("Oslo", 10.75, 59.91), ("Madrid", -3.7, 40.42), ("Accra", 0.003, 5.6),
    ("Delhi", 77.21, 28.61), ("Berlin", 13.4, 52.52), ("Vienna", 16.37, 48.21),
    ("Paris", 2.35, 48.86), ("Rome", 12.5, 41.9), ("Zurich", 8.54, 47.37), ("Cork", -8.47, 51.9),
    ("Brno", 16.61, 49.2),
]
SOURCES = ["cheap_mobile", "pt_search_app", "baba_car", "funny_car", "bad_diesel_vehicles", "réseau"]
FIRST_DAY = "2018-07-02"  # Monday of 2018-W27; 52 weeks later is 2019-W26
WEEKS = 52


def number_text(values, exponent):
    """The shortest text that reads back as the same double, or its form with an exponent."""
    for value, is_exponent in zip(values.tolist(), exponent.tolist()):
        yield f"{value:.16e}" if is_exponent else repr(value)


def chunks(rows, seed, chunk=100_000):
    """Yields CSV text without the header."""
    random = np.random.default_rng(seed)
    # The n-th region has a share of 1 / n: the largest is 24 times the smallest.
    weights = 1 / np.arange(1, len(REGIONS) + 1)
    names = [name for name, _, _ in REGIONS]
    centres = np.array([[x, y] for _, x, y in REGIONS])
    first = int(np.datetime64(FIRST_DAY, "s").astype(np.int64))
    while rows > 0:
        count = min(rows, chunk)
        rows -= count
        region = random.choice(len(REGIONS), count, p=weights / weights.sum())
        source = random.choice(len(SOURCES), count, p=[0.4, 0.3, 0.15, 0.1, 0.04, 0.01])
        # Every hundredth trip starts at the very first or last second of a day of the range.
        # Regions from the 19th on begin later and end earlier, so that their own weeks are fewer.
        late = np.where(region >= 18, (region - 17) * 7 * 86400, 0)
        second = first + late + random.integers(0, WEEKS * 7 * 86400 - 2 * late)
        edge = random.random(count) < 0.01
        second = np.where(edge, second // 86400 * 86400 + 86399 * random.integers(0, 2, count), second)
        time = np.char.replace(np.datetime_as_string(second.astype("datetime64[s]")), "T", " ")
        fraction = np.where(random.random(count) < 0.1, random.integers(1, 1_000_000, count), 0)
        points = centres[region][:, None, :] + random.normal(0, 0.05, (count, 2, 2))
        exponent = random.random((4, count)) < 0.125
        texts = [
            list(number_text(points[:, index // 2, index % 2], exponent[index])) for index in range(4)
        ]
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        for row in range(count):
            moment = str(time[row]) + (f".{fraction[row]:06d}" if fraction[row] else "")
            writer.writerow([
                names[region[row]], f"POINT ({texts[0][row]} {texts[1][row]})",
                f"POINT ({texts[2][row]} {texts[3][row]})", moment, SOURCES[source[row]],
            ])
        yield out.getvalue()


def write(path, rows, seed):
    """Writes the CSV, which has its name only when it is complete."""
    part = f"{path}.part"
    with open(part, "w", encoding="utf-8", newline="") as file:
        file.write("region,origin_coord,destination_coord,datetime,datasource\n")
        for text in chunks(rows, seed):
            file.write(text)
    os.replace(part, path)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int)
    parser.add_argument("out")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write(options.out, options.rows, options.seed)


if __name__ == "__main__":
    main()
