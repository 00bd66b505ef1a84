import type { Step } from '@fasthep/columns';

const hist = (from: string, field: string, bins: [number, number, number]): Step => ({
  id: 'out',
  from,
  do: 'fill',
  fill: { kind: 'hist', axes: [{ name: 'x', field, bins }], storage: 'weighted' },
});

/** What is measured, in our words; `peers.py` has the same names. */
export const KERNELS: Record<string, Step[]> = {
  met: [hist('', 'MET.pt', [100, 0, 200])],
  jet_pt: [hist('', 'Jet.pt[abs(Jet.eta) < 1]', [100, 0, 200])],
  dimuon: [
    { id: 'd', from: '', do: 'define', fields: { m: 'mass(Muon[0] + Muon[1])' } },
    { id: 'k', from: 'd', do: 'keep', expr: 'num(Muon) == 2 and Muon[0].charge != Muon[1].charge' },
    hist('k', 'm', [300, 0, 300]),
  ],
  dimuon_pairs: [
    { id: 'd', from: '', do: 'define', fields: { pair: 'combinations(Muon, 2)' } },
    {
      id: 'k',
      from: 'd',
      do: 'keep',
      expr: 'any(pair.0.charge != pair.1.charge and 60 < mass(pair.0 + pair.1) < 120)',
    },
    hist('k', 'MET.pt', [100, 0, 200]),
  ],
  trijet: [
    {
      id: 'd',
      from: '',
      do: 'define',
      fields: {
        trio: 'combinations(Jet, 3)',
        'trio.p4': 'trio.0 + trio.1 + trio.2',
        best: 'trio[nanargmin(abs(mass(trio.p4) - 172.5))]',
      },
    },
    hist('d', 'best.p4.pt', [100, 0, 200]),
  ],
};
