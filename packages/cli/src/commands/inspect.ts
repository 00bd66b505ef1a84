import type { DataType, FileContents, FileFormat } from '@fasthep/columns';
import { openSource } from '@fasthep/columns/node';
import { createRegistry, FlowError } from '@fasthep/flow';
import { shippedPlugins } from '../plugins/shipped.ts';
import { paint } from '../terminal/colour.ts';
import { type CliContext, print, printJson } from '../terminal/context.ts';
import { table } from '../terminal/table.ts';
import { bytes } from '../terminal/units.ts';
import type { CommonFlags } from '../workflow/lazy.ts';

/** `inspect FILE...` */
export default async function inspect(
  this: CliContext,
  flags: CommonFlags,
  ...files: string[]
): Promise<void> {
  const registry = createRegistry((await shippedPlugins()).map(({ plugin }) => plugin));
  const formats = registry.all('formats').map(({ item }) => item as FileFormat);
  const seen: (FileContents & { path: string; format: string })[] = [];
  for (const path of files) seen.push({ path, ...(await look(path, formats)) });
  if (flags.json) {
    printJson(this, seen.length === 1 ? seen[0] : seen);
    return;
  }
  const colours = paint(this.process.stdout, this.process.env);
  for (const { path, format, size, tables, others } of seen) {
    print(this, `${colours('bold', path)}  ${format}, ${bytes(size)}`);
    for (const { name, entries, schema, unreadable, title } of tables) {
      print(
        this,
        `\n${colours('bold', name)}${title && title !== name ? ` (${title})` : ''}  ${entries} rows`,
      );
      const rows = Object.entries(schema).map(([column, type]) => [column, typeText(type)]);
      for (const [column, why] of Object.entries(unreadable ?? {}))
        rows.push([column, `cannot be read: ${why}`]);
      print(this, table(['column', 'type'], rows));
    }
    if (others && others.length > 0) {
      print(
        this,
        `\n${table(
          ['beside', 'type'],
          others.map(({ name, type }) => [name, type]),
        )}`,
      );
    }
  }
}

async function look(
  path: string,
  formats: readonly FileFormat[],
): Promise<FileContents & { format: string }> {
  const source = await openSource(path);
  try {
    const head = await source.read(0, Math.min(64, source.size));
    const ending = /\.[^./\\]+$/.exec(path)?.[0].toLowerCase() ?? '';
    const dotless = (text: string) => text.replace(/^\./, '');
    const format =
      formats.find((one) => one.matches?.(head)) ??
      formats.find((one) => !one.matches && one.extensions.some((e) => dotless(e) === dotless(ending))) ??
      formats.find((one) => one.extensions.some((e) => dotless(e) === dotless(ending)));
    if (!format) {
      const known = formats.map(({ name }) => name).join(', ');
      throw new FlowError('data.format-unknown', `${path} is of no known format`, `known are: ${known}`);
    }
    return { format: format.name, ...(await format.contents(source)) };
  } finally {
    await source.close?.();
  }
}

/** `list of float32` and the like. */
function typeText(type: DataType): string {
  const may = type.nullable ? ', may be missing' : '';
  if (type.kind === 'list') {
    const length = type.size === undefined ? '' : ` (${type.size} each)`;
    const counter = type.counter === undefined ? '' : `, as many as ${type.counter}`;
    return `list of ${typeText(type.item)}${length}${counter}${may}`;
  }
  if (type.kind === 'record') {
    const fields = Object.entries(type.fields).map(([name, inner]) => `${name}: ${typeText(inner)}`);
    return `record {${fields.join(', ')}}${may}`;
  }
  return type.kind + may;
}
