"""Warm workers: processes of Node that take one task after the other as JSON lines."""

import json
import os
import queue
import signal
import subprocess
import threading

from .round import Round, TaskFailed

# A worker that is gone is replaced, and its task given to the next one, this often.
LOST = 2


class WorkerLost(Exception):
    """The process went away before it answered."""


class Worker:
    """One process, which leads a process group of its own."""

    def __init__(self, command, folder):
        self._process = subprocess.Popen(
            [*command, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
        )

    @property
    def pid(self):
        return self._process.pid

    def run(self, line):
        """Has one task run. Gives the answer: {"task", "outcome", "message"?}."""
        try:
            self._process.stdin.write((json.dumps(line) + "\n").encode())
            self._process.stdin.flush()
            for text in self._process.stdout:
                answer = json.loads(text)
                if answer.get("type") == "answer":
                    return answer
        except (OSError, ValueError):
            pass
        raise WorkerLost(f"the worker with process number {self.pid} is gone")

    def close(self):
        """Lets it end by itself, and makes it end."""
        try:
            self._process.stdin.close()
            self._process.wait(5)
        except (OSError, subprocess.TimeoutExpired):
            self.kill()

    def kill(self):
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except OSError:
            pass
        self._process.wait()


class Pool:
    """Workers that start when they are needed and stay warm; any thread may ask."""

    def __init__(self, command, folder, size):
        self._command, self._folder = command, folder
        self._idle = queue.LifoQueue()
        self._free = threading.BoundedSemaphore(size)
        self._all = set()

    def run(self, line):
        with self._free:
            for attempt in range(LOST + 1):
                worker = self._take()
                try:
                    answer = worker.run(line)
                except WorkerLost:
                    self._all.discard(worker)
                    worker.kill()
                    if attempt == LOST:
                        raise
                    continue
                self._idle.put(worker)
                return answer

    def _take(self):
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            worker = Worker(self._command, self._folder)
            self._all.add(worker)
            return worker

    def close(self):
        for worker in list(self._all):
            worker.close()


_pools = {}
_lock = threading.Lock()


def pool(folder, size=None):
    """The pool of this process for a round, made once."""
    with _lock:
        if folder not in _pools:
            about = Round(folder)
            _pools[folder] = Pool(about.command, folder, size or about.workers)
        return _pools[folder]


def close_pools():
    """Ends all workers of this process."""
    with _lock:
        for one in _pools.values():
            one.close()
        _pools.clear()


def run_task(folder, line, size=None):
    """Runs a task of a round on a warm worker of this process. Gives its outcome; raises what an engine shows as failed."""
    answer = pool(folder, size).run(line)
    outcome = answer["outcome"]
    if outcome in ("done", "reused", "skipped"):
        return outcome
    raise TaskFailed(f"{line['task']}: {outcome}" + (f" ({answer['message']})" if "message" in answer else ""))
