import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { toyConfig, toyRegistry } from '../../../../testing/toys.ts';
import { readDefault } from '../read.ts';
import { writeDefault } from './write.ts';
import { block, flow, scalar } from './yaml.ts';

const registry = toyRegistry();
const read = (text: string) => readDefault(toyConfig(text), registry).definition;
const meaning = (text: string) => {
  const { tasks, settings, values } = read(text);
  return { tasks, settings, values };
};

describe('writeDefault', () => {
  it.each([
    'campaign: {quick: true}\ntasks:\n  a: {read: f}\n  b: {when: campaign.quick, needs: [a], filter: "x > 1 and y == \'t\'"}\n',
    'default: {retry: 1}\ntasks:\n  s: {read: {files: f, trees: {a: A, b: B}}}\n  j: {needs: {left: s.a, b: s.b}, join: {b: {by: [id], how: inner}}}\n  o: {needs: [{task: j, data: false}, {task: s, port: a}], sort: [x]}\n'.replace(
      '{task: s, port: a}',
      's.a',
    ),
    'tasks:\n  _t: {hist: {x: {field: m, bins: [60, 0, 120], label: "m(μμ) [GeV]"}}}\n  h: {extends: _t}\n  e: {needs: [], read: "f: #1"}\n',
    'tasks:\n  e: {read: f}\n  b: {block: {p: {filter: x}}, rescue: {q: {needs: [e], filter: y}}}\n',
  ])('is the inverse of reading', (text) => {
    expect(meaning(writeDefault(read(text)))).toEqual(meaning(text));
  });

  it('puts datasets into a catalogue, and says what was lost', () => {
    const definition = read('tasks:\n  e: {read: {datasets: [{name: a, files: [f]}]}}\n  h: {hist: {}}\n');
    definition.notes = ['reports'];
    definition.tasks.h!.notes = ['overlays'];
    expect(writeDefault(definition)).toBe(`# not carried over: reports
datasets:
  - {name: a, files: [f]}

tasks:
  e: {read: {datasets: '\${datasets}'}}
  # not carried over: overlays
  h: {hist: {}}
`);
  });
});

describe('yaml', () => {
  it('any value comes back', () => {
    const value = fc.jsonValue({ maxDepth: 4 }).filter((one) => JSON.stringify(one).length < 400);
    fc.assert(
      fc.property(fc.string(), value, (key, one) => {
        const json = JSON.parse(JSON.stringify(one));
        expect(parse(flow(json))).toEqual(json);
        expect(parse(block(key, json, '').join('\n'))).toEqual({ [key]: json });
        expect(parse(scalar(key))).toBe(key);
      }),
      { numRuns: 500 },
    );
  });
});
