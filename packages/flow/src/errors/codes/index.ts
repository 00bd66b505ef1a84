import { ARGUMENTS } from './arguments.ts';
import { CONDITIONS } from './conditions.ts';
import { CONFIG } from './config.ts';
import type { Explanation } from './explanation.ts';
import { KEYWORDS } from './keywords.ts';
import { NEEDS } from './needs.ts';
import { OTHER } from './other.ts';
import { RUN } from './run.ts';
import { STRUCTURE } from './structure.ts';
import { TRANSLATION } from './translation.ts';

export { CONFIG_CODES } from './config.ts';
export type { Explanation } from './explanation.ts';

/** Every error code with its page. */
export const CODES: Readonly<Record<string, Explanation>> = {
  ...STRUCTURE,
  ...NEEDS,
  ...CONDITIONS,
  ...KEYWORDS,
  ...ARGUMENTS,
  ...CONFIG,
  ...RUN,
  ...TRANSLATION,
  ...OTHER,
};
