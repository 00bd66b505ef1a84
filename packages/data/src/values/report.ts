import { cell, decodeTable, encodeTable, type Table, takeRows } from '@fasthep/columns';
import type { ValueType } from '@fasthep/flow';
import { tableField, tableFiles } from './table.ts';

/** What a cutflow counted: a row for each cut, of each label; published as CSV and JSON. */
export const reportType: ValueType<Table> = {
  name: 'report',
  doc: 'One row for each cut: rows, sums of weights and of their squares. Files: CSV, JSON.',
  encode: (table) => encodeTable(table),
  decode: (bytes) => decodeTable(bytes),
  files: tableFiles,
  /** `select.report.trigger.n`: of one cut. */
  field(report, path) {
    const cuts = report.columns.cut;
    if (path.length < 2 || !cuts) return tableField(report, path);
    const name = path.slice(0, -1).join('.');
    const rows = Array.from({ length: report.length }, (_, i) => i).filter((i) => cell(cuts, i) === name);
    return rows.length === 0 ? undefined : tableField(takeRows(report, rows), path.slice(-1));
  },
};
