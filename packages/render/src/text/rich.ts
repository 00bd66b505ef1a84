/** A piece of text with one look. */
export interface Run {
  text: string;
  shift?: 'sup' | 'sub';
  italic?: boolean;
  bold?: boolean;
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

/** Combining characters. */
const ACCENTS: Record<string, string> = {
  bar: '\u0305',
  overline: '\u0305',
  tilde: '\u0303',
  hat: '\u0302',
  vec: '\u20d7',
};

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
        const marked = [...(accent[2] ?? accent[3]!)].map((one) => one + ACCENTS[accent[1]!]!).join('');
        runs.push({ text: marked, shift, italic: true });
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
    runs.push({ text: character, shift, italic: math && /\p{L}/u.test(character) });
    at += character.length;
  }
}

/** Neighbours of one look become one; absent marks are left out. */
function join(runs: readonly Run[]): Run[] {
  const joined: Run[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (last && last.shift === run.shift && !!last.italic === !!run.italic && !!last.bold === !!run.bold)
      last.text += run.text;
    else {
      const one: Run = { text: run.text };
      if (run.shift) one.shift = run.shift;
      if (run.italic) one.italic = true;
      if (run.bold) one.bold = true;
      joined.push(one);
    }
  }
  return joined;
}

/** The same without looks, for titles and the terminal: `10^3` for a superscript. */
export function plainText(runs: readonly Run[]): string {
  return runs.map((run) => (run.shift === 'sup' ? `^${run.text}` : run.text)).join('');
}
