export { main } from './main.ts';
export { type CliContext, EXIT, type Output } from './terminal/context.ts';
