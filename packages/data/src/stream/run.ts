import {
  type CollectPartial,
  encodePartial,
  type Program,
  type ProgramRun,
  type Step,
  startProgram,
  type Table,
} from '@fasthep/columns';
import type { StreamProgram, StreamRun } from '@fasthep/flow';
import { DataError } from '../error.ts';
import { toProgram } from './program.ts';

/** Starts the named fills of a program on the rows of one partition. Throws `program.invalid`. */
export function startRun(stream: StreamProgram, outputs: readonly string[]): StreamRun {
  const program = toProgram(stream);
  const collects = new Map<string, Collect>();
  for (const step of program.steps)
    if (step.do === 'fill' && step.fill.kind === 'collect' && outputs.includes(step.id))
      collects.set(step.id, new Collect(program, step.id));
  const fills = outputs.filter((id) => !collects.has(id));
  const run = fills.length > 0 ? startProgram(program, { outputs: fills }) : undefined;
  return {
    push(batch) {
      run?.push(batch as Table);
      for (const collect of collects.values()) collect.push(batch as Table);
    },
    finish() {
      const made = { ...run?.finish() };
      // Rows that went on to another stage are no result.
      for (const [id, collect] of collects) if (!collect.drained) made[id] = collect.partial();
      return Object.fromEntries(Object.entries(made).map(([id, partial]) => [id, encodePartial(partial)]));
    },
    drain: (output) => collects.get(output)?.drain(),
  };
}

/** A fill of rows, which may be taken away as they come. */
class Collect {
  drained = false;
  private readonly program: Program;
  private readonly id: string;
  private run: ProgramRun | undefined;

  constructor(program: Program, id: string) {
    this.program = program;
    this.id = id;
  }

  push(table: Table): void {
    this.run ??= startProgram(this.program, { outputs: [this.id] });
    this.run.push(table);
  }

  partial(): CollectPartial {
    const run = this.run ?? startProgram(this.program, { outputs: [this.id] });
    return run.finish()[this.id] as CollectPartial;
  }

  drain(): Table | undefined {
    if (!this.run) return undefined;
    if (!this.drained) refuseLabels(this.program, this.id);
    this.drained = true;
    const [table] = this.partial().tables;
    this.run = undefined;
    return table;
  }
}

/** What is attached to rows does not pass through an operator that makes rows of its own. */
function refuseLabels(program: Program, id: string): void {
  const steps = new Map(program.steps.map((step) => [step.id, step]));
  const words: Partial<Record<Step['do'], string>> = {
    branch: 'regions',
    vary: 'variations',
  };
  for (let step = steps.get(id); step; step = steps.get(step.from)) {
    const word = words[step.do];
    if (word)
      throw new DataError(
        'data.attached',
        `${word} do not pass through an operator that makes other rows, like explode`,
        `put the task that makes the ${word} below it`,
      );
  }
}
