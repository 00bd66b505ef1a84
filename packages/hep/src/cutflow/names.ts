import type { Json } from '@fasthep/flow';

/** Cuts by name: those of a list are called by their texts. */
export function cutsOf(args: Json): Record<string, Json> {
  if (!Array.isArray(args)) return (args ?? {}) as Record<string, Json>;
  const cuts = new Map<string, Json>();
  for (const cut of args) {
    const text = nameOf(cut);
    let name = text;
    for (let i = 2; cuts.has(name); i++) name = `${text} (${i})`;
    cuts.set(name, cut);
  }
  return Object.fromEntries(cuts);
}

/** A condition as text: `nJet > 2`, `any(a > 1, b > 1)`. */
export function nameOf(cut: Json): string {
  if (Array.isArray(cut)) return `all(${cut.map(nameOf).join(', ')})`;
  if (cut === null || typeof cut !== 'object') return String(cut).trim().replace(/\s+/g, ' ');
  return Object.entries(cut)
    .map(([word, inside]) => {
      const parts = Array.isArray(inside)
        ? inside
        : inside !== null && typeof inside === 'object' && word !== 'not'
          ? Object.values(inside)
          : [inside];
      return `${word}(${parts.map(nameOf).join(', ')})`;
    })
    .join(' ');
}
