"""Lets Apache Hamilton go over a round: its driver, its executor, a hook that writes down what it ran."""

import importlib
import sys

from fasthep_flow.driver import drive
from hamilton import driver, lifecycle
from hamilton.plugins.h_threadpool import FutureAdapter


class Record(lifecycle.NodeExecutionHook):
    """Writes down each node that Hamilton executed."""

    def __init__(self, about):
        self._about = about

    def run_before_node_execution(self, **_):
        pass

    def run_after_node_execution(self, *, node_name, node_tags, result, error, success, **_):
        if "task" in node_tags:
            told = str(error) if error is not None else result
            self._about.record(engine="hamilton", task=node_tags["task"], node=node_name, ok=success, told=told)


def main(about, options):
    sys.path.insert(0, about.folder)
    module = importlib.import_module(options["module"])
    # A thread waits for each node whose turn has not come; how many tasks run at once is up to the workers.
    threads = FutureAdapter(max_workers=about.workers * 4 + 16)
    built = driver.Builder().with_modules(module).with_adapters(Record(about), threads).build()
    nodes = [one for one in built.list_available_variables() if "task" in one.tags]
    built.execute([one.name for one in nodes])


if __name__ == "__main__":
    drive(main)
