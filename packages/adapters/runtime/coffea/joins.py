"""Rows of several trees brought together as one tree, by row number or by keys."""

import glob
import os

import awkward as ak
import numpy as np


def save(folder, name, files, events, mask, fields):
    """Writes the rows of one chunk; file and first row stand in the name, so that names are in order."""
    metadata = events.metadata
    place = os.path.join(folder, metadata["dataset"], name)
    os.makedirs(place, exist_ok=True)
    number = files[metadata["dataset"]].index(metadata["filename"])
    rows = ak.zip({key: ak.materialize(ak.Array(value))[mask] for key, value in fields.items()}, depth_limit=1)
    ak.to_parquet(rows, os.path.join(place, f"{number:06d}-{metadata['entrystart']:015d}.parquet"))


def load(folder, dataset, name):
    """The rows of a piece, and how many of them each file has."""
    paths = sorted(glob.glob(os.path.join(folder, dataset, name, "*.parquet")))
    parts = [ak.from_parquet(path) for path in paths]
    lengths = {}
    for path, part in zip(paths, parts):
        number = os.path.basename(path).split("-")[0]
        lengths[number] = lengths.get(number, 0) + len(part)
    return ak.concatenate(parts), lengths


def keys(rows, names):
    """One key for each row; whole numbers are compared exactly."""
    columns = [ak.to_list(rows[name]) for name in names]
    return list(zip(*columns)) if columns else [()] * len(rows)


def by_key(left, right, rule):
    """For each left row the places of its matches."""
    places = {}
    for place, key in enumerate(keys(right, [other for _, other in rule["by"]])):
        places.setdefault(key, []).append(place)
    found = [places.get(key, []) for key in keys(left, [own for own, _ in rule["by"]])]
    if rule["many"] == "error":
        for key, several in places.items():
            if len(several) > 1:
                raise ValueError(f"'{rule['port']}' has several rows with the key {key}")
    return found


def join(folder, dataset, left, rules):
    """Writes the joined rows of a dataset, and gives the path."""
    rows, lengths = load(folder, dataset, left)
    columns = {name: rows[name] for name in rows.fields}
    keep = np.ones(len(rows), dtype=bool)
    for rule in rules:
        right, others = load(folder, dataset, rule["piece"])
        if rule["by"] == "entry":
            if lengths != others:
                raise ValueError(f"the rows and '{rule['port']}' have different lengths: {lengths} and {others}")
            found = [[place] for place in range(len(rows))]
        else:
            found = by_key(rows, right, rule)
        if rule["how"] == "inner":
            keep &= np.asarray([len(places) > 0 for places in found], dtype=bool)
        columns.update(looked_up(right, found, rule))
    table = ak.zip({name: column[keep] for name, column in columns.items()}, depth_limit=1)
    place = os.path.join(folder, dataset, "joined")
    os.makedirs(place, exist_ok=True)
    path = os.path.join(place, "joined.parquet")
    ak.to_parquet(table, path)
    return path


def looked_up(right, found, rule):
    """Columns of the looked-up rows; beside each a column that tells where there is one."""
    columns = {}
    if rule["many"] == "list":
        counts = [len(places) for places in found]
        flat = np.asarray([place for places in found for place in places], dtype=np.int64)
        for name in right.fields:
            columns[f"{rule['port']}_{name}"] = ak.unflatten(right[name][flat], counts)
        return columns
    present = np.asarray([len(places) > 0 for places in found], dtype=bool)
    first = np.asarray([places[0] if places else 0 for places in found], dtype=np.int64)
    for name in right.fields:
        values = right[name][first] if len(right) > 0 else None
        if values is None:
            raise ValueError(f"'{rule['port']}' has no rows")
        columns[f"{rule['port']}_{name}"] = values
        columns[f"{rule['port']}_{name}__present"] = present
    return columns
