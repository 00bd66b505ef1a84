/**
 * x ** y as in C's pow (and numpy): Sun's fdlibm `e_pow.c`, because `Math.pow` differs between engines and their
 * versions. Error below 0.7 ulp. The constants are fdlibm's.
 */

const bytes = new DataView(new ArrayBuffer(8));
const high = (x: number): number => {
  bytes.setFloat64(0, x);
  return bytes.getInt32(0);
};
const low = (x: number): number => {
  bytes.setFloat64(0, x);
  return bytes.getUint32(4);
};
const join = (h: number, l: number): number => {
  bytes.setInt32(0, h);
  bytes.setUint32(4, l);
  return bytes.getFloat64(0);
};
const clearLow = (x: number): number => join(high(x), 0);

const BP = [1, 1.5] as const;
const DP_H = [0, 0.5849624872207642] as const;
const DP_L = [0, 1.350039202129749e-8] as const;
const TWO53 = 9007199254740992;
const HUGE = 1e300;
const TINY = 1e-300;
const [L1, L2, L3] = [0.5999999999999946, 0.4285714285785502, 0.33333332981837743];
const [L4, L5, L6] = [0.272728123808534, 0.23066074577556175, 0.20697501780033842];
const [P1, P2, P3] = [0.16666666666666602, -0.0027777777777015593, 6.613756321437934e-5];
const [P4, P5] = [-1.6533902205465252e-6, 4.1381367970572385e-8];
// biome-ignore lint/suspicious/noApproximativeNumericConstant: fdlibm's digits are the algorithm
const LG2 = 0.6931471805599453;
const LG2_H = 0.6931471824645996;
const LG2_L = -1.904654299957768e-9;
const OVT = 8.008566259537294e-17;
const CP = 0.9617966939259756;
const CP_H = 0.9617967009544373;
const CP_L = -7.028461650952758e-9;
// biome-ignore lint/suspicious/noApproximativeNumericConstant: fdlibm's digits are the algorithm
const IVLN2 = 1.4426950408889634;
const IVLN2_H = 1.4426950216293335;
const IVLN2_L = 1.9259629911266175e-8;

/** 0: not a whole number, 1: odd, 2: even. */
function wholeness(y: number): 0 | 1 | 2 {
  if (Math.abs(y) >= TWO53) return 2;
  if (Math.floor(y) !== y) return 0;
  return y % 2 === 0 ? 2 : 1;
}

function special(x: number, y: number): number | undefined {
  if (y === 0 || x === 1) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const ax = Math.abs(x);
  if (y === Number.POSITIVE_INFINITY) return ax === 1 ? 1 : ax > 1 ? y : 0;
  if (y === Number.NEGATIVE_INFINITY) return ax === 1 ? 1 : ax < 1 ? -y : 0;
  if (y === 1) return x;
  if (y === -1) return 1 / x;
  if (y === 2) return x * x;
  if (y === 0.5 && x >= 0) return Math.sqrt(x);
  if (ax === 0 || ax === Number.POSITIVE_INFINITY || ax === 1) {
    let z = y < 0 ? 1 / ax : ax;
    const odd = wholeness(y);
    if (x < 0 || Object.is(x, -0)) {
      if (ax === 1 && odd === 0) z = Number.NaN;
      else if (odd === 1) z = -z;
    }
    return z;
  }
  return undefined;
}

