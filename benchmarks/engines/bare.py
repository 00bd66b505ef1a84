"""The graph of a round with sleeps in the place of tasks, as one writes it for an engine by hand."""

import sys
import time
import types

from fasthep_flow import Round, identifiers
from fasthep_flow.round import befores

engine, folder, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
about = Round(folder)
lines = about.lines()


def work(*_, **__):
    time.sleep(seconds)
    return "done"


if __name__ == "__main__":
    start = time.time()
    if engine == "dask":
        from distributed import Client, LocalCluster, wait

        cluster = LocalCluster(n_workers=about.workers, threads_per_worker=1, dashboard_address=None)
        client = Client(cluster)
        futures = {}
        for line in lines:
            before = [futures[name] for name in befores(line)]
            futures[line["task"]] = client.submit(work, *before, key=line["task"], pure=False)
        wait(list(futures.values()))
        client.close()
        cluster.close()
    else:
        from threading import BoundedSemaphore

        from hamilton import driver
        from hamilton.plugins.h_threadpool import FutureAdapter

        free = BoundedSemaphore(about.workers)

        def run(task):
            with free:
                return work()

        names = identifiers([line["task"] for line in lines])
        module = types.ModuleType("bare")
        module.run = run
        text = ""
        for line in lines:
            parameters = ", ".join(f"{names[one]}: str" for one in befores(line))
            text += f"def {names[line['task']]}({parameters}) -> str:\n    return run(0)\n"
        exec(text, module.__dict__)
        for name in names.values():
            getattr(module, name).__module__ = "bare"
        sys.modules["bare"] = module
        built = driver.Builder().with_modules(module).with_adapters(FutureAdapter(max_workers=24)).build()
        built.execute(list(names.values()))
    print(time.time() - start)
