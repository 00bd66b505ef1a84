"""Runs cases of the alphatwirl vectors: readers over chunks of events, merged in order."""

import copy
import math

from . import code, selection, table
from .events import Event
from .readers import NoMerge, merge, result


def revived(value):
    """Numbers that JSON lacks are texts in the vectors."""
    if isinstance(value, list):
        return [revived(one) for one in value]
    return {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}.get(value, value) if isinstance(value, str) else value


def readers_of(spec, module):
    """The readers that a spec asks for, in their order."""
    made = [eval(text, dict(vars(module))) for text in spec.get("scribblers", []) + spec.get("readers", [])]
    if "selection" in spec:
        made.append(selection.build(spec["selection"], spec.get("aliases")))
    if "table" in spec:
        made.append(table.Reader(**spec["table"]))
    return made


class Collect:
    """Keeps the number of each event that reaches it, and what the readers before it made."""

    def __init__(self, names):
        self.names, self.rows = names, []

    def begin(self, event):
        if self.names is None:
            self.names = ["event_number"] + [name for name in vars(event) if name not in event.given]

    def event(self, event):
        self.rows.append([list(getattr(event, name)) for name in self.names])

    def merge(self, other):
        self.rows += other.rows

    def results(self):
        return self.rows


class Given(Event):
    """An event of the vectors: its fields are lists."""

    def __init__(self, names):
        self.given = {*names, "given"}
        for name in names:
            setattr(self, name, [])


def run_chunk(readers, events, names):
    event = Given(names)
    lists = {name: getattr(event, name) for name in names}
    for reader in readers:
        if hasattr(reader, "begin"):
            reader.begin(event)
    for values in events:
        for name, target in lists.items():
            target[:] = values[name]
        for reader in readers:
            if reader.event(event) is False:
                break
    for reader in readers:
        if hasattr(reader, "end"):
            reader.end()
    return readers


def cut(events, label):
    """The chunks that a label like `chunks@10,20` means."""
    if "@" not in label:
        return [events]
    edges = [0, *(int(one) for one in label.split("@")[1].split(",")), len(events)]
    return [events[a:b] for a, b in zip(edges, edges[1:])]


def run(path, digest, spec, events, chunks, collects):
    """What each reader found out; `{"no-merge": name}` where that cannot be told."""
    module = code.load(path, digest)
    events = [{name: revived(values) for name, values in event.items()} for event in events]
    names = list(events[0]) if events else []
    parts = [run_chunk(readers_of(spec, module) + ([Collect(None)] if collects else []), chunk, names) for chunk in cut(events, chunks)]
    found = []
    for same in zip(*parts):
        first = same[0]
        if not hasattr(first, "results") and not hasattr(first, "result"):
            found.append(None)
            continue
        try:
            found.append(result(merge([copy.copy(one) for one in same])))
        except NoMerge as error:
            found.append({"no-merge": str(error)})
    return found
