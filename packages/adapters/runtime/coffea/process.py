"""Runs a coffea processor of the user's over some files, and gives its accumulators as plain data."""

import importlib.util
import json
import os
import sys

import hist
import numpy as np


def plain(value):
    """Histograms in UHI form; numbers, lists and maps as they are."""
    if isinstance(value, hist.Hist):
        return {"uhi": json.loads(json.dumps(value, default=uhi_default))}
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [plain(one) for one in value]
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    if hasattr(value, "value") and not isinstance(value, (int, float)):
        return plain(value.value)
    return str(value) if isinstance(value, float) and not np.isfinite(value) else value


def uhi_default(value):
    import uhi.io.json

    return uhi.io.json.default(value)


def main():
    with open(sys.argv[1]) as file:
        job = json.load(file)
    import coffea.nanoevents
    from coffea import processor

    sys.path.insert(0, os.path.dirname(job["path"]))
    spec = importlib.util.spec_from_file_location("user_processor", job["path"])
    module = importlib.util.module_from_spec(spec)
    sys.modules["user_processor"] = module
    spec.loader.exec_module(module)
    instance = getattr(module, job["name"])(**job["args"])
    runner = processor.Runner(
        executor=processor.IterativeExecutor(),
        schema=getattr(coffea.nanoevents, job["schema"]),
        chunksize=job["chunksize"],
        skipbadfiles=False,
    )
    output = runner(job["fileset"], processor_instance=instance)
    with open(job["output"], "w") as file:
        json.dump(plain(output), file)


if __name__ == "__main__":
    main()