/** log2(|x|) in two parts, for x far from 1. */
function log2(x: number): [number, number] {
  let n = 0;
  let ax = x;
  let ix = high(ax);
  if (ix < 0x00100000) {
    ax *= TWO53;
    n -= 53;
    ix = high(ax);
  }
  n += (ix >> 20) - 0x3ff;
  const j = ix & 0x000fffff;
  ix = j | 0x3ff00000;
  let k: 0 | 1;
  if (j <= 0x3988e) k = 0;
  else if (j < 0xbb67a) k = 1;
  else {
    k = 0;
    n += 1;
    ix -= 0x00100000;
  }
  ax = join(ix, low(ax));
  let u = ax - BP[k];
  let v = 1 / (ax + BP[k]);
  const ss = u * v;
  const sh = clearLow(ss);
  let th = join(((ix >> 1) | 0x20000000) + 0x00080000 + (k << 18), 0);
  let tl = ax - (th - BP[k]);
  const sl = v * (u - sh * th - sh * tl);
  let s2 = ss * ss;
  let r = s2 * s2 * (L1 + s2 * (L2 + s2 * (L3 + s2 * (L4 + s2 * (L5 + s2 * L6)))));
  r += sl * (sh + ss);
  s2 = sh * sh;
  th = clearLow(3 + s2 + r);
  tl = r - (th - 3 - s2);
  u = sh * th;
  v = sl * th + tl * ss;
  const ph = clearLow(u + v);
  const pl = v - (ph - u);
  const zh = CP_H * ph;
  const zl = CP_L * ph + pl * CP + DP_L[k];
  const t1 = clearLow(zh + zl + DP_H[k] + n);
  return [t1, zl - (t1 - n - DP_H[k] - zh)];
}

/** log2(x) in two parts, for |1 - x| below 2^-20 (used where |y| is huge). */
function log2Near1(x: number): [number, number] {
  const t = x - 1;
  const w = t * t * (0.5 - t * (0.3333333333333333 - t * 0.25));
  const u = IVLN2_H * t;
  const v = t * IVLN2_L - w * IVLN2;
  const t1 = clearLow(u + v);
  return [t1, v - (t1 - u)];
}

/** x ** y for IEEE doubles. */
export function pow(x: number, y: number): number {
  const known = special(x, y);
  if (known !== undefined) return known;
  const whole = x < 0 ? wholeness(y) : 2;
  if (whole === 0) return Number.NaN;
  const sign = whole === 1 ? -1 : 1;
  const ax = Math.abs(x);
  const ix = high(ax);
  let parts: [number, number];
  if (Math.abs(y) > 2147483648) {
    if (ix < 0x3fefffff) return y < 0 ? sign * HUGE * HUGE : sign * TINY * TINY;
    if (ix > 0x3ff00000) return y > 0 ? sign * HUGE * HUGE : sign * TINY * TINY;
    parts = log2Near1(ax);
  } else parts = log2(ax);
  const [t1, t2] = parts;
  const y1 = clearLow(y);
  const pl = (y - y1) * t1 + y * t2;
  const ph = y1 * t1;
  const z = pl + ph;
  const j = high(z);
  const i = low(z);
  if (j >= 0x40900000) {
    if (((j - 0x40900000) | i) !== 0 || pl + OVT > z - ph) return sign * HUGE * HUGE;
  } else if ((j & 0x7fffffff) >= 0x4090cc00) {
    if (((j - (0xc090cc00 | 0)) | i) !== 0 || pl <= z - ph) return sign * TINY * TINY;
  }
  return sign * exp2(z, ph, pl);
}

/** 2 ** (ph + pl) */
function exp2(z: number, start: number, pl: number): number {
  let ph = start;
  const j = high(z);
  const i = j & 0x7fffffff;
  let k = (i >> 20) - 0x3ff;
  let n = 0;
  if (i > 0x3fe00000) {
    n = j + (0x00100000 >> (k + 1));
    k = ((n & 0x7fffffff) >> 20) - 0x3ff;
    const t = join(n & ~(0x000fffff >> k), 0);
    n = ((n & 0x000fffff) | 0x00100000) >> (20 - k);
    if (j < 0) n = -n;
    ph -= t;
  }
  const t = clearLow(pl + ph);
  const u = t * LG2_H;
  const v = (pl - (t - ph)) * LG2 + t * LG2_L;
  const y = u + v;
  const w = v - (y - u);
  const y2 = y * y;
  const t1 = y - y2 * (P1 + y2 * (P2 + y2 * (P3 + y2 * (P4 + y2 * P5))));
  const r = (y * t1) / (t1 - 2) - (w + y * w);
  const result = 1 - (r - y);
  const jj = high(result) + (n << 20);
  return jj >> 20 <= 0 ? scale(result, n) : join(jj, low(result));
}

/** x · 2^n with results that may be subnormal. */
function scale(x: number, n: number): number {
  const half = join(0x3ff00000 - (540 << 20), 0);
  return x * half * join((0x3ff + n + 540) << 20, 0);
}
