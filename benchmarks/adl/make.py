"""Events like NanoAOD's, seeded: make.py FILE EVENTS."""
import sys

import awkward as ak
import numpy as np
import uproot

path, count = sys.argv[1], int(sys.argv[2])
rng = np.random.default_rng(20261122)
CHUNK = 200_000


def objects(n, mean, more):
    lengths = rng.poisson(mean, n)
    total = int(lengths.sum())
    fields = {
        "pt": rng.exponential(30, total) + 5,
        "eta": rng.uniform(-2.5, 2.5, total),
        "phi": rng.uniform(-np.pi, np.pi, total),
        **more(total),
    }
    fields = {k: v.astype(np.float32) if v.dtype == np.float64 else v for k, v in fields.items()}
    return ak.zip({k: ak.unflatten(v, lengths) for k, v in fields.items()})


def leptons(mass):
    return lambda n: {
        "mass": np.full(n, mass),
        "charge": rng.choice(np.array([-1, 1], dtype=np.int32), n),
        "pfRelIso03_all": rng.exponential(0.1, n),
        "tightId": rng.random(n) < 0.8,
    }


with uproot.recreate(path, compression=uproot.ZLIB(1)) as file:
    done = 0
    while done < count:
        n = min(CHUNK, count - done)
        arrays = {
            "HLT_IsoMu24": rng.random(n) < 0.7,
            "genWeight": rng.normal(1, 0.2, n).astype(np.float32),
            "MET_pt": rng.exponential(40, n).astype(np.float32),
            "MET_phi": rng.uniform(-np.pi, np.pi, n).astype(np.float32),
            "Muon": objects(n, 1.2, leptons(0.105658)),
            "Electron": objects(n, 0.8, leptons(0.000511)),
            "Jet": objects(n, 3.5, lambda k: {"mass": rng.exponential(8, k), "btag": rng.random(k)}),
        }
        if done == 0:
            file.mktree("Events", arrays)
        else:
            file["Events"].extend(arrays)
        done += n
