import type { CollectPlan } from '../program/plans.ts';
import {
  type Column,
  columnFrom,
  concatTables,
  type DataType,
  type Table,
  takeColumn,
} from '../table/index.ts';

/** The chosen rows of each combination of labels, batch by batch. */
export class CollectAccumulator {
  private readonly plan: CollectPlan;
  private readonly tables: Table[][];

  constructor(plan: CollectPlan) {
    this.plan = plan;
    this.tables = plan.variants.map(() => []);
  }

  /** Adds rows of a batch: unchanged columns are taken over, of others `computed` has the values, by field. */
  add(variant: number, table: Table, rows: Int32Array, computed: readonly (readonly unknown[])[]): void {
    const { names, types, variants } = this.plan;
    const columns: Record<string, Column> = {};
    names.forEach((name, field) => {
      const source = variants[variant]!.sources[field];
      columns[name] =
        source !== undefined
          ? takeColumn(table.columns[source]!, rows)
          : columnFrom(computed[field]!, types[field]!, name);
    });
    this.tables[variant]!.push({ length: rows.length, columns });
  }

  finish(): Table[] {
    return this.tables.map((parts) => (parts.length > 0 ? concatTables(parts) : this.empty()));
  }

  private empty(): Table {
    const columns = this.plan.names.map(
      (name, i) => [name, columnFrom([], this.plan.types[i] as DataType, name)] as const,
    );
    return { length: 0, columns: Object.fromEntries(columns) };
  }
}
