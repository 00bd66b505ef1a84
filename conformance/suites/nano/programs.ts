/** The eight ADL benchmark queries and a Z→μμ analysis with variations, as programs. */
import type { Step } from '@fasthep/columns';

const hist = (id: string, from: string, field: string, bins: [number, number, number]): Step => ({
  id,
  from,
  do: 'fill',
  fill: { kind: 'hist', axes: [{ name: 'x', field, bins }], storage: 'weighted' },
});
const define = (id: string, from: string, fields: Record<string, string>): Step => ({
  id,
  from,
  do: 'define',
  fields,
});
const keep = (id: string, from: string, expr: string): Step => ({ id, from, do: 'keep', expr });
const WIDE: [number, number, number] = [100, 0, 200];

export interface Query {
  steps: Step[];
  functions?: Record<string, string>;
}

export const QUERIES: Record<string, Query> = {
  q1: { steps: [hist('met', '', 'MET.pt', WIDE)] },
  q2: { steps: [hist('jet_pt', '', 'Jet.pt', WIDE)] },
  q3: { steps: [hist('jet_pt', '', 'Jet.pt[abs(Jet.eta) < 1]', WIDE)] },
  q4: { steps: [keep('k', '', 'count_nonzero(Jet.pt > 40) >= 2'), hist('met', 'k', 'MET.pt', WIDE)] },
  q5: {
    steps: [
      define('d', '', { pair: 'combinations(Muon, 2)' }),
      keep('k', 'd', 'any(pair.0.charge != pair.1.charge and 60 < mass(pair.0 + pair.1) < 120)'),
      hist('met', 'k', 'MET.pt', WIDE),
    ],
  },
  q6: {
    steps: [
      define('d', '', {
        trio: 'combinations(Jet, 3)',
        'trio.p4': 'trio.0 + trio.1 + trio.2',
        best: 'trio[nanargmin(abs(mass(trio.p4) - 172.5))]',
      }),
      hist('pt', 'd', 'best.p4.pt', WIDE),
      hist('btag', 'd', 'nanmax(best.0.btag, best.1.btag, best.2.btag)', [100, 0, 1]),
    ],
  },
  q7: {
    steps: [
      define('d', '', {
        lepton: 'concat(Muon, Electron)',
        lonely: 'Jet[Jet.pt > 30 and nearest(Jet, lepton[lepton.pt > 10], 0.4) is None]',
      }),
      hist('sum_pt', 'd', 'sum(lonely.pt)', WIDE),
    ],
  },
  q8: {
    functions: { 'mt(lepton, met)': 'sqrt(2 * lepton.pt * met.pt * (1 - cos(delta_phi(lepton, met))))' },
    steps: [
      define('l', '', {
        'Muon.flavour': '13',
        'Electron.flavour': '11',
        lepton: 'concat(Muon, Electron)',
        'lepton.index': 'local_index(lepton)',
      }),
      define('c', 'l', {
        pair: 'combinations(lepton, 2)',
        sfos: 'pair[pair.0.flavour == pair.1.flavour and pair.0.charge != pair.1.charge]',
        z: 'sfos[nanargmin(abs(mass(sfos.0 + sfos.1) - 91.2))]',
        other: 'lepton[lepton.index != z.0.index and lepton.index != z.1.index]',
        third: 'other[nanargmax(other.pt)]',
      }),
      hist('mt', 'c', 'mt(third, MET)', WIDE),
    ],
  },
  zmumu: {
    steps: [
      {
        id: 'w',
        from: '',
        do: 'weight',
        factors: { weight: { nominal: 'genWeight', up: 'genWeight * 1.05', down: 'genWeight * 0.95' } },
      },
      {
        id: 'v',
        from: 'w',
        do: 'vary',
        name: 'mu_scale',
        fields: { 'Muon.pt': { up: 'Muon.pt * 1.01', down: 'Muon.pt * 0.99' } },
      },
      define('m', 'v', {
        good: 'Muon[Muon.pt > 25 and abs(Muon.eta) < 2.4 and Muon.tightId and Muon.pfRelIso03_all < 0.15]',
        m_mumu: 'mass(good[0] + good[1])',
      }),
      keep('s1', 'm', 'HLT_IsoMu24'),
      keep('s2', 's1', 'num(good) >= 2'),
      keep('s3', 's2', 'good[0].charge != good[1].charge'),
      keep('s4', 's3', '60 <= m_mumu < 120'),
      hist('mass', 's3', 'm_mumu', [60, 60, 120]),
      {
        id: 'cutflow',
        from: 'm',
        do: 'fill',
        fill: {
          kind: 'counts',
          rows: {
            all: { '': 'm' },
            HLT_IsoMu24: { '': 's1' },
            two_good_muons: { '': 's2' },
            opposite_charge: { '': 's3' },
            mass_window: { '': 's4' },
          },
        },
      },
    ],
  },
};
