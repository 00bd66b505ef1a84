import type { Scalar } from '../value/scalar.ts';
import { float, integer } from '../value/scalar.ts';

/** A plain scalar by the rules of YAML 1.2's core schema: `yes` is text, `010` is ten. */
export function resolve12(text: string): Scalar {
  const first = text.charCodeAt(0);
  // Digits, sign, dot, ~, t/T, f/F, n/N: nothing else can be other than text.
  if (text === '' || text === '~') return null;
  if (first > 0x39 && !'tTfFnN'.includes(text[0]!)) return text;
  switch (text) {
    case 'null':
    case 'Null':
    case 'NULL':
      return null;
    case 'true':
    case 'True':
    case 'TRUE':
      return true;
    case 'false':
    case 'False':
    case 'FALSE':
      return false;
    case '.nan':
    case '.NaN':
    case '.NAN':
      return Number.NaN;
  }
  if (/^[-+]?[0-9]+$/.test(text)) return integer(BigInt(text.replace('+', '')));
  if (/^0o[0-7]+$/.test(text) || /^0x[0-9a-fA-F]+$/.test(text)) return integer(BigInt(text));
  if (/^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/.test(text)) return float(Number(text));
  const infinite = /^([-+]?)\.(inf|Inf|INF)$/.exec(text);
  if (infinite) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return text;
}
