"""Cells of the map, written from their definitions with numpy, and random questions for similar trips."""

import numpy as np

import trips

ALPHABET = "0123456789bcdefghjkmnpqrstuvwxyz"


def halved(values, low, high, bits):
    """The bits that halving the range as often as told gives each value."""
    low, high = np.full(len(values), float(low)), np.full(len(values), float(high))
    number = np.zeros(len(values), dtype=np.int64)
    for _ in range(bits):
        middle = (low + high) / 2
        upper = values >= middle
        number = number * 2 + upper
        low, high = np.where(upper, middle, low), np.where(upper, high, middle)
    return number


def geohash_bits(length):
    return (5 * length + 1) // 2, 5 * length // 2


def cells(grid, x, y):
    """The numbers of the cells of points, as columns and rows counted from 0 degrees."""
    if grid.startswith("geohash:"):
        x_bits, y_bits = geohash_bits(int(grid[8:]))
        return (halved(x, -180, 180, x_bits) - 2 ** (x_bits - 1),
                halved(y, -90, 90, y_bits) - 2 ** (y_bits - 1))
    if grid.endswith("m"):
        height = float(grid[:-1]) / 111195.08
        row = np.floor(y / height)
        fitting = 180 * np.cos(np.radians((row + 0.5) * height)) / height
        count = np.maximum(1, np.floor(fitting + 0.5))
        column = np.clip(np.floor(x / (180 / count)), -count, count - 1)
        return column.astype(np.int64), row.astype(np.int64)
    size = float(grid)
    return np.floor(x / size).astype(np.int64), np.floor(y / size).astype(np.int64)


def geohash(grid, column, row):
    """The name of a cell, bit by bit."""
    length = int(grid[8:])
    x_bits, y_bits = geohash_bits(length)
    x, y = column + 2 ** (x_bits - 1), row + 2 ** (y_bits - 1)
    x_text, y_text = format(x, f"0{x_bits}b"), format(y, f"0{y_bits}b")
    bits = "".join(x_text[i // 2] if i % 2 == 0 else y_text[i // 2] for i in range(5 * length))
    return "".join(ALPHABET[int(bits[i:i + 5], 2)] for i in range(0, len(bits), 5))


def groups(database, grid, slot, regions, per_week):
    """Rows as `groups` tells them, from the trips in the database."""
    condition = f"WHERE region IN ({', '.join('?' * len(regions))})" if regions else ""
    rows = database.execute(
        "SELECT origin_x, origin_y, destination_x, destination_y, hour(moment) * 60 + minute(moment) AS minute,"
        f" isoyear(moment) * 100 + week(moment) AS week FROM trips {condition}", regions).fetchnumpy()
    columns = [*cells(grid, rows["origin_x"], rows["origin_y"]),
               *cells(grid, rows["destination_x"], rows["destination_y"]), rows["minute"] // slot]
    if per_week:
        columns.append(rows["week"])
    keys, counts = np.unique(
        np.stack([np.asarray(column, dtype=np.int64) for column in columns], axis=1), axis=0,
        return_counts=True)
    return keys, counts


def texts(grid, slot, key, count):
    """A row as it is told."""
    told = []
    for column, row in (key[0:2], key[2:4]):
        told += [str(column), str(row)]
        if grid.startswith("geohash:"):
            told.append(geohash(grid, int(column), int(row)))
    minute = key[4] * slot
    told.append(f"{minute // 60:02d}:{minute % 60:02d}")
    if len(key) > 5:
        told.append(f"{key[5] // 100:04d}-W{key[5] % 100:02d}")
    return tuple(told + [str(count)])


def questions(chance, count):
    """Grid, slot, regions, whether by week, options and how rows are chosen."""
    grids = ["0.01", "0.001", "0.1", "geohash:5", "geohash:6", "geohash:7", "geohash:8", "500m", "1500m", "90m"]
    chance.shuffle(grids)
    names = [name for name, _, _ in trips.REGIONS]
    for number in range(count):
        regions = chance.sample(names, chance.choice([0, 1, 3]))
        top = chance.choice([20, 1000, None] if regions else [20, 1000])
        yield (grids[number % len(grids)], chance.choice([15, 60, 60, 1440]), regions, chance.random() < 0.3,
               top, chance.choice([1, 1, 2, 5]))
