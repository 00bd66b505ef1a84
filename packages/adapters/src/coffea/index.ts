export { coffeaExporter } from './export.ts';
export { coffea } from './process.ts';
