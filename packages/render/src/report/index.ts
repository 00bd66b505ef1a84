export { readRun } from './read.ts';
export { renderReport } from './report.ts';
export type { ProductEntry, ReportData, RunDirectoryReader } from './types.ts';
