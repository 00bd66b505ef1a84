/** A pack whose operators go wrong in ways that only a thread of its own survives. For tests of back ends. */
import { appendFileSync, existsSync } from 'node:fs';
import { definePlugin } from '../../registry/registry.ts';
import type { Json } from '../../types/json.ts';
import type { Operator } from '../../types/plugin.ts';

function fault(name: string, act: () => void | Promise<void>): Operator {
  return {
    name,
    semantics: 1,
    doc: `The fault '${name}', once for each mark.`,
    parameters: { type: 'object', properties: { mark: { type: 'string' } } },
    inputs: { in: { type: 'any' } },
    outputs: { out: { type: 'total' } },
    run: {
      kind: 'whole',
      async apply(args: Json) {
        const { mark } = args as { mark: string };
        const first = !existsSync(mark);
        appendFileSync(mark, 'x');
        if (first) await act();
        return { out: { '': { sum: 1, n: 1 } } };
      },
    },
  };
}

/** Faults that happen the first time: with the file `mark` there, the operators work. */
export const faultsPlugin = definePlugin({
  name: 'faults',
  operators: [
    fault('exit', () => process.exit(7)),
    fault('spin', () => {
      for (const end = Date.now() + 60_000; Date.now() < end; );
    }),
    fault('throw', async () => {
      setImmediate(() => {
        throw new Error('thrown out of turn');
      });
      await new Promise((resolve) => setTimeout(resolve, 5000));
    }),
  ],
});
export default faultsPlugin;
