import { checkProgram, type Program, type Schema, type Step } from '@fasthep/columns';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillColumns } from './columns.ts';
import { fillsOf } from './program.ts';

const schema: Schema = {
  ...Object.fromEntries('abcdefgh'.split('').map((name) => [name, { kind: 'float64' as const }])),
  Jet_pt: { kind: 'list', item: { kind: 'float32' }, counter: 'nJet' },
  Jet_eta: { kind: 'list', item: { kind: 'float32' }, counter: 'nJet' },
  Jet_phi: { kind: 'list', item: { kind: 'float32' }, counter: 'nJet' },
};
const name = fc.constantFrom(...'abcdefgh'.split(''), 'sum(Jet.pt)', 'num(Jet)', 'max(Jet.pt[Jet.eta > 0])');

/** A step of a random kind over the fields of the source and a field `y<i>` of its own. */
const step = fc.tuple(
  fc.constantFrom('define', 'keep', 'weight', 'vary', 'redefine', 'branch'),
  name,
  name,
  name,
);

test('as a check of each fill alone says', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 7 }),
      fc.array(fc.tuple(name, fc.nat(7)), { minLength: 1, maxLength: 4 }),
      (kinds, fills) => {
        const steps: Step[] = [];
        let from = '';
        kinds.forEach(([kind, x, y, z], i) => {
          const id = `s${i}`;
          if (kind === 'define') steps.push({ id, from, do: 'define', fields: { [`y${i}`]: `${x} + ${y}` } });
          else if (kind === 'redefine')
            steps.push({ id, from, do: 'define', replace: true, fields: { a: `a + ${x}`, b: 'c' } });
          else if (kind === 'keep')
            steps.push({ id, from, do: 'keep', expr: { any: [`${x} > 1`, `${y} < 2`] } });
          else if (kind === 'weight')
            steps.push({
              id,
              from,
              do: 'weight',
              factors: { [`w${i}`]: { nominal: x, up: y }, [`v${i}`]: z },
            });
          else if (kind === 'vary')
            steps.push({ id, from, do: 'vary', name: `t${i}`, fields: { a: { up: `a * ${x}`, down: y } } });
          else
            steps.push({
              id,
              from,
              do: 'branch',
              label: `l${i}`,
              cases: { one: `${x} > 0`, two: `${y} > 0` },
            });
          from = id;
        });
        fills.forEach(([field, at], i) => {
          const above =
            steps
              .filter((one) => one.do !== 'fill')
              .slice(0, at)
              .at(-1)?.id ?? '';
          const own = i % 2 === 0 ? 1 : undefined;
          steps.push({
            id: `h${i}`,
            from: above,
            do: 'fill',
            fill: {
              kind: 'hist',
              storage: 'weighted',
              axes: [{ name: 'x', field, bins: [1, 0, 1] }],
              weight: own,
            },
          });
          steps.push({
            id: `c${i}`,
            from: above,
            do: 'fill',
            fill: { kind: 'counts', rows: { all: { '': above }, last: { '': from } } },
          });
          steps.push({
            id: `g${i}`,
            from: above,
            do: 'fill',
            fill: { kind: 'group', by: [], agg: { n: 'count()', s: `sum(${field})` } },
          });
        });
        const program: Program = { schema, steps };
        const info = checkProgram(program);
        expect(info.problems).toEqual([]);
        const columns = fillColumns(program, info);
        for (const fill of fillsOf(program))
          expect(new Set(columns(fill))).toEqual(new Set(checkProgram(program, [fill.id]).columns));
      },
    ),
    { numRuns: 150 },
  );
});

test('what a collection of defined fields names is there, whichever of its members are needed', () => {
  const program: Program = {
    schema,
    steps: [
      {
        id: 'd',
        from: '',
        do: 'define',
        fields: { good_pt: 'Jet.pt[Jet.pt > 1]', good_eta: 'Jet.eta[Jet.pt > 1]', v: 'good[good.pt > 2].pt' },
      },
      { id: 'h', from: 'd', do: 'fill', fill: { kind: 'group', by: [], agg: { n: 'sum(num(v))' } } },
      {
        id: 'x',
        from: 'd',
        do: 'fill',
        fill: { kind: 'hist', axes: [{ name: 'v', field: 'v', bins: [5, 0, 5] }], storage: 'count' },
      },
    ],
  };
  const columns = fillColumns(program, checkProgram(program));
  expect(fillsOf(program).map(columns)).toEqual([['Jet_pt'], ['Jet_pt']]);
});
