export { filesType } from './files.ts';
export { histogramType } from './histogram.ts';
export { reportType } from './report.ts';
export { tableType } from './table.ts';
