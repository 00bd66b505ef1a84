import { selectNode } from '../interpolation/find.ts';
import type { Resolver } from '../interpolation/resolvers.ts';
import { Opaque } from '../interpolation/resolvers.ts';
import { ConfigProblem } from '../problem/problem.ts';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const two = (value: number) => String(value).padStart(2, '0');

/** Local time in a pattern of `strftime`: `%Y-%m-%d`, `%H-%M-%S`, `%f`, `%j`, names of days and months. */
export function formatTime(time: Date, pattern: string): string {
  const parts: Record<string, () => string> = {
    Y: () => String(time.getFullYear()),
    y: () => two(time.getFullYear() % 100),
    m: () => two(time.getMonth() + 1),
    d: () => two(time.getDate()),
    H: () => two(time.getHours()),
    I: () => two(time.getHours() % 12 || 12),
    p: () => (time.getHours() < 12 ? 'AM' : 'PM'),
    M: () => two(time.getMinutes()),
    S: () => two(time.getSeconds()),
    f: () => `${String(time.getMilliseconds()).padStart(3, '0')}000`,
    j: () =>
      String(
        Math.floor(
          (new Date(time).setHours(12) - new Date(time.getFullYear(), 0, 1, 12).getTime()) / 86_400_000,
        ) + 1,
      ).padStart(3, '0'),
    a: () => DAYS[time.getDay()]!.slice(0, 3),
    A: () => DAYS[time.getDay()]!,
    b: () => MONTHS[time.getMonth()]!.slice(0, 3),
    B: () => MONTHS[time.getMonth()]!,
    '%': () => '%',
  };
  return pattern.replace(/%(.)/g, (whole, letter: string) =>
    Object.hasOwn(parts, letter) ? parts[letter]!() : whole,
  );
}

/** The resolvers of run directories: `now:PATTERN` (the same moment throughout a run) and `hydra:key`. */
export function runResolvers(time: Date): Record<string, Resolver> {
  return {
    now: {
      call({ args }) {
        if (typeof args[0] !== 'string' || args.length !== 1)
          throw new ConfigProblem('interpolation-eval', 'now takes a pattern such as %Y-%m-%d');
        return formatTime(time, args[0]);
      },
    },
    hydra: {
      call({ args, root, context }) {
        const path = typeof args[0] === 'string' ? args[0] : '';
        const found = selectNode(root, `hydra.${path}`, context, {});
        if (!found) throw new ConfigProblem('interpolation-eval', `hydra.${path} is not set`);
        return found instanceof Opaque ? found.value : found;
      },
    },
  };
}
