import type { Explanation } from './explanation.ts';

/** What has no better place. */
export const OTHER: Record<string, Explanation> = {
  'FLOW-X001': {
    title: 'an error inside the program',
    text: 'Something happened that should not be possible. Please report it with the workflow and the text below `--debug`.',
  },
};
