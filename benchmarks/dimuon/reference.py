"""The dimuon workflow as one writes it with uproot, awkward and hist."""
import sys

import awkward as ak
import hist
import numpy as np
import uproot
import vector

vector.register_awkward()

result = {}
for path in sys.argv[1:]:
    events = uproot.open(path)["events"].arrays(
        ["NMuon", "Muon_Px", "Muon_Py", "Muon_Pz", "Muon_E", "Muon_Iso", "triggerIsoMu24", "EventWeight"]
    )
    weight = ak.to_numpy(events.EventWeight).astype(np.float64)
    muon = ak.zip(
        {
            "px": ak.values_astype(events.Muon_Px, np.float64),
            "py": ak.values_astype(events.Muon_Py, np.float64),
            "pz": ak.values_astype(events.Muon_Pz, np.float64),
            "E": ak.values_astype(events.Muon_E, np.float64),
            "iso": ak.values_astype(events.Muon_Iso, np.float64),
        },
        with_name="Momentum4D",
    )
    isolated = muon[muon.iso / muon.pt < 0.10]
    n_isolated = ak.to_numpy(ak.num(isolated))
    pair = ak.pad_none(isolated, 2)
    mass = ak.fill_none((pair[:, 0] + pair[:, 1]).mass, np.nan)

    table = {}
    for n, i, w in zip(ak.to_numpy(events.NMuon), n_isolated, weight):
        row = table.setdefault((int(n), int(i)), [0, 0.0, 0.0])
        row[0] += 1
        row[1] += w
        row[2] += w * w

    selected = np.ones(len(weight), dtype=bool)
    cutflow = [int(selected.sum())]
    leading = ak.to_numpy(ak.fill_none(ak.firsts(muon.pt), 0) > 25)
    for cut in (n_isolated >= 2, ak.to_numpy(events.triggerIsoMu24), leading):
        selected &= cut
        cutflow.append(int(selected.sum()))

    h_mass = hist.Hist(hist.axis.Regular(60, 60, 120), storage=hist.storage.Weight())
    h_mass.fill(ak.to_numpy(mass)[selected], weight=weight[selected])
    h_muons = hist.Hist(hist.axis.Regular(6, 0, 6), storage=hist.storage.Weight())
    h_muons.fill(ak.to_numpy(events.NMuon), weight=weight)
    h_isolated = hist.Hist(hist.axis.Regular(6, 0, 6), storage=hist.storage.Weight())
    h_isolated.fill(n_isolated, weight=weight)
    result[path] = (cutflow, table, h_mass, h_muons, h_isolated)

for path, (cutflow, *_) in result.items():
    print(path.rsplit("/", 1)[-1], cutflow)
