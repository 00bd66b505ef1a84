import type { Syntax } from '../../types/plugin.ts';
import { readDefault } from './read.ts';
import { writeDefault } from './write/write.ts';

/** The default syntax: a map of named tasks, each with one operator (LANGUAGE). */
export const defaultSyntax: Syntax = {
  name: 'default',
  recognises(value) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return 0;
    const { tasks } = value;
    if (tasks === null || typeof tasks !== 'object') return 0.1;
    // A list of tasks with `type` and `kwargs` is the beta's.
    const items = Array.isArray(tasks) ? tasks : Object.values(tasks);
    const foreign = items.some((task) => task !== null && typeof task === 'object' && 'type' in task);
    return foreign ? 0.3 : 0.8;
  },
  read: readDefault,
  write: writeDefault,
};
