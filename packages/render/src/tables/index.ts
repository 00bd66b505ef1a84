export { tableView } from '../figure/fromtable.ts';
export type { TableView } from '../figure/table.ts';
export { cutflowText } from './cutflow.ts';
export { type GridColumn, gridText, type TextOptions, textColumns, toAscii } from './grid.ts';
export { histogramText } from './histogram.ts';
export { tableText } from './table.ts';
