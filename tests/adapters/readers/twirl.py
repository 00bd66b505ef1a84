"""Readers for the protocol of alphatwirl: fields of an event are lists, a scalar is a list of one item."""


class Jets:
    """Sum and number of jets above a threshold."""

    def __init__(self, min):
        self.min = min
        self.jets = 0
        self.events = 0

    def begin(self, event):
        self.ht, self.hard = [], []
        event.ht, event.hard = self.ht, self.hard

    def event(self, event):
        self.hard[:] = [pt for pt in event.jet_pt if pt > self.min]
        self.ht[:] = [sum(self.hard)]
        self.jets += len(self.hard)
        self.events += 1
        return len(self.hard) > 0

    def end(self):
        self.ht, self.hard = None, None

    def merge(self, other):
        self.jets += other.jets
        self.events += other.events

    def results(self):
        return {"jets": self.jets, "events": self.events}


class DeadTime:
    """Keeps an event if at least 50 ms passed since the last earlier one with s2 > 40."""

    def __init__(self):
        self.last, self.kept = None, 0

    def event(self, event):
        time = event.time_ms[0]
        since = None if self.last is None else time - self.last
        if event.s2[0] > 40:
            self.last = time
        if since is not None and since < 50:
            return False
        self.kept += 1

    def results(self):
        return {"kept": self.kept}


class Broken:
    def event(self, event):
        raise ValueError("the detector is off")


def mean(table, scale=1):
    """Works on a pyarrow table and on a dictionary of lists."""
    values = table["met"].to_pylist() if hasattr(table["met"], "to_pylist") else table["met"]
    return {"mean": scale * sum(values) / len(values), "n": len(values)}


def squares(n):
    return {"x": list(range(n)), "y": [x * x for x in range(n)]}
