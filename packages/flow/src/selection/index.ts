export { matchTasks } from './names.ts';
export { selectTasks, withDependants, withNeeded } from './select.ts';
export { matchTags, type TagChoice } from './tags.ts';
