"""The folder of a round: what is to run, and where it is written what did."""

import json
import keyword
import os
import re
import threading
import time


class TaskFailed(Exception):
    """A task failed, was blocked or lost. The worker has written down why."""


class Round:
    """One pass over the tasks of a run."""

    def __init__(self, folder):
        self.folder = os.path.abspath(folder)
        with open(os.path.join(self.folder, "round.json"), encoding="utf-8") as file:
            about = json.load(file)
        self.workflow = about["workflow"]
        self.command = about["command"]
        self.workers = about["workers"]
        self._record = threading.Lock()

    def lines(self):
        """The tasks, each after those that it waits for."""
        with open(os.path.join(self.folder, "tasks.jsonl"), encoding="utf-8") as file:
            return [json.loads(line) for line in file if line.strip()]

    def stopped(self):
        """Whether workers shall take no more tasks."""
        return os.path.exists(os.path.join(self.folder, "stop"))

    def record(self, **entry):
        """Writes down what the engine itself says of a task."""
        line = json.dumps({"time": int(time.time() * 1000), **entry}) + "\n"
        with self._record, open(os.path.join(self.folder, "record.jsonl"), "a", encoding="utf-8") as file:
            file.write(line)


def befores(line):
    """Names of the tasks that a task waits for."""
    return list(dict.fromkeys(name for name, _ in line.get("after", [])))


def identifiers(names):
    """A Python identifier for each name, readable and each only once."""
    taken = set()
    found = {}
    for name in names:
        base = re.sub(r"\W+", "_", name).strip("_") or "task"
        if base[0].isdigit() or keyword.iskeyword(base):
            base = "task_" + base
        number, candidate = 1, base
        while candidate in taken:
            number += 1
            candidate = f"{base}__{number}"
        taken.add(candidate)
        found[name] = candidate
    return found
