"""Lets Prefect go over a round: one flow run, one task run for each task, with states that its UI shows."""

from fasthep_flow.driver import drive
from fasthep_flow.round import befores
from fasthep_flow.workers import pool
from prefect import allow_failure, flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
from prefect.context import get_run_context
from prefect.server.api.server import SubprocessASGIServer
from prefect.states import Completed, Failed
from prefect.task_runners import ThreadPoolTaskRunner

FINE = {"done": "Completed", "reused": "Reused", "skipped": "Skipped"}
TAG = "task:"
BAD = {"failed": "Failed", "blocked": "Blocked", "lost": "Lost", "interrupted": "Interrupted"}


def run_one(folder, line):
    """Runs one task on a warm worker. What it came to is the state of the task run."""
    answer = pool(folder).run(line)
    outcome, message = answer["outcome"], answer.get("message", "")
    if outcome in FINE:
        return Completed(name=FINE[outcome], message=message or outcome)
    get_run_logger().error("%s: %s %s", line["task"], outcome, message)
    return Failed(name=BAD[outcome], message=f"{outcome}: {message}")


def main(about, options):
    # A thread waits for each task whose turn has not come; how many run at once is up to the workers.
    runner = ThreadPoolTaskRunner(max_workers=about.workers * 4 + 16)
    seen = {}

    # Attempts, timeouts and reuse are ours: the same on every engine.
    base = task(run_one, retries=0, cache_policy=NO_CACHE, persist_result=False)

    @flow(name=about.workflow, task_runner=runner, validate_parameters=False, persist_result=False)
    def workflow():
        seen["flow"] = get_run_context().flow_run.id
        futures = {}
        for line in about.lines():
            name = line["task"]
            shown = name.replace("{", "(").replace("}", ")")
            named = base.with_options(name=name.split("[")[0], task_run_name=shown, tags=[TAG + name])
            before = [allow_failure(futures[one]) for one in befores(line)]
            futures[name] = named.submit(about.folder, line, wait_for=before)
        bad = 0
        for future in futures.values():
            future.wait()
            bad += not future.state.is_completed()
        return Failed(message=f"{bad} of {len(futures)} tasks did not end well") if bad else Completed(message="done")

    workflow(return_state=True)
    with get_client(sync_client=True) as client:
        mine = FlowRunFilter(id=FlowRunFilterId(any_=[seen["flow"]]))
        offset = 0
        while True:
            runs = client.read_task_runs(flow_run_filter=mine, offset=offset, limit=200)
            for one in runs:
                # Names of runs that waited for others come late; tags are there from the start.
                for tag in one.tags:
                    if tag.startswith(TAG):
                        about.record(engine="prefect", task=tag[len(TAG) :], run=str(one.id), told=one.state_name)
            offset += len(runs)
            if len(runs) < 200:
                break
    # A server of its own ends in order, so that its records are whole.
    for server in list(SubprocessASGIServer._instances.values()):
        server.stop()


if __name__ == "__main__":
    drive(main)
