"""Functions of the user on tables and other products."""

import json

from . import code
from .readers import plain


def table_of(path, form):
    """A table from a file: of pyarrow where it is installed, else a dictionary of lists."""
    if form == "arrow":
        import pyarrow.ipc

        with open(path, "rb") as file:
            data = file.read()
        try:
            return pyarrow.ipc.open_file(data).read_all()
        except pyarrow.ArrowInvalid:
            return pyarrow.ipc.open_stream(data).read_all()
    with open(path, encoding="utf-8") as file:
        rows = json.load(file)
    names = list(rows[0]) if rows else []
    return {name: [row[name] for row in rows] for name in names}


def has_arrow():
    """Whether tables can go as Arrow."""
    try:
        import pyarrow.ipc  # noqa: F401
    except ImportError:
        return False
    return True


def call(path, digest, name, inputs, args, gives, target):
    """Calls the function with its inputs by name, then its arguments; a table is written to a file."""
    found = code.find(path, digest, name)
    values = {one["name"]: table_of(one["path"], one["form"]) if "path" in one else one["value"] for one in inputs}
    made = found(**values, **(args or {})) if isinstance(args or {}, dict) else found(*values.values(), *args)
    if gives != "table":
        return {"value": plain(made)}
    if hasattr(made, "to_arrow") or type(made).__module__.startswith("pandas"):
        import pyarrow

        made = made.to_arrow() if hasattr(made, "to_arrow") else pyarrow.Table.from_pandas(made, preserve_index=False)
    if type(made).__module__.startswith("pyarrow"):
        import pyarrow.ipc

        with pyarrow.ipc.new_file(target, made.schema) as writer:
            writer.write_table(made)
        return {"form": "arrow"}
    if isinstance(made, dict):
        return {"columns": {name: plain(values) for name, values in made.items()}}
    return {"rows": plain(made)}
