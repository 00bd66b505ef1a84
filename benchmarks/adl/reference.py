"""ADL queries as one writes them with uproot, awkward and hist: reference.py QUERY FILE."""
import sys

import awkward as ak
import hist
import numpy as np
import uproot
import vector

vector.register_awkward()
query, path = sys.argv[1:3]
tree = uproot.open(path)["Events"]


def collection(name, fields):
    arrays = tree.arrays([f"{name}_{field}" for field in fields])
    return ak.zip({field: arrays[f"{name}_{field}"] for field in fields}, with_name="Momentum4D")


def one(name):
    return tree[name].array()


def fill(bins, low, high, values, weight=None):
    h = hist.Hist(hist.axis.Regular(bins, low, high), storage=hist.storage.Weight())
    h.fill(ak.to_numpy(values), weight=weight)
    return h.sum(flow=True).value


P4 = ["pt", "eta", "phi", "mass"]
if query == "q1":
    print(fill(100, 0, 200, one("MET_pt")))
elif query == "q4":
    pt = one("Jet_pt")
    print(fill(100, 0, 200, one("MET_pt")[ak.sum(pt > 40, axis=1) >= 2]))
elif query == "q5":
    pair = ak.combinations(collection("Muon", [*P4, "charge"]), 2)
    a, b = ak.unzip(pair)
    m = (a + b).mass
    print(fill(100, 0, 200, one("MET_pt")[ak.any((a.charge != b.charge) & (m > 60) & (m < 120), axis=1)]))
elif query == "q6":
    jet = collection("Jet", [*P4, "btag"])
    jet = jet[ak.num(jet) >= 3]
    a, b, c = ak.unzip(ak.combinations(jet, 3))
    top = a + b + c
    best = ak.argmin(abs(top.mass - 172.5), axis=1, keepdims=True)
    btag = np.maximum(np.maximum(a.btag, b.btag), c.btag)
    print(fill(100, 0, 200, ak.flatten(top[best].pt)), fill(100, 0, 1, ak.flatten(btag[best])))
elif query == "q7":
    jet = collection("Jet", P4)
    lepton = ak.concatenate([collection("Muon", P4), collection("Electron", P4)], axis=1)
    lepton = lepton[lepton.pt > 10]
    j, near = ak.unzip(ak.cartesian([jet, lepton], nested=True))
    alone = jet[(jet.pt > 30) & ~ak.any(j.deltaR(near) < 0.4, axis=2)]
    print(fill(100, 0, 200, ak.sum(alone.pt, axis=1)))
elif query == "q8":
    muon, electron = (collection(name, [*P4, "charge"]) for name in ("Muon", "Electron"))
    muon, electron = ak.with_field(muon, 13, "flavour"), ak.with_field(electron, 11, "flavour")
    lepton = ak.concatenate([muon, electron], axis=1)
    keep = ak.num(lepton) >= 3
    lepton, met, met_phi = lepton[keep], one("MET_pt")[keep], one("MET_phi")[keep]
    index = ak.argcombinations(lepton, 2)
    i, k = ak.unzip(index)
    a, b = lepton[i], lepton[k]
    good = (a.flavour == b.flavour) & (a.charge != b.charge)
    i, k, a, b = i[good], k[good], a[good], b[good]
    best = ak.argmin(abs((a + b).mass - 91.2), axis=1, keepdims=True)
    i, k = ak.firsts(i[best]), ak.firsts(k[best])
    keep = ~ak.is_none(i)
    lepton, met, met_phi, i, k = lepton[keep], met[keep], met_phi[keep], i[keep], k[keep]
    place = ak.local_index(lepton)
    other = lepton[(place != i) & (place != k)]
    third = ak.firsts(other[ak.argmax(other.pt, axis=1, keepdims=True)])
    mt = np.sqrt(2 * third.pt * met * (1 - np.cos(third.phi - met_phi)))
    print(fill(100, 0, 200, mt))
elif query == "zmumu":
    muon = collection("Muon", [*P4, "charge", "pfRelIso03_all", "tightId"])
    weight, trigger = ak.to_numpy(one("genWeight")).astype(np.float64), ak.to_numpy(one("HLT_IsoMu24"))
    for name, scale, factor in (
        ("nominal", 1, 1), ("up", 1.01, 1), ("down", 0.99, 1), ("weight_up", 1, 1.05), ("weight_down", 1, 0.95),
    ):
        mu = muon if scale == 1 else ak.with_field(muon, muon.pt * scale, "pt")
        good = mu[(mu.pt > 25) & (abs(mu.eta) < 2.4) & mu.tightId & (mu.pfRelIso03_all < 0.15)]
        keep = trigger & ak.to_numpy(ak.num(good) >= 2)
        pair, w = good[keep][:, :2], weight[keep] * factor
        opposite = ak.to_numpy(pair[:, 0].charge != pair[:, 1].charge)
        pair, w = pair[opposite], w[opposite]
        print(name, fill(60, 60, 120, (pair[:, 0] + pair[:, 1]).mass, w))
