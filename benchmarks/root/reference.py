"""The reference: makes the files, and reads them on demand. Speaks one JSON value a line."""
import json
import sys
import time

import awkward as ak
import numpy as np
import uproot


def make(folder, events):
    rng = np.random.default_rng(7)
    codecs = {
        "zlib": uproot.ZLIB(1),
        "lz4": uproot.LZ4(4),
        "zstd": uproot.ZSTD(5),
        "lzma": uproot.LZMA(1),
        "none": None,
    }
    counts = rng.poisson(2.2, events).astype(np.int32)
    # Floats as an experiment writes them: with the last bits of the mantissa rounded off.
    def rounded(values):
        bits = values.astype(np.float32).view(np.uint32)
        return (bits & np.uint32(0xFFFFE000)).view(np.float32)

    pt = rounded(rng.exponential(30, counts.sum()) + 3)
    eta = rounded(rng.normal(0, 1.4, counts.sum()))
    met = rounded(rng.exponential(40, events))
    muons = ak.zip({"pt": ak.unflatten(pt, counts), "eta": ak.unflatten(eta, counts)})
    for codec, compression in codecs.items():
        for size in (100_000, 2_000):
            if codec == "lzma" and size == 2_000:
                continue
            with uproot.recreate(f"{folder}/{codec}-{size}.root", compression=compression) as file:
                tree = file.mktree("Events", {"Muon": muons.type.content, "MET_pt": "float32"})
                for start in range(0, events, size):
                    part = slice(start, start + size)
                    tree.extend({"Muon": muons[part], "MET_pt": met[part]})


def read(path, columns):
    wall, cpu = time.perf_counter(), time.process_time()
    with uproot.open(path) as file:
        arrays = file["Events"].arrays(columns)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    total = {name: float(ak.sum(arrays[name].layout and arrays[name])) for name in columns}
    return {"wall": 1000 * wall, "cpu": 1000 * cpu, "sums": total}


for line in sys.stdin:
    request = json.loads(line)
    if request["do"] == "make":
        make(request["folder"], request["events"])
        answer = {}
    else:
        answer = read(request["path"], request["columns"])
    print(json.dumps(answer), flush=True)
