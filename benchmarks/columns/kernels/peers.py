"""The kernels of programs.ts in awkward + vector and in numba, on the arrays that run.ts wrote. Prints JSON."""
import json
import math
import os
import sys
import time

import awkward as ak
import numba as nb
import numpy as np
import vector

vector.register_awkward()
folder = sys.argv[1]


def load(name):
    for suffix, dtype in (("f4", np.float32), ("i4", np.int32)):
        path = os.path.join(folder, f"{name}.{suffix}")
        if os.path.exists(path):
            return np.fromfile(path, dtype)
    raise FileNotFoundError(name)


flat = {n: load(n) for p in ("Muon", "Jet") for n in [f"{p}_{f}" for f in ("pt", "eta", "phi", "mass", "charge", "btag")]}
counts = {p: load(f"n{p}") for p in ("Muon", "Jet")}
offsets = {p: np.concatenate([[0], np.cumsum(c)]) for p, c in counts.items()}
met = load("MET_pt")


def collection(p):
    fields = {f: ak.unflatten(flat[f"{p}_{f}"], counts[p]) for f in ("pt", "eta", "phi", "mass", "charge", "btag")}
    return ak.zip(fields, with_name="Momentum4D")


def hist(values, bins, low, high):
    v = np.asarray(values, dtype=np.float64)
    h, _ = np.histogram(v, bins=bins, range=(low, high))
    return float(len(v))


muon, jet = collection("Muon"), collection("Jet")


def f64(v):
    return ak.zip({f: ak.values_astype(v[f], np.float64) for f in ("pt", "eta", "phi", "mass")}, with_name="Momentum4D")


def ak_met():
    return hist(met, 100, 0, 200)


def ak_jet_pt():
    return hist(ak.flatten(jet.pt[abs(jet.eta) < 1]), 100, 0, 200)


def ak_dimuon():
    two = muon[ak.num(muon) == 2]
    two = two[two.charge[:, 0] != two.charge[:, 1]]
    v = f64(two)
    return hist((v[:, 0] + v[:, 1]).mass, 300, 0, 300)


def ak_dimuon_pairs():
    pair = ak.combinations(muon, 2)
    a, b = ak.unzip(pair)
    m = (f64(a) + f64(b)).mass
    good = ak.any((a.charge != b.charge) & (m > 60) & (m < 120), axis=1)
    return hist(met[good], 100, 0, 200)


def ak_trijet():
    a, b, c = ak.unzip(ak.combinations(f64(jet), 3))
    p4 = a + b + c
    best = ak.argmin(abs(p4.mass - 172.5), axis=1, keepdims=True)
    return hist(ak.drop_none(ak.flatten(p4[best].pt)), 100, 0, 200)


@nb.njit
def fill(h, x, bins, low, high):
    z = (x - low) / (high - low)
    i = bins + 1
    if z < 1:
        i = int(z * bins) + 1 if z >= 0 else 0
    h[i] += 1


@nb.njit
def mass2(pt1, eta1, phi1, m1, pt2, eta2, phi2, m2):
    px = pt1 * math.cos(phi1) + pt2 * math.cos(phi2)
    py = pt1 * math.sin(phi1) + pt2 * math.sin(phi2)
    s1, s2 = math.sinh(eta1), math.sinh(eta2)
    pz = pt1 * s1 + pt2 * s2
    e = math.sqrt(pt1 * pt1 * (1 + s1 * s1) + m1 * m1) + math.sqrt(pt2 * pt2 * (1 + s2 * s2) + m2 * m2)
    return math.sqrt(max(e * e - px * px - py * py - pz * pz, 0.0))


@nb.njit
def nb_met_kernel(met):
    h = np.zeros(102)
    for x in met:
        fill(h, np.float64(x), 100, 0.0, 200.0)
    return h.sum()


@nb.njit
def nb_jet_kernel(pt, eta):
    h = np.zeros(102)
    for i in range(len(pt)):
        if abs(np.float64(eta[i])) < 1:
            fill(h, np.float64(pt[i]), 100, 0.0, 200.0)
    return h.sum()


