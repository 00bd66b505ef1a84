/** Every workflow of the manual is a sound one. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { composeFile, memoryFiles } from '@fasthep/config';
import { dataPlugin } from '@fasthep/data';
import { corePlugin, createRegistry, lowerDefinition, readSyntax, wireTasks } from '@fasthep/flow';
import { hepPlugin } from '@fasthep/hep';
import { renderPlugin } from '@fasthep/render';
import { expect, test } from 'vitest';

const registry = createRegistry([corePlugin, dataPlugin, hepPlugin, renderPlugin]);
const text = readFileSync(resolve(import.meta.dirname, '../docs/language.md'), 'utf8');
const blocks = [...text.matchAll(/## ([^\n]+)|```yaml\n([\s\S]*?)```/g)].reduce<{
  title: string;
  found: [string, string][];
}>(
  ({ title, found }, [, heading, yaml]) =>
    heading ? { title: heading, found } : { title, found: [...found, [title, yaml!]] },
  { title: 'the first one', found: [] },
).found;

test.each(blocks)('%s', (_, yaml) => {
  const config = composeFile('flow.yaml', { files: memoryFiles({ 'flow.yaml': yaml }), late: ['matrix'] });
  const read = readSyntax(config, registry);
  const lowered = lowerDefinition(read.definition, registry);
  const wired = wireTasks(lowered.definition, registry);
  expect([...read.problems, ...lowered.problems, ...wired.problems].map(({ message }) => message)).toEqual(
    [],
  );
});
