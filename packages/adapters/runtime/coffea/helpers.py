"""What expressions on events mean, in terms of awkward arrays. A row is an event; lists lie one level below."""

from functools import reduce

import awkward as ak
import numpy as np


def number(x):
    """Floating-point values in double precision."""
    kind = str(ak.type(x))
    return ak.values_astype(x, np.float64) if "float32" in kind else x


def present(x, there):
    """A column of looked-up rows, missing where there was none."""
    return ak.mask(number(x), there)


def innermost(x):
    return x.ndim - 1


def item(x, i):
    """Item `i` of the list of each event, missing where there is none."""
    if i >= 0:
        return ak.pad_none(x, i + 1, axis=1)[:, i]
    return ak.mask(x, ak.num(x, axis=1) >= -i)[:, i]


def pick(x, index):
    """Items by a mask, by a list of places, or by one place for each event."""
    if isinstance(index, ak.Array) and index.ndim < x.ndim:
        return ak.firsts(x[ak.singletons(index)], axis=1)
    return x[index]


def missing(x):
    return ak.is_none(x, axis=innermost(x))


def num(x):
    return ak.num(x, axis=innermost(x))


def true(x, length):
    """A mask over events: false and missing drop, and so does what is not a number."""
    if not isinstance(x, ak.Array):
        x = np.broadcast_to(np.asarray(x), length)
    return np.asarray(ak.to_numpy(ak.fill_none((x == x) & (x != 0), False)), dtype=bool)


def one_of(x, values):
    return reduce(lambda a, b: a | b, [x == value for value in values])


def join(*collections):
    """One collection with the fields that all have."""
    shared = [name for name in collections[0].fields if all(name in one.fields for one in collections)]
    joined = {name: ak.concatenate([one[name] for one in collections], axis=1) for name in shared}
    return ak.zip(joined, with_name=record_name(collections[0]))


def record_name(x):
    layout = x.layout
    while not layout.is_record:
        layout = layout.content
    return layout.parameter("__record__")


def delta_phi(a, b):
    a, b = (x.phi if x.fields else x for x in (a, b))
    return (a - b + np.pi) % (2 * np.pi) - np.pi


def delta_eta(a, b):
    return (a.eta if a.fields else a) - (b.eta if b.fields else b)


def delta_r(a, b):
    return np.hypot(delta_eta(a, b), delta_phi(a, b))


def nearest(a, b, most=None):
    """For each of `a` the place in `b` with the smallest distance, missing where there is none below `most`."""
    left, right = ak.unzip(ak.cartesian([a, b], axis=1, nested=True))
    distance = delta_r(left, right)
    place = ak.argmin(distance, axis=2)
    if most is None:
        return place
    return ak.mask(place, ak.fill_none(ak.min(distance, axis=2) < most, False))


def argmin(x):
    """The place of the smallest value of each event, numbers only."""
    return ak.argmin(ak.where(np.isnan(x), np.inf, x), axis=-1)


def argmax(x):
    return ak.argmax(ak.where(np.isnan(x), -np.inf, x), axis=-1)


def count(mask, x):
    """How many values of a field are there, over the events of a mask."""
    (flat,), _ = values(mask, np.ones(len(mask)), x)
    return len(flat)


def values(mask, weight, *fields):
    """Fields of the events of a mask as flat arrays, one entry for each object, with the weight of its event."""
    arrays = [np.broadcast_to(np.asarray(x), len(mask)) if not isinstance(x, ak.Array) else x for x in fields]
    arrays = [ak.Array(x)[mask] for x in (*arrays, weight)]
    arrays = ak.broadcast_arrays(*arrays)
    there = reduce(lambda a, b: a & b, [~ak.is_none(x, axis=x.ndim - 1) for x in arrays])
    flat = [ak.to_numpy(ak.flatten(x[ak.fill_none(there, False)] if x.ndim > 1 else x[there], axis=None)) for x in arrays]
    *filled, weights = flat
    return filled, weights


def counts(mask, weight):
    """Events, sum of weights and of squared weights."""
    return {"n": int(np.sum(mask)), "sumw": float(np.sum(weight[mask])), "sumw2": float(np.sum(weight[mask] ** 2))}


def weight(x, length):
    """A weight for each event, in double precision."""
    if not isinstance(x, ak.Array):
        return np.full(length, x, dtype=np.float64)
    return np.asarray(ak.to_numpy(ak.fill_none(x, 0)), dtype=np.float64)


def total(mask, x):
    """The sum of a field over the events of a mask."""
    (flat,), _ = values(mask, np.ones(len(mask)), x)
    return float(np.sum(flat))
