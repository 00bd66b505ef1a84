"""Columns as events: one object whose attributes are lists that move from event to event."""

from array import array

CODES = {
    "bool": "B", "int8": "b", "uint8": "B", "int16": "h", "uint16": "H", "int32": "i", "uint32": "I",
    "int64": "q", "uint64": "Q", "float32": "f", "float64": "d",
}


class Event:
    """The same object for every event. A scalar is a list of one item; what is missing is an empty list."""


class Nothing(Event):
    """The event of a partition without rows: every field is an empty list."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        value = []
        setattr(self, name, value)
        return value


def numbers(kind, data):
    """Little-endian bytes as a sequence of Python numbers."""
    values = array(CODES[kind])
    values.frombytes(data)
    return values


def texts(offsets, data):
    return [bytes(data[a:b]).decode("utf-8") for a, b in zip(offsets, offsets[1:])]


def column(spec, data):
    """What a column holds, as (kind, values, offsets): offsets only for lists, None for other columns."""
    if "json" in spec:
        return spec["json"], None
    if spec["kind"] == "list":
        values, _ = column(spec["item"], data)
        return values, numbers("int32", data[spec["offsets"][0]:spec["offsets"][1]])
    part = data[spec["data"][0]:spec["data"][1]]
    if spec["kind"] == "string":
        return texts(numbers("int32", data[spec["offsets"][0]:spec["offsets"][1]]), part), None
    values = numbers(spec["kind"], part)
    return ([v != 0 for v in values] if spec["kind"] == "bool" else values), None


def batch_columns(specs, path):
    """Name to (values, offsets) of a batch that was written to a file."""
    with open(path, "rb") as file:
        data = memoryview(file.read())
    return {spec["name"]: column(spec, data) for spec in specs}


class Rows:
    """Moves an event over the rows of batches."""

    def __init__(self):
        self.event = Event()
        self.lists = {}

    def bind(self, names):
        """Gives the event a list for each column that it does not have yet."""
        for name in names:
            if name not in self.lists:
                self.lists[name] = []
                setattr(self.event, name.replace(".", "_"), self.lists[name])

    def over(self, columns, length):
        """Fills the lists for one row after the other."""
        plain, jagged = [], []
        for name, (values, offsets) in columns.items():
            if offsets is not None:
                jagged.append((self.lists[name], values, offsets))
            else:
                plain.append((self.lists[name], values))
        for row in range(length):
            for target, values in plain:
                value = values[row]
                if isinstance(value, list):
                    target[:] = value
                else:
                    target[:] = () if value is None else (value,)
            for target, values, offsets in jagged:
                target[:] = values[offsets[row]:offsets[row + 1]]
            yield row
