"""What FAST-HEP Flow looks like from Python: a round of tasks, and the warm workers that run them."""

from .round import Round, TaskFailed, identifiers
from .workers import Pool, WorkerLost, run_task

__all__ = ["Pool", "Round", "TaskFailed", "WorkerLost", "identifiers", "run_task"]
