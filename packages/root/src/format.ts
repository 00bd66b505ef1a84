import type { FileContents, FileFormat } from '@fasthep/columns';
import { located, RootError } from './error/error.ts';
import { suggestion } from './error/nearest.ts';
import { findKey, walk } from './file/directory.ts';
import { identityOf } from './file/identity.ts';
import { isRoot, openFile } from './file/open.ts';
import type { PathKey } from './file/types.ts';
import { isTable, openTableOf } from './table.ts';
import { streamersOf } from './tree/open.ts';

/** ROOT files as tables: every TTree and RNTuple is one. */
export const rootFormat: FileFormat = {
  name: 'root',
  extensions: ['root'],
  matches: isRoot,

  async contents(source): Promise<FileContents> {
    const file = await openFile(source);
    const keys = newestOf(await walk(file));
    const streamers = await streamersOf(file);
    const tables: FileContents['tables'] = [];
    const others: { name: string; type: string }[] = [];
    for (const key of keys) {
      if (!isTable(key)) {
        others.push({ name: key.path, type: key.className });
        continue;
      }
      const reader = await openTableOf(file, key, streamers);
      tables.push({
        name: key.path,
        entries: reader.entries,
        schema: reader.schema,
        ...(reader.unreadable && { unreadable: reader.unreadable }),
        ...(key.title !== '' && { title: key.title }),
      });
    }
    return { identity: await identityOf(file), size: source.size, tables, others };
  },

  async open(source, { table }) {
    const file = await openFile(source);
    const key = table === undefined ? await onlyTable() : await findKey(file, table).catch(onlyTables);
    if (!isTable(key))
      throw new RootError('ROOT-E06', `it is a ${key.className}, not a table`, {
        file: source.name,
        object: key.path,
      });
    return openTableOf(file, key, await streamersOf(file));

    async function onlyTable(): Promise<PathKey> {
      const tables = newestOf(await walk(file)).filter(isTable);
      if (tables.length === 1) return tables[0]!;
      const names = tables.map((one) => one.path);
      throw new RootError(
        'ROOT-E04',
        names.length === 0 ? 'there is no tree in it' : `there are ${names.length} trees; say which`,
        { file: source.name },
        names.length === 0 ? undefined : suggestion('', names),
      );
    }

    async function onlyTables(error: unknown): Promise<never> {
      if (!(error instanceof RootError) || error.code !== 'ROOT-E04') throw error;
      const names = newestOf(await walk(file))
        .filter(isTable)
        .map((one) => one.path);
      throw located(
        new RootError('ROOT-E04', `there is no tree '${table}'`, {}, suggestion(table ?? '', names)),
        { file: source.name },
      );
    }
  },
};

/** One key for each path: of several cycles the newest. */
function newestOf(keys: readonly PathKey[]): PathKey[] {
  const newest = new Map<string, PathKey>();
  for (const key of keys) {
    const known = newest.get(key.path);
    if (!known || key.cycle > known.cycle) newest.set(key.path, key);
  }
  return [...newest.values()];
}
