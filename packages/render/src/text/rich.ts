/** A piece of text with one look. */
export interface Run {
  text: string;
  shift?: 'sup' | 'sub';
  italic?: boolean;
  bold?: boolean;
  /** A line above: antiparticles, means. */
  over?: boolean;
}

const SYMBOLS: Record<string, string> = {
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  epsilon: 'ε',
  eta: 'η',
  theta: 'θ',
  lambda: 'λ',
  mu: 'μ',
  nu: 'ν',
  pi: 'π',
  rho: 'ρ',
  sigma: 'σ',
  tau: 'τ',
  phi: 'φ',
  chi: 'χ',
  psi: 'ψ',
  omega: 'ω',
  Gamma: 'Γ',
  Delta: 'Δ',
  Lambda: 'Λ',
  Sigma: 'Σ',
  Upsilon: 'Υ',
  Phi: 'Φ',
  Psi: 'Ψ',
  Omega: 'Ω',
  ell: 'ℓ',
  times: '×',
  cdot: '·',
  pm: '±',
  to: '→',
  rightarrow: '→',
  sqrt: '√',
  sum: '∑',
  leq: '≤',
  geq: '≥',
  le: '≤',
  ge: '≥',
  neq: '≠',
  approx: '≈',
  infty: '∞',
  circ: '°',
  degree: '°',
  oplus: '⊕',
  odot: '⊙',
  prime: '′',
};

/** Combining characters of accents; a bar is drawn as a line above. */
const ACCENTS: Record<string, string> = { tilde: '\u0303', hat: '\u0302', vec: '\u20d7' };

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺';
const SCRIPTED = '0123456789−+';

/**
 * Text with a little mathematics: between dollar signs `_`, `^`, `{}` and `\mu` as in LaTeX, letters italic;
 * outside, only `_{…}` and `^{…}` with braces, so that names like `m_mumu` stay as they are.
 */
export function parseRich(text: string): Run[] {
  const runs: Run[] = [];
  const parts = text.split('$');
  // An odd number of dollars is not mathematics: the last one is a character.
  if (parts.length % 2 === 0) {
    const last = parts.pop()!;
    parts[parts.length - 1] += `$${last}`;
  }
  for (const [at, part] of parts.entries()) scan(part, at % 2 === 1, runs);
  return join(runs);
}

function scan(text: string, math: boolean, runs: Run[], shift?: 'sup' | 'sub'): void {
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const script = /^([_^])(?:\{([^{}]*)\}|(\\[A-Za-z]+|.)?)/su.exec(rest);
    if (script && (script[2] !== undefined || (math && script[3] !== undefined))) {
      scan(script[2] ?? script[3]!, math, runs, script[1] === '^' ? 'sup' : 'sub');
      at += script[0].length;
      continue;
    }
    if (math) {
      const upright = /^\\(?:mathrm|text|rm|mathbf)\s*\{([^{}]*)\}/u.exec(rest);
      if (upright) {
        runs.push({ text: upright[1]!, shift });
        at += upright[0].length;
        continue;
      }
      const accent = /^\\(bar|overline|tilde|hat|vec)\s*(?:\{([^{}]*)\}|(\S))/u.exec(rest);
      if (accent) {
        const mark = ACCENTS[accent[1]!];
        const text = accent[2] ?? accent[3]!;
        if (mark) runs.push({ text: [...text].map((one) => one + mark).join(''), shift, italic: true });
        else runs.push({ text, shift, italic: true, over: true });
        at += accent[0].length;
        continue;
      }
      const word = /^\\([A-Za-z]+|.)\s?/u.exec(rest);
      if (word) {
        const name = word[1]!;
        const space = name === ',' || name === ' ' || name === ';' || name === ':';
        runs.push({
          text: space ? ' ' : (SYMBOLS[name] ?? name),
          shift,
          italic: /^[a-z]/u.test(name) && name in SYMBOLS,
        });
        at += word[0].length;
        continue;
      }
      if (rest[0] === '{' || rest[0] === '}') {
        at++;
        continue;
      }
    }
    const character = String.fromCodePoint(rest.codePointAt(0)!);
    // Few fonts have all superscript characters: as scripts of plain ones they look alike everywhere.
    const raised = SUPERSCRIPTS.indexOf(character);
    if (raised >= 0 && !shift) runs.push({ text: SCRIPTED[raised]!, shift: 'sup' });
    else runs.push({ text: character, shift, italic: math && /\p{L}/u.test(character) });
    at += character.length;
  }
}

/** Neighbours of one look become one; absent marks are left out. */
function join(runs: readonly Run[]): Run[] {
  const joined: Run[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (last && alike(last, run)) last.text += run.text;
    else {
      const one: Run = { text: run.text };
      if (run.shift) one.shift = run.shift;
      if (run.italic) one.italic = true;
      if (run.bold) one.bold = true;
      if (run.over) one.over = true;
      joined.push(one);
    }
  }
  return joined;
}

function alike(a: Run, b: Run): boolean {
  return a.shift === b.shift && !!a.italic === !!b.italic && !!a.bold === !!b.bold && !!a.over === !!b.over;
}

/** The same without looks, for tooltips and the terminal: `10³`, `x^n`, `p_T`. */
export function plainText(runs: readonly Run[]): string {
  return runs
    .map((run) => {
      if (run.over) return [...run.text].map((one) => `${one}\u0305`).join('');
      if (run.shift === 'sub') return `_${run.text}`;
      if (run.shift !== 'sup') return run.text;
      const raised = [...run.text].map((one) => SUPERSCRIPTS[SCRIPTED.indexOf(one)]);
      return raised.every((one) => one !== undefined) ? raised.join('') : `^${run.text}`;
    })
    .join('');
}
