import { createRegistry, workflowSchema } from '@fasthep/flow';
import { shippedPlugins } from '../plugins/shipped.ts';
import { type CliContext, printJson } from '../terminal/context.ts';

import type { CommonFlags } from '../workflow/lazy.ts';
import { toConfig } from '../workflow/stages.ts';

/** `schema [FILE]` */
export default async function schema(this: CliContext, _: CommonFlags, ...words: string[]): Promise<void> {
  const [file, ...overrides] = words;
  const registry =
    file === undefined
      ? createRegistry((await shippedPlugins()).map(({ plugin }) => plugin))
      : (await toConfig(this, file, overrides)).registry;
  printJson(this, workflowSchema(registry));
}
