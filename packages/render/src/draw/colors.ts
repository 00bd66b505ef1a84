/**
 * Colour sequences that stay apart for colour-blind readers. `petroff*`: M. A. Petroff, Accessible Color
 * Sequences for Data Visualization, arXiv:2107.02270 (as CMS and ATLAS use them). `okabe-ito`: M. Okabe and
 * K. Ito, Color Universal Design, 2008.
 */
export const PALETTES: Record<string, readonly string[]> = {
  petroff6: ['#5790fc', '#f89c20', '#e42536', '#964a8b', '#9c9ca1', '#7a21dd'],
  petroff8: ['#1845fb', '#ff5e02', '#c91f16', '#c849a9', '#adad7d', '#86c8dd', '#578dff', '#656364'],
  petroff10: [
    '#3f90da',
    '#ffa90e',
    '#bd1f01',
    '#94a4a2',
    '#832db6',
    '#a96b59',
    '#e76300',
    '#b9ac70',
    '#717581',
    '#92dadd',
  ],
  'okabe-ito': ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#f0e442', '#666666'],
  gray: ['#333333', '#777777', '#aaaaaa', '#555555', '#999999', '#cccccc'],
};

/** Line patterns for series whose colour repeats. */
const DASHES = [undefined, '7 3', '2 2', '8 3 2 3'];

/** `count` colours; beyond the end of a palette they come again, darker and then lighter, with other dashes. */
export function seriesColors(
  palette: string | readonly string[] | undefined,
  count: number,
): { color: string; dash?: string }[] {
  const named = typeof palette === 'string' ? PALETTES[palette] : palette;
  const base = named?.length ? named : count <= 6 ? PALETTES.petroff6! : PALETTES.petroff10!;
  return Array.from({ length: count }, (_, index) => {
    const round = Math.floor(index / base.length);
    const color = base[index % base.length]!;
    const dash = DASHES[round % DASHES.length];
    return {
      color: round === 0 ? color : mix(color, round % 2 === 1 ? '#000000' : '#ffffff', 0.35),
      ...(dash ? { dash } : {}),
    };
  });
}

/** `part` of the way from one `#rrggbb` to another. Other ways to write colours stay as they are. */
function mix(from: string, to: string, part: number): string {
  const a = parse(from);
  const b = parse(to);
  if (!a || !b) return from;
  const hex = a.map((value, index) =>
    Math.round(value + (b[index]! - value) * part)
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${hex.join('')}`;
}

function parse(color: string): number[] | undefined {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/iu.exec(color);
  return match?.slice(1).map((part) => Number.parseInt(part, 16));
}

// Nine samples of the matplotlib maps viridis (S. van der Walt, N. Smith, CC0) and cividis (Nuñez, Anderton, Renslow 2018, CC0).
const MAPS: Record<string, readonly string[]> = {
  viridis: [
    '#440154',
    '#472d7b',
    '#3b528b',
    '#2c728e',
    '#21918c',
    '#28ae80',
    '#5ec962',
    '#addc30',
    '#fde725',
  ],
  cividis: [
    '#00224e',
    '#123570',
    '#3b496c',
    '#575d6d',
    '#707173',
    '#8a8678',
    '#a59c74',
    '#c3b369',
    '#fee838',
  ],
  blues: ['#f7fbff', '#deebf7', '#c6dbef', '#9ecae1', '#6baed6', '#4292c6', '#2171b5', '#08519c', '#08306b'],
  gray: ['#f5f5f5', '#d9d9d9', '#bdbdbd', '#a0a0a0', '#848484', '#676767', '#4b4b4b', '#2f2f2f', '#111111'],
  // Two-sided, for contents of both signs (ColorBrewer RdBu, reversed).
  diverging: [
    '#2166ac',
    '#4393c3',
    '#92c5de',
    '#d1e5f0',
    '#f7f7f7',
    '#fddbc7',
    '#f4a582',
    '#d6604d',
    '#b2182b',
  ],
};

/** Names for `style.colormap`. */
export const COLORMAPS = Object.keys(MAPS);

/** Colour at a fraction 0…1 of a colour map, in 64 levels. */
export function mapColor(name: string | undefined, fraction: number): string {
  const stops = MAPS[name ?? 'viridis'] ?? MAPS.viridis!;
  const level = Math.round(Math.min(1, Math.max(0, fraction)) * 63) / 63;
  const at = level * (stops.length - 1);
  const index = Math.min(stops.length - 2, Math.floor(at));
  return mix(stops[index]!, stops[index + 1]!, at - index);
}
