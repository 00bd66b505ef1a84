/** Elementary functions behind one table, so that the kernel and the interpreter use the same ones. */
import { pow } from './pow.ts';
import { cos, cosh, sin, sinh } from './trig.ts';

export const ELEMENTARY = {
  sqrt: Math.sqrt,
  exp: Math.exp,
  log: Math.log,
  log10: Math.log10,
  sin,
  cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh,
  cosh,
  tanh: Math.tanh,
  asinh: Math.asinh,
  atan2: Math.atan2,
  floor: Math.floor,
  ceil: Math.ceil,
  float32: Math.fround,
  pow,
} as const;

export type Elementary = keyof typeof ELEMENTARY;
