import type { Packing } from './node.ts';

/**
 * Reads the range out of a member's comment, as `[low,high]`, `[low,high,bits]` or `[0,0,bits]`
 * (TStreamerElement::GetRange). Without one, Double32_t is a float and Float16_t has 12 bits of mantissa.
 */
export function packingOf(title: string, type: 'float32' | 'float64'): Packing {
  const plain: Packing = type === 'float64' ? { how: 'float' } : { how: 'truncated', bits: 12 };
  const text = rangeText(title);
  if (text === undefined) return plain;
  const parts = text.split(',').map((part) => part.trim());
  if (parts.length < 2) return plain;
  let bits = 32;
  if (parts.length > 2) {
    bits = Number.parseInt(parts[2]!, 10);
    if (!(bits >= 2 && bits <= 32)) bits = 32;
  }
  const low = numberOf(parts[0]!);
  const high = numberOf(parts[1]!);
  if (low === undefined || high === undefined) return plain;
  if (low < high) return { how: 'range', low, high, bits };
  if (bits < 15) return { how: 'truncated', bits };
  return plain;
}

/** The last `[…]` that holds a comma: dimensions may come first, as in `[3][0,1,8]`. */
function rangeText(title: string): string | undefined {
  for (const match of title.matchAll(/\[([^\][]*)\]/g)) if (match[1]!.includes(',')) return match[1];
  return undefined;
}

/** A number as ROOT writes ranges: `-pi`, `2pi`, `twopi`, `pi/2`, or plain. */
function numberOf(text: string): number | undefined {
  const compact = text.replace(/\s|\*/g, '').toLowerCase();
  const match = /^([+-]?)(?:(?:(\d*\.?\d*)|(two))?pi(?:\/(\d+(?:\.\d*)?))?)$/.exec(compact);
  if (match) {
    const sign = match[1] === '-' ? -1 : 1;
    const times = match[3] ? 2 : match[2] ? Number(match[2]) : 1;
    return (sign * times * Math.PI) / (match[4] ? Number(match[4]) : 1);
  }
  const value = Number(compact);
  return compact === '' || Number.isNaN(value) ? undefined : value;
}
