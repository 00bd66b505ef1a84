"""Lets Dask go over a round: one future per task, on a cluster that is there or on one made for this run."""

import os

from distributed import Client, LocalCluster, as_completed
from fasthep_flow.driver import drive
from fasthep_flow.round import befores


def task(folder, line, size, *before):
    """Runs one task in a process of Dask, on the warm workers of that process. Gives (outcome, who)."""
    from distributed import get_worker
    from fasthep_flow.workers import pool

    return pool(folder, size).run(line)["outcome"], get_worker().address


def main(about, options):
    address = options.get("scheduler")
    cluster = None
    if address:
        client = Client(address, timeout=options.get("patience", 30))
        # Machines of the cluster need not have our package: it travels with the run.
        client.run(_find, options["path"])
    else:
        workers = min(about.workers, options.get("processes") or about.workers)
        cluster = LocalCluster(
            n_workers=workers,
            threads_per_worker=-(-about.workers // workers),
            dashboard_address=options.get("dashboard"),
            local_directory=os.path.join(about.folder, "dask"),
        )
        client = Client(cluster)
    try:
        # A process of Dask has as many warm workers as threads.
        size = max(one["nthreads"] for one in client.scheduler_info(n_workers=-1)["workers"].values())
        futures = {}
        for line in about.lines():
            futures[line["task"]] = client.submit(
                task,
                about.folder,
                line,
                size,
                *[futures[name] for name in befores(line)],
                key=f"{line['task']}-{options['run']}",
                # A process that goes down takes its task with it: Dask gives it to another one.
                retries=2,
                pure=False,
            )
        names = {future.key: name for name, future in futures.items()}
        for future in as_completed(list(futures.values()), raise_errors=False):
            told = future.result() if future.status == "finished" else (future.status, None)
            about.record(engine="dask", task=names[future.key], ok=future.status == "finished", told=told[0], worker=told[1])
        client.run(_close)
    finally:
        client.close()
        if cluster is not None:
            cluster.close()


def _find(path):
    import sys

    for folder in path:
        if folder not in sys.path:
            sys.path.insert(0, folder)


def _close():
    from fasthep_flow.workers import close_pools

    close_pools()


if __name__ == "__main__":
    drive(main)
