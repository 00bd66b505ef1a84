"""Readers of single events as alphatwirl has them: begin, event, end, merge, results."""

import base64
import math
import pickle

from . import code
from .events import CODES, Nothing, Rows, batch_columns
from array import array


class Composite:
    """Readers one after the other: one that returns exactly False keeps the event from those after it."""

    def __init__(self, readers):
        self.readers = list(readers)

    def begin(self, event):
        for reader in self.readers:
            if hasattr(reader, "begin"):
                reader.begin(event)

    def event(self, event):
        for reader in self.readers:
            if reader.event(event) is False:
                return False
        return None

    def end(self):
        for reader in self.readers:
            if hasattr(reader, "end"):
                reader.end()


class NoMerge(Exception):
    """The result of a reader without merge was asked for, and comes from several partitions."""


def merge(readers):
    """The first reader with all later ones merged into it, in order."""
    first, *others = readers
    for other in others:
        if not hasattr(first, "merge"):
            raise NoMerge(type(first).__name__)
        first.merge(other)
    return first


def result(reader):
    """What a reader found out: its results() or result(), or nothing."""
    for name in ("results", "result"):
        if hasattr(reader, name):
            return plain(getattr(reader, name)())
    return None


def plain(value):
    """A value that JSON can say: numbers that it lacks become texts."""
    if isinstance(value, bool) or value is None or isinstance(value, (int, str)):
        return value
    if isinstance(value, float):
        if math.isfinite(value):
            return value
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if hasattr(value, "to_tuple_list"):
        return plain(value.to_tuple_list())
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if isinstance(value, (set, frozenset)):
        return [plain(one) for one in sorted(value)]
    if hasattr(value, "__iter__"):
        return [plain(one) for one in value]
    raise TypeError("a result must be plain data, not " + type(value).__name__)


def make(found, args):
    """An instance of a reader's class: named arguments from a map, positional ones from a list."""
    if args is None:
        return found()
    if isinstance(args, dict):
        return found(**args)
    return found(*args) if isinstance(args, list) else found(args)


def about(path, digest, name):
    """What the class can do."""
    found = code.find(path, digest, name)
    if not hasattr(found, "event"):
        raise TypeError(name + " is no reader: it has no function 'event'")
    return {"merges": hasattr(found, "merge"), "reads": getattr(found, "reads", None), "produces": getattr(found, "produces", None)}


_running = {}


class Work:
    """A reader over the rows of one partition."""

    def __init__(self, reader, produces):
        self.reader = reader
        self.produces = produces
        self.rows = Rows()
        self.begun = False

    def begin(self, event):
        if not self.begun and hasattr(self.reader, "begin"):
            self.reader.begin(event)
        self.begun = True

    def push(self, specs, length, path):
        columns = batch_columns(specs, path)
        self.rows.bind(columns)
        event = self.rows.event
        self.begin(event)
        keep = bytearray(length)
        made = [Made(name, kind) for name, kind in self.produces]
        for row in self.rows.over(columns, length):
            if self.reader.event(event) is False:
                continue
            keep[row] = 1
            for one in made:
                one.take(event)
        places, at = [["keep", 0, length]], length
        with open(path, "wb") as file:
            file.write(keep)
            for one in made:
                for part, data in one.parts():
                    file.write(data)
                    places.append([part, at, at + len(data)])
                    at += len(data)
        return {"places": places, "json": {one.name: one.values for one in made if one.json}}

    def end(self):
        self.begin(Nothing())
        if hasattr(self.reader, "end"):
            self.reader.end()


class Made:
    """A field that the reader makes, for the events that are kept."""

    def __init__(self, name, kind):
        self.name, self.attribute = name, name.replace(".", "_")
        self.list = kind.endswith("[]")
        self.kind = kind[:-2] if self.list else kind
        # Texts, and what may be missing, go as JSON.
        self.json = self.kind not in CODES
        self.values = [] if self.json else array(CODES[self.kind])
        self.offsets = array("i", [0])

    def take(self, event):
        value = getattr(event, self.attribute)
        if self.list:
            value = list(value)
            if self.json:
                self.values.append(value)
            else:
                self.values.extend(value)
                self.offsets.append(len(self.values))
            return
        if hasattr(value, "__len__") and not isinstance(value, str):
            value = value[0] if len(value) else None
        if self.json:
            self.values.append(plain(value) if isinstance(value, float) is False else value if value == value else None)
        elif value is None:
            raise ValueError("'" + self.name + "' was not written for an event that is kept")
        else:
            self.values.append(value)

    def parts(self):
        if self.json:
            return
        yield self.name, self.values.tobytes()
        if self.list:
            yield self.name + "#", self.offsets.tobytes()


def start(handle, path, digest, name, args, produces):
    """A reader for one partition, kept under a handle."""
    _running[handle] = Work(make(code.find(path, digest, name), args), produces)


def push(handle, specs, length, path):
    """One batch; the answer's parts are written over its file."""
    try:
        return _running[handle].push(specs, length, path)
    except BaseException:
        del _running[handle]
        raise


def finish(handle):
    """Ends a partition: the reader as text."""
    work = _running.pop(handle)
    work.end()
    return base64.b64encode(pickle.dumps(work.reader, protocol=4)).decode("ascii")


def revive(path, digest, states):
    code.load(path, digest)
    return [pickle.loads(base64.b64decode(state)) for state in states]


def merged(path, digest, states):
    """The sum of some readers, as text."""
    return base64.b64encode(pickle.dumps(merge(revive(path, digest, states)), protocol=4)).decode("ascii")


def results(path, digest, states):
    """What each of some readers found out."""
    return [result(reader) for reader in revive(path, digest, states)]


