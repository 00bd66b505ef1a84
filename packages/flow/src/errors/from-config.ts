import type { Origin } from '@fasthep/config';
import type { Problem } from '../types/problem.ts';
import { CONFIG_CODES } from './codes/index.ts';

/** What a problem of `@fasthep/config` has that matters here. */
interface ConfigProblemLike {
  code: string;
  message: string;
  help?: string | undefined;
  origin?: Origin | undefined;
  related?: { message: string; origin: Origin }[];
}

/** A problem of config with the code that users are shown. */
export function fromConfig(problem: ConfigProblemLike): Problem {
  const { code, message, help, origin, related } = problem;
  return {
    code: CONFIG_CODES[code] ?? code,
    message,
    ...(help === undefined ? {} : { help }),
    ...(origin === undefined ? {} : { origin }),
    ...(related === undefined || related.length === 0 ? {} : { related }),
  };
}
