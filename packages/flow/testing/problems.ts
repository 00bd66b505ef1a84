import { ConfigErrors } from '@fasthep/config';
import { fromConfig, hasErrors, sortProblems } from '../src/errors/index.ts';
import { checkArguments, lowerDefinition, type Wiring, wireTasks } from '../src/keywords/index.ts';
import { readDefault } from '../src/syntax/default/read.ts';
import type { Definition, Problem, Registry } from '../src/types/index.ts';
import { toyConfig, toyRegistry } from './toys.ts';

/** A workflow as far as flow takes it without data. */
export interface Understood {
  definition: Definition;
  inputs: Wiring;
  problems: Problem[];
  sources: Record<string, string>;
}

/** Reads, lowers, wires and checks a workflow given as text. */
export function understand(
  text: string,
  overrides: string[] = [],
  others: Record<string, string> = {},
  registry: Registry = toyRegistry(),
): Understood {
  try {
    const config = toyConfig(text, overrides, others);
    const read = readDefault(config, registry);
    const lowered = lowerDefinition(read.definition, registry);
    const wired = wireTasks(lowered.definition, registry);
    const checked = Object.entries(lowered.definition.tasks).flatMap(([name, task]) => {
      const found = registry.operator(task.operator);
      return 'problem' in found ? [] : checkArguments(lowered.definition, name, found.operator).problems;
    });
    const problems = sortProblems([...read.problems, ...lowered.problems, ...wired.problems, ...checked]);
    return { definition: lowered.definition, inputs: wired.inputs, problems, sources: config.sources };
  } catch (error) {
    if (!(error instanceof ConfigErrors)) throw error;
    const empty: Definition = {
      format: 1,
      name: '',
      tasks: {},
      settings: {},
      values: {},
      origins: {},
      keyOrigins: {},
      sources: {},
    };
    return {
      definition: empty,
      inputs: {},
      problems: sortProblems(error.problems.map(fromConfig)),
      sources: error.sources,
    };
  }
}

/** Problems, one line each: `FLOW-S002 3:5 message (help)`. */
export function lines(problems: readonly Problem[]): string[] {
  return problems.map(({ code, message, help, origin }) =>
    [code, origin ? `${origin.line}:${origin.column}` : '-', message, help ? `(${help})` : '']
      .join(' ')
      .trim(),
  );
}

/** A sound workflow; with problems it throws. */
export function sound(
  text: string,
  overrides: string[] = [],
  others: Record<string, string> = {},
): Understood {
  const understood = understand(text, overrides, others);
  if (hasErrors(understood.problems)) throw new Error(lines(understood.problems).join('\n'));
  return understood;
}

/** Who reads what, as text: `mass <- rows:select.rows`. */
export function reads({ inputs }: Understood): string[] {
  return Object.entries(inputs).map(([task, list]) => {
    const parts = list.map(({ port, task: of, output, order, optional, result }) =>
      order ? `after ${of}` : `${port}${optional ? '?' : ''}${result ? '!' : ''}:${of}.${output}`,
    );
    return `${task} <- ${parts.join(', ')}`.trim();
  });
}
