import { checkLengths, lengthGroups } from '../bind/lengths.ts';
import { ColumnsError } from '../error.ts';
import { interpretTable } from '../interpret/fill.ts';
import { type Compiled, canCompile, compileResults } from '../kernel/compile.ts';
import type { Table } from '../table/types.ts';
import { columnsOf, type ProgramOptions, planProgram } from './check.ts';
import type { Partial } from './partial.ts';
import { emptyResult, partialOf } from './results.ts';
import type { Program } from './types.ts';

export interface RunOptions extends ProgramOptions {
  /** The fills to make. */
  outputs?: readonly string[];
  /** Absent: compiled where code may be made at run time, else interpreted. Both give the same bits. */
  engine?: 'compiled' | 'interpreted';
}

/** A program at work on the rows of one partition. */
export interface ProgramRun {
  /** Columns that each table must have. */
  readonly columns: readonly string[];
  readonly engine: 'compiled' | 'interpreted';
  /** Adds the rows of a table. How rows are cut into tables does not show in the result. */
  push(table: Table): void;
  /** The partial result of each fill. */
  finish(): Record<string, Partial>;
}

/** Starts a program. Throws `program.invalid` if `checkProgram` finds errors in it. */
export function startProgram(program: Program, options: RunOptions = {}): ProgramRun {
  const { analysis, plans } = planProgram(program, options.outputs, options);
  const wrong = analysis.problems.list.find((one) => one.severity !== 'warning');
  if (wrong)
    throw new ColumnsError(
      'program.invalid',
      `${wrong.step ? `${wrong.step}: ` : ''}${wrong.message}`,
      wrong.help,
    );
  const results = plans.map(emptyResult);
  const externals = options.externals ?? {};
  const columns = columnsOf(plans, program.schema);
  const groups = lengthGroups(columns, program.schema, analysis.graph.sameLength);
  const engine = options.engine ?? (canCompile() ? 'compiled' : 'interpreted');
  let compiled: Compiled | undefined;
  return {
    columns,
    engine,
    push(table) {
      checkLengths(table, groups);
      if (engine === 'interpreted') {
        interpretTable(table, results, externals);
        return;
      }
      compiled ??= compileResults(results, program.schema, columns, externals);
      compiled.push(table);
    },
    finish: () => Object.fromEntries(results.map((result) => [result.plan.id, partialOf(result)])),
  };
}

/** The partial results of no rows at all. */
export function emptyPartials(program: Program, options: RunOptions = {}): Record<string, Partial> {
  return startProgram(program, { ...options, engine: 'interpreted' }).finish();
}
