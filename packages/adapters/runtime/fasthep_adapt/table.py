"""Summary tables: keys of an event, binned, with Count, Sum or Scan of what falls into each."""

import itertools
import math
from bisect import bisect_right


class Binning:
    """Bins between boundaries; a value is labelled by its bin's lower edge, or by a number."""

    def __init__(self, boundaries=None, lows=None, ups=None, retvalue="lowedge", bins=None, underflow_bin=None, overflow_bin=None, valid=None):
        if boundaries is None:
            boundaries = tuple(lows) + (ups[-1],)
        self.boundaries = tuple(boundaries)
        self.valid = valid
        if retvalue == "lowedge":
            self.bins, self.underflow, self.overflow = self.boundaries[:-1], -math.inf, self.boundaries[-1]
        elif retvalue == "number":
            self.bins = tuple(range(1, len(self.boundaries))) if bins is None else tuple(bins)
            self.underflow = min(self.bins) - 1 if underflow_bin is None else underflow_bin
            self.overflow = max(self.bins) + 1 if overflow_bin is None else overflow_bin
        else:
            raise ValueError("retvalue is lowedge or number, not " + repr(retvalue))

    def __call__(self, value):
        if self.valid is not None and not self.valid(value):
            return None
        if value < self.boundaries[0]:
            return self.underflow
        if self.boundaries[-1] <= value:
            return self.overflow
        if value != value:
            raise ValueError("NaN is in no bin")
        return self.bins[bisect_right(self.boundaries, value) - 1]


class Round:
    """Bins of equal width, as many as are needed, labelled by their lower edge."""

    def __init__(self, width=1, aboundary=None, min=None, underflow_bin=None, max=None, overflow_bin=None, valid=None):
        if aboundary is None:
            aboundary = width // 2 if width % 2 == 0 else float(width) / 2
        self.width, self.valid = width, valid
        self.edges = [aboundary]
        self.min, self.underflow, self.max, self.overflow = min, underflow_bin, max, overflow_bin
        if min is not None:
            self.reach(min)
        if max is not None:
            self.reach(max)
            if overflow_bin is True:
                self.overflow = self.edges[-1]

    def reach(self, value):
        """Adds boundaries, each from the one before it, until the value lies between them."""
        below = []
        while value < (below[-1] if below else self.edges[0]):
            below.append((below[-1] if below else self.edges[0]) - self.width)
        if below:
            self.edges[:0] = reversed(below)
        while value > self.edges[-1]:
            self.edges.append(self.edges[-1] + self.width)

    def __call__(self, value):
        if value is None or (self.valid and not self.valid(value)):
            return None
        if self.min is not None and not self.edges[0] <= value:
            return self.underflow
        if self.max is not None and not value < self.edges[-1]:
            return self.overflow
        if not math.isfinite(value):
            return None
        self.reach(value)
        return self.edges[bisect_right(self.edges, value) - 1]


class RoundLog:
    """Bins of equal width in log10, labelled by their lower edge. Zero is a bin of its own."""

    def __init__(self, width=0.1, aboundary=1, min=None, underflow_bin=None, max=None, overflow_bin=None, valid=None):
        self.round = Round(width=width, aboundary=math.log10(aboundary))
        self.min, self.max, self.valid = min, max, valid
        self.underflow = self.overflow = self.low = self.high = None
        if min is not None:
            self.low, self.underflow = self.round(math.log10(min)), underflow_bin
        if max is not None:
            self.round(math.log10(max))
            self.high = self.round.edges[-1]
            self.overflow = 10**self.high if overflow_bin is True else overflow_bin

    def __call__(self, value):
        if self.valid and not self.valid(value):
            return None
        if value <= 0:
            return self.underflow if self.min is not None else 0 if value == 0 else None
        if self.min is not None and math.log10(value) < self.low:
            return self.underflow
        if math.isinf(value):
            return self.overflow if self.max is not None else None
        if self.max is not None and self.high <= math.log10(value):
            return self.overflow
        edge = self.round(math.log10(value))
        return None if edge is None else 10**edge


class Echo:
    """The value itself."""

    def __init__(self, valid=None, nextFunc=None):
        self.valid = valid

    def __call__(self, value):
        return None if self.valid is not None and not self.valid(value) else value


