import { FlowError, suggest } from '@fasthep/flow';
import { type CliContext, print, printJson, say } from '../terminal/context.ts';
import type { CommonFlags } from '../workflow/lazy.ts';

type Flags = CommonFlags & { engine?: string };

/** `setup python [--engine NAME]` */
export default async function setupPython(this: CliContext, flags: Flags): Promise<void> {
  const [{ PYTHON_ENGINES }, { environment, PythonError }] = await Promise.all([
    import('@fasthep/engines/status'),
    import('@fasthep/python'),
  ]);
  const names = flags.engine === undefined ? Object.keys(PYTHON_ENGINES) : [flags.engine];
  const made: { engine: string; python: string; folder?: string }[] = [];
  for (const name of names) {
    const spec = PYTHON_ENGINES[name];
    if (!spec) {
      throw new FlowError(
        'FLOW-R009',
        `there is no Python engine '${name}'`,
        suggest(name, Object.keys(PYTHON_ENGINES), 'there are'),
      );
    }
    try {
      const ready = await environment(spec, { create: true, log: (message) => say(this, message) });
      made.push({ engine: name, ...ready });
    } catch (error) {
      if (error instanceof PythonError) throw new FlowError('FLOW-R030', error.message, error.help);
      throw error;
    }
  }
  if (flags.json) printJson(this, made);
  else for (const { engine, python } of made) print(this, `${engine}: ${python}`);
}
