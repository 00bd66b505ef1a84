import { RenderError } from '../error.ts';
import { didYouMean } from '../text/nearest.ts';
import type { Entry } from './entries.ts';
import { contents, NOMINAL, VARIATION } from './entries.ts';
import type { Band } from './types.ts';

/** Sum of entries: contents and variances. */
export interface Total {
  values: number[];
  variances: number[];
}

/** Adds entries bin by bin, all at one variation (entries without it stay nominal). */
export function totalOf(entries: readonly Entry[], along: number, variation?: string): Total {
  const sum: Total = { values: [], variances: [] };
  for (const entry of entries) {
    const at = entry.view.axes.findIndex((axis) => axis.name === VARIATION);
    const bin =
      at < 0 || variation === undefined ? -1 : (entry.view.axes[at]!.categories?.indexOf(variation) ?? -1);
    const cell = [...entry.cell];
    if (bin >= 0) cell[at] = bin;
    const found = contents(entry.view, cell, along);
    for (const [index, value] of found.values.entries()) {
      sum.values[index] = (sum.values[index] ?? 0) + value;
      sum.variances[index] = (sum.variances[index] ?? 0) + found.variances[index]!;
    }
  }
  return sum;
}

/**
 * Uncertainty of the sum of `entries`. `stat` is √Σvariances. Variations are taken in pairs `<name>_<direction>`
 * (or `<name>Up`, `<name>Down`): of each name the largest shift up and the largest shift down, bin by bin.
 * Several of them, and `stat`, add in quadrature. `all` is everything there is.
 */
export function bandOf(entries: readonly Entry[], along: number, chosen: string | readonly string[]): Band {
  const nominal = totalOf(entries, along);
  const names = new Set(
    entries.flatMap((entry) => entry.view.axes.find((axis) => axis.name === VARIATION)?.categories ?? []),
  );
  names.delete(NOMINAL);
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const base = sourceOf(name);
    groups.set(base, [...(groups.get(base) ?? []), name]);
  }
  const wanted = typeof chosen === 'string' ? [chosen] : [...chosen];
  const all = wanted.includes('all');
  const stat = all || wanted.includes('stat');
  const up = nominal.variances.map((variance) => (stat ? Math.max(0, variance) : 0));
  const down = [...up];
  let systematic = false;
  for (const name of all ? groups.keys() : wanted.filter((one) => one !== 'stat')) {
    const members = groups.get(name) ?? (names.has(name) ? [name] : undefined);
    if (!members) {
      const known = [...groups.keys()];
      throw new RenderError(
        'plot.band',
        `band names '${name}', which is no variation of the histogram`,
        didYouMean(name, [...known, 'stat', 'all']) ??
          (known.length > 0
            ? `there are ${known.join(', ')}; 'all' takes all of them`
            : "there are none; use 'stat'"),
      );
    }
    systematic = true;
    const shifted = members.map((member) => totalOf(entries, along, member).values);
    for (const [bin, value] of nominal.values.entries()) {
      const shifts = shifted.map((values) => values[bin]! - value);
      up[bin] = up[bin]! + Math.max(0, ...shifts) ** 2;
      down[bin] = down[bin]! + Math.min(0, ...shifts) ** 2;
    }
  }
  return {
    name: stat && systematic ? 'Stat. + syst. unc.' : systematic ? 'Syst. unc.' : 'Stat. unc.',
    low: nominal.values.map((value, bin) => value - Math.sqrt(down[bin]!)),
    high: nominal.values.map((value, bin) => value + Math.sqrt(up[bin]!)),
  };
}

/** Name of the source of a variation: `jes` of `jes_up`, `jes_down`, `jesUp`. */
function sourceOf(variation: string): string {
  return variation.replace(/_[^_]+$/u, '').replace(/(?:Up|Down)$/u, '');
}
