import { describe, expect, it } from 'vitest';
import { parseCxxType, spell } from './cxxtype.ts';
import { knownInfo } from './known.ts';
import { nodeOfType } from './layout.ts';
import { packingOf } from './packing.ts';

describe('C++ types', () => {
  it.each([
    ['vector<vector<double> >', 'vector<vector<double> >'],
    ['std::vector<std::vector<double>>', 'vector<vector<double> >'],
    ['map<string,vector<int>>', 'map<string,vector<int> >'],
    ['const unsigned int', 'unsigned int'],
    ['TClonesArray*', 'TClonesArray*'],
    ['std::__1::vector<Long64_t>', 'vector<Long64_t>'],
    ['ElementLink<DataVector<xAOD::Jet_v1> >', 'ElementLink<DataVector<xAOD::Jet_v1> >'],
  ])('%s is spelt %s', (text, spelt) => {
    expect(spell(parseCxxType(text))).toBe(spelt);
  });

  it('refuses what it cannot take apart', () => {
    for (const text of ['vector<', 'vector<int', 'a>b', 'map<int,,>'.padEnd(4000, '<')])
      expect(() => parseCxxType(text)).toThrow(SyntaxError);
  });

  it('says which class has no layout', () => {
    expect(nodeOfType('vector<Nobody>', true, () => false)).toEqual({
      t: 'sequence',
      header: true,
      item: { t: 'unknown', why: "type 'Nobody' has no layout in this file" },
    });
  });
});

describe('packed numbers', () => {
  it.each([
    ['', 'float64', { how: 'float' }],
    ['', 'float32', { how: 'truncated', bits: 12 }],
    ['[0,0,8]', 'float64', { how: 'truncated', bits: 8 }],
    ['energy [0,100]', 'float64', { how: 'range', low: 0, high: 100, bits: 32 }],
    ['x[3][-2.5,2.5,10]', 'float32', { how: 'range', low: -2.5, high: 2.5, bits: 10 }],
    ['[-pi,pi,16]', 'float64', { how: 'range', low: -Math.PI, high: Math.PI, bits: 16 }],
    ['[0,twopi,12]', 'float64', { how: 'range', low: 0, high: 2 * Math.PI, bits: 12 }],
    ['[n]', 'float64', { how: 'float' }],
  ] as const)('%j of a %s', (title, type, packing) => {
    expect(packingOf(title, type)).toEqual(packing);
  });
});

it('knows the layouts of trees', () => {
  expect(knownInfo('TTree', 20)?.elements.map(({ name }) => name)).toContain('fBranches');
  expect(knownInfo('TLeafG', 1)?.elements[0]).toMatchObject({ kind: 'TStreamerBase', name: 'TLeaf' });
  expect(knownInfo('TTree', 99)).toBeUndefined();
});
