import type { Syntax } from '../../types/plugin.ts';
import { readBeta } from './read.ts';

/** The beta of fasthep-flow: a list of tasks with `name`, `type`, `kwargs` and `needs`. */
export const betaSyntax: Syntax = {
  name: 'beta',
  recognises(value) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return 0;
    const { tasks } = value;
    if (!Array.isArray(tasks) || tasks.length === 0) return 0;
    const typed = tasks.filter((task) => task !== null && typeof task === 'object' && 'type' in task);
    return typed.length === tasks.length ? 0.95 : typed.length > 0 ? 0.5 : 0;
  },
  read: readBeta,
};
