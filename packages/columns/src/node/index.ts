export { fileSource } from './file.ts';
export { openSource } from './open.ts';
