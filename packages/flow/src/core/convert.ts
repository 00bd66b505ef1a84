import type { Config } from '@fasthep/config';
import { FlowError, suggest } from '../errors/index.ts';
import type { Registry } from '../types/plugin.ts';
import type { Problem } from '../types/problem.ts';
import { readSyntax } from './read-syntax.ts';

/**
 * A workflow in another syntax: read by the one that recognises it (or `from`), written by `to`. `load` composes files
 * that a syntax names itself. Warnings among the problems are meaning that was lost. Throws FlowError for a syntax that
 * is not there or cannot write.
 */
export function convertWorkflow(
  config: Config,
  registry: Registry,
  to = 'default',
  { from, load }: { from?: string; load?: (path: string, from: string) => Config } = {},
): { text: string; problems: Problem[]; from: string } {
  const syntaxes = registry.all('syntaxes').map(({ item }) => item);
  const target = syntaxes.find((one) => one.name === to);
  const writers = syntaxes.filter((one) => one.write).map((one) => one.name);
  if (!target?.write)
    throw new FlowError(
      'FLOW-S016',
      target ? `the syntax '${to}' cannot be written` : `there is no syntax '${to}'`,
      suggest(to, writers, 'there are') ?? `can be written: ${writers.join(', ')}`,
    );
  const { definition, problems, syntax } = readSyntax(config, registry, from, load);
  return { text: target.write(definition), problems, from: syntax };
}
