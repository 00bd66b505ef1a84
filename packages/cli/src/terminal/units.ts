/** Numbers for people. */

/** `1234567` → `1.23 M`. */
export function count(n: number): string {
  return scaled(n, 1000, ['', ' k', ' M', ' G', ' T']);
}

/** Bytes as `12.3 MB`. */
export function bytes(n: number): string {
  return scaled(n, 1000, [' B', ' kB', ' MB', ' GB', ' TB', ' PB']);
}

function scaled(n: number, step: number, units: readonly string[]): string {
  let value = n;
  let unit = 0;
  while (Math.abs(value) >= step && unit < units.length - 1) {
    value /= step;
    unit++;
  }
  if (unit === 0) return `${Math.round(value)}${units[0]}`;
  return `${value >= 100 ? Math.round(value) : value.toPrecision(3)}${units[unit]}`;
}

/** Milliseconds as `0.12 s`, `4.2 s`, `1:05`, `2:03:10`. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 1) return `${seconds.toFixed(2)} s`;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return clock(milliseconds);
}

/** Milliseconds as `0:04`, `1:05`, `2:03:10`. */
export function clock(milliseconds: number): string {
  const all = Math.max(0, Math.round(milliseconds / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