class Combine:
    """One binning below a value, another from there on."""

    def __init__(self, low, high, at):
        self.low, self.high, self.at = low, high, at

    def __call__(self, value):
        return self.low(value) if value < self.at else self.high(value)


BINNINGS = {"Binning": Binning, "Round": Round, "RoundLog": RoundLog, "Echo": Echo, "Combine": Combine}


def binning(config):
    """A binning from `{type: Round, width: 10}`; a text is the type alone."""
    config = {"type": config} if isinstance(config, str) else dict(config)
    kind = config.pop("type")
    if kind == "Combine":
        config["low"], config["high"] = binning(config["low"]), binning(config["high"])
    if isinstance(config.get("valid"), str):
        config["valid"] = eval(config["valid"] if "lambda" in config["valid"] else "lambda " + config["valid"], {})
    return BINNINGS[kind](**config)


class Items:
    """Combinations of items of lists: an index, `*` for each, `(*)` for each and to be referred to by `\\1`."""

    def __init__(self, indices):
        self.slots = []
        groups = []
        count = 0
        for index in indices:
            if isinstance(index, str) and index.startswith("\\"):
                self.slots.append((groups[int(index[1:]) - 1], None))
                continue
            if isinstance(index, str) and index.startswith("("):
                groups.append(count)
                index = index[1:-1]
            self.slots.append((count, 0 if index is None else index))
            count += 1
        self.count = count

    def read(self, arrays):
        """One tuple for each combination, the last list fastest."""
        ranges = [None] * self.count
        for (slot, index), values in zip(self.slots, arrays):
            if index is None:
                ranges[slot] = [i for i in ranges[slot] if i < len(values)]
            elif index == "*":
                ranges[slot] = list(range(len(values)))
            else:
                ranges[slot] = [index] if index < len(values) else []
        for places in itertools.product(*ranges):
            yield tuple(values[places[slot]] for (slot, _), values in zip(self.slots, arrays))


def count(old, values, weight):
    n, nvar = old or (0, 0)
    return (n + weight, nvar + weight**2)


def add(old, values, weight):
    before = old or (0,) * len(values)
    return tuple(a + v * weight for a, v in zip(before, values))


class Reader:
    """Fills a summary table."""

    def __init__(self, keys=(), binnings=None, keyIndices=None, vals=(), valIndices=None, summary="Count", weight=None, nevents=None):
        self.names = list(keys) + list(vals)
        self.n_keys = len(keys)
        indices = list(keyIndices or [None] * len(keys)) + list(valIndices or [None] * len(vals))
        self.items = Items(indices)
        self.binnings = None if binnings is None else [binning(one) for one in binnings]
        self.summary, self.weight, self.nevents = summary, weight, nevents
        self.seen = 0
        self.cells = {}

    def begin(self, event):
        # A field that the event does not have makes an empty table.
        self.arrays = [getattr(event, name) for name in self.names] if all(hasattr(event, name) for name in self.names) else None

    def event(self, event):
        if self.nevents is not None and self.nevents <= self.seen:
            return
        self.seen += 1
        if self.arrays is None:
            return
        weight = 1 if self.weight is None else getattr(event, self.weight)[0]
        for items in self.items.read(self.arrays):
            key, values = items[: self.n_keys], items[self.n_keys:]
            if self.binnings is not None:
                key = tuple(one(value) for one, value in zip(self.binnings, key))
            if None in key or None in values:
                continue
            self.fill(key, values, weight)

    def fill(self, key, values, weight):
        if self.summary == "Scan":
            self.cells.setdefault(key, []).append(values)
        else:
            self.cells[key] = (count if self.summary == "Count" else add)(self.cells.get(key), values, weight)

    def end(self):
        self.arrays = None

    def merge(self, other):
        for key, theirs in other.cells.items():
            mine = self.cells.get(key)
            if mine is None:
                self.cells[key] = theirs
            elif self.summary == "Scan":
                self.cells[key] = mine + theirs
            else:
                self.cells[key] = tuple(a + b for a, b in zip(mine, theirs))

    def results(self):
        rows = []
        for key in sorted(self.cells):
            cell = self.cells[key]
            rows.extend([*key, *values] for values in (cell if self.summary == "Scan" else [cell]))
        return rows
