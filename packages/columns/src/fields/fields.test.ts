import { describe, expect, it } from 'vitest';
import { columnFrom, type Program, type Schema, startProgram, type Table } from '../index.ts';
import { checkProgram } from '../program/index.ts';

const list = (counter: string) => ({ kind: 'list', item: { kind: 'float64' }, counter }) as const;
const schema: Schema = {
  'j.npx': { kind: 'int32' },
  'j.px': list('j.npx'),
  'j.npy': { kind: 'int32' },
  'j.py': list('j.npy'),
  nMuon: { kind: 'int32' },
  Muon_pt: list('nMuon'),
  Muon_eta: list('nMuon'),
};
const program = (text: string): Program => ({
  schema,
  steps: [
    { id: 'd', from: '', do: 'define', fields: { v: text } },
    { id: 'h', from: 'd', do: 'fill', fill: { kind: 'group', by: [], agg: { s: 'sum(v)' } } },
  ],
});
const rows = (py: number[][]): Table => {
  const px = [[3, 6], [1]];
  const columns = {
    'j.npx': columnFrom([2, 1], schema['j.npx']!),
    'j.px': columnFrom(px, schema['j.px']!),
    'j.npy': columnFrom(
      py.map((one) => one.length),
      schema['j.npy']!,
    ),
    'j.py': columnFrom(py, schema['j.py']!),
  };
  return { length: 2, columns };
};
const run = (text: string, table: Table) => {
  const started = startProgram(program(text));
  started.push(table);
  return started.finish().h;
};

describe('lists that have a counter of their own each', () => {
  const pairs = 'sum(zip(a=j.px, b=j.py).a * j.py)';

  it('can be taken together', () => {
    expect(checkProgram(program(pairs)).problems).toEqual([]);
    expect(run(pairs, rows([[4, 8], [0]]))).toMatchObject({ rows: [{ slots: [[60]] }] });
  });

  it('where their lengths differ, the row is told', () => {
    expect(() => run(pairs, rows([[4], [0]]))).toThrow(/'j\.px' and 'j\.py'/);
  });

  it('lists with one counter are still a collection of their own', () => {
    expect(checkProgram(program('sum(Muon.pt * j.px)')).problems[0]?.message).toMatch(/two collections/);
  });
});
