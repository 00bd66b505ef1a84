export { coffeaExporter } from './export.ts';
