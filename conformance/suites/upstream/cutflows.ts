/** Cutflows of the Python packages beside our reports. */
import { near } from './numbers.ts';
import type { Made, Row } from './run.ts';

interface Stats {
  n_unweighted_in: number;
  n_unweighted_out: number;
  sumw_in: number;
  sumw_out: number;
  sumw2_in: number;
  sumw2_out: number;
}
export interface ExpectedCutflow {
  nodes: { id: string; selection: string; index: number; label: string; stats: Record<string, Stats> }[];
}

const COLUMNS: [keyof Stats, string][] = [
  ['n_unweighted_in', 'n_before'],
  ['n_unweighted_out', 'n'],
  ['sumw_in', 'sumw_before'],
  ['sumw_out', 'sumw'],
  ['sumw2_in', 'sumw2_before'],
  ['sumw2_out', 'sumw2'],
];

/** Rows of a report by dataset, without the first one: one for each cut. */
export function cutsByDataset(rows: readonly Row[]): Map<string, Row[]> {
  const made = new Map<string, Row[]>();
  for (const row of rows) {
    const dataset = String(row.dataset ?? '');
    made.set(dataset, [...(made.get(dataset) ?? []), row]);
  }
  for (const [dataset, list] of made) made.set(dataset, list.slice(1));
  return made;
}

/**
 * What is different: nothing if they agree. The packages write the sum of all datasets as `default` where they lose
 * the names: there the sum of ours is compared.
 */
export function compareCutflow(id: string, want: ExpectedCutflow, made: Made, scale = 1): string[] {
  const groups = new Set(want.nodes.map((node) => node.selection));
  const wrong: string[] = [];
  for (const node of want.nodes) {
    const name = groups.size === 1 ? `${id}_report` : `${id}_${node.selection}_report`;
    const rows = made.tables.get(name);
    if (!rows) {
      wrong.push(`there is no report '${name}' among ${[...made.tables.keys()].join(', ')}`);
      break;
    }
    const cuts = cutsByDataset(rows);
    for (const [dataset, stats] of Object.entries(node.stats))
      for (const [theirs, ours] of COLUMNS) {
        const lists = dataset === 'default' ? [...cuts.values()] : [cuts.get(dataset) ?? []];
        const got = lists.reduce((sum, list) => sum + Number(list[node.index]?.[ours] ?? Number.NaN), 0);
        if (!near(got, stats[theirs] * scale))
          wrong.push(`${node.id} ${dataset} ${theirs}: ${got}, not ${stats[theirs] * scale}`);
      }
  }
  return wrong;
}
