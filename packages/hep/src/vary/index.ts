export { vary } from './vary.ts';