@nb.njit
def nb_dimuon_kernel(o, pt, eta, phi, m, q):
    h = np.zeros(302)
    for e in range(len(o) - 1):
        if o[e + 1] - o[e] != 2:
            continue
        i, j = o[e], o[e] + 1
        if q[i] == q[j]:
            continue
        f = np.float64
        fill(h, mass2(f(pt[i]), f(eta[i]), f(phi[i]), f(m[i]), f(pt[j]), f(eta[j]), f(phi[j]), f(m[j])), 300, 0.0, 300.0)
    return h.sum()


@nb.njit
def nb_pairs_kernel(o, pt, eta, phi, m, q, met):
    h = np.zeros(102)
    f = np.float64
    for e in range(len(o) - 1):
        found = False
        for i in range(o[e], o[e + 1]):
            for j in range(i + 1, o[e + 1]):
                if q[i] != q[j]:
                    x = mass2(f(pt[i]), f(eta[i]), f(phi[i]), f(m[i]), f(pt[j]), f(eta[j]), f(phi[j]), f(m[j]))
                    if 60 < x < 120:
                        found = True
                        break
            if found:
                break
        if found:
            fill(h, f(met[e]), 100, 0.0, 200.0)
    return h.sum()


@nb.njit
def nb_trijet_kernel(o, pt, eta, phi, m):
    h = np.zeros(102)
    p = np.empty((64, 4))
    for e in range(len(o) - 1):
        n = o[e + 1] - o[e]
        if n < 3:
            continue
        for k in range(n):
            i = o[e] + k
            t, s = np.float64(pt[i]), math.sinh(np.float64(eta[i]))
            p[k, 0] = t * math.cos(np.float64(phi[i]))
            p[k, 1] = t * math.sin(np.float64(phi[i]))
            p[k, 2] = t * s
            p[k, 3] = math.sqrt(t * t * (1 + s * s) + np.float64(m[i]) * np.float64(m[i]))
        best, bx, by = np.inf, 0.0, 0.0
        for a in range(n):
            for b in range(a + 1, n):
                for c in range(b + 1, n):
                    x, y = p[a, 0] + p[b, 0] + p[c, 0], p[a, 1] + p[b, 1] + p[c, 1]
                    z, w = p[a, 2] + p[b, 2] + p[c, 2], p[a, 3] + p[b, 3] + p[c, 3]
                    d = abs(math.sqrt(max(w * w - x * x - y * y - z * z, 0.0)) - 172.5)
                    if d < best:
                        best, bx, by = d, x, y
        fill(h, math.sqrt(bx * bx + by * by), 100, 0.0, 200.0)
    return h.sum()


def numba_of(p, *names):
    return [offsets[p]] + [flat[f"{p}_{n}"] for n in names]


mu = numba_of("Muon", "pt", "eta", "phi", "mass", "charge")
KERNELS = {
    "met": (ak_met, lambda: nb_met_kernel(met)),
    "jet_pt": (ak_jet_pt, lambda: nb_jet_kernel(flat["Jet_pt"], flat["Jet_eta"])),
    "dimuon": (ak_dimuon, lambda: nb_dimuon_kernel(*mu)),
    "dimuon_pairs": (ak_dimuon_pairs, lambda: nb_pairs_kernel(*mu, met)),
    "trijet": (ak_trijet, lambda: nb_trijet_kernel(*numba_of("Jet", "pt", "eta", "phi", "mass"))),
}
out = {}
for name, (awkward, numba) in KERNELS.items():
    out[name] = {}
    for peer, work in (("awkward", awkward), ("numba", numba)):
        total = work()
        best = math.inf
        for _ in range(3):
            start = time.perf_counter()
            total = work()
            best = min(best, time.perf_counter() - start)
        out[name][peer] = {"seconds": best, "sum": total}
print(json.dumps(out))
