import { createRegistry } from '@fasthep/flow';
import { localBackend } from '@fasthep/flow/node';
import { shippedPlugins } from '../plugins/shipped.ts';
import { type CliContext, print, printJson } from '../terminal/context.ts';
import { table } from '../terminal/table.ts';
import type { CommonFlags } from '../workflow/lazy.ts';

/** `backends` */
export default async function backends(this: CliContext, flags: CommonFlags): Promise<void> {
  const { engineStatus } = await import('@fasthep/engines/status');
  const registry = createRegistry((await shippedPlugins()).map(({ plugin }) => plugin));
  const all = [localBackend(), ...registry.all('backends').map(({ item }) => item)];
  const rows = await Promise.all(
    all.map(async ({ name, doc, can }) => ({ ...(await engineStatus(name)), doc, can })),
  );
  if (flags.json) {
    printJson(this, rows);
    return;
  }
  print(
    this,
    table(
      ['back end', 'usable', 'what it is'],
      rows.map(({ name, usable, doc }) => [name, usable ? 'yes' : 'no', doc]),
    ),
  );
  for (const { name, found } of rows) if (found) print(this, `\n${name}: ${found}`);
  for (const { name, reason, help } of rows) {
    if (reason) print(this, `\n${name}: ${reason}${help ? `\n  help: ${help}` : ''}`);
  }
}
