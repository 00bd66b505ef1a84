import type { FileContents, Schema } from '@fasthep/columns';
import type { JsonObject, SurveyContext } from '@fasthep/flow';
import { DataError } from '../error.ts';
import { platformFiles } from '../node/files.ts';
import { formatOf } from './formats.ts';
import { fileState, noteIdentity } from './identity.ts';

/** What the survey keeps of one file. */
export interface SeenFile {
  format: string;
  /** The format that was asked for, where that was not left to the file. */
  asked?: string;
  identity: string;
  size: number;
  tables: { name: string; entries: number; schema: Schema; unreadable?: Record<string, string> }[];
}

/**
 * Looks into a file once: what an earlier survey saw of this very file is taken from its memory.
 * Throws `data.file-broken`, `data.format-unknown` and what the format throws.
 */
export async function inspectFile(path: string, context: SurveyContext, format?: string): Promise<SeenFile> {
  const state = await fileState(path);
  const old = (await context.recall(path)) as SeenFile | undefined;
  const seen = old && old.asked === format ? old : await look(path, context, format);
  if (seen !== old) await context.remember(path, seen as unknown as JsonObject);
  if (state !== undefined) noteIdentity(path, state, seen.identity);
  return seen;
}

async function look(path: string, context: SurveyContext, name?: string): Promise<SeenFile> {
  const source = await platformFiles.open(path);
  try {
    if (source.size === 0)
      throw new DataError(
        'data.file-broken',
        `${path} is empty: it has 0 bytes`,
        'take it off the list, or make it anew',
      );
    const format = await formatOf(path, source, context.registry, name);
    const contents = await format.contents(source);
    return { ...seenFile(format.name, contents), ...(name === undefined ? {} : { asked: name }) };
  } finally {
    await source.close();
  }
}

function seenFile(format: string, contents: FileContents): SeenFile {
  const tables = contents.tables.map((table) => ({
    name: table.name,
    entries: table.entries,
    schema: table.schema,
    ...(table.unreadable && Object.keys(table.unreadable).length > 0 ? { unreadable: table.unreadable } : {}),
  }));
  return { format, identity: contents.identity, size: contents.size, tables };
}
