"""A warm Python process: calls come as JSON lines on standard input, answers go as JSON lines.

    {"id": 1, "call": "module:function", "args": [...], "kwargs": {...}, "path": ["folder"]}
    {"id": 1, "result": ...}  or  {"id": 1, "error": {"type", "message", "traceback"}}

What the function prints goes to standard error, so it cannot disturb the answers.
"""

import importlib
import json
import os
import sys
import traceback


def find(name):
    """The function of a name `module:function`."""
    module, _, path = name.partition(":")
    found = importlib.import_module(module)
    for part in path.split("."):
        found = getattr(found, part)
    return found


def answer(message):
    try:
        for folder in message.get("path", []):
            if folder not in sys.path:
                sys.path.insert(0, folder)
        result = find(message["call"])(*message.get("args", []), **message.get("kwargs", {}))
        # Numbers that JSON does not have would be read as something else, or not at all.
        return json.dumps({"id": message["id"], "result": result}, allow_nan=False)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        told = {"type": type(error).__name__, "message": str(error), "traceback": traceback.format_exc()}
        return json.dumps({"id": message["id"], "error": told})


def main():
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    answers.write(json.dumps({"ready": {"python": sys.version.split()[0], "executable": sys.executable}}) + "\n")
    answers.flush()
    for line in sys.stdin:
        if line.strip():
            answers.write(answer(json.loads(line)) + "\n")
            answers.flush()


if __name__ == "__main__":
    main()
