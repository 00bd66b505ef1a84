"""The frame of a driver: a Python program that lets an engine go over a round."""

import json
import os
import signal
import sys
import threading

from .round import Round
from .workers import close_pools


def drive(main):
    """Calls main(round, options) with what the command line says. Ends with whoever started this."""
    folder, options = sys.argv[1], json.loads(sys.argv[2] if len(sys.argv) > 2 else "{}")
    threading.Thread(target=_watch, daemon=True).start()
    about = Round(folder)
    try:
        main(about, options)
        code = 0
    except BaseException as error:
        import traceback

        traceback.print_exc()
        with open(os.path.join(folder, "error.json"), "w", encoding="utf-8") as file:
            json.dump({"type": type(error).__name__, "message": str(error) or type(error).__name__}, file)
        code = 1
    close_pools()
    sys.stdout.flush()
    sys.stderr.flush()
    # Engines leave threads behind that wait for nothing.
    os._exit(code)


def _watch():
    # Standard input ends when the process that started this one is gone. Workers see the same of this one.
    sys.stdin.buffer.read()
    # With all that it started: this process leads a group.
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)
