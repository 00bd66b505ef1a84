import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { importStore } from '@fasthep/flow';
import { fileStore } from '@fasthep/flow/node';
import { type CliContext, print, printJson } from '../../terminal/context.ts';
import { type CacheFlags, storeFolder } from './folder.ts';

/** `cache import FILE` */
export default async function importCache(this: CliContext, flags: CacheFlags, file: string): Promise<void> {
  const folder = storeFolder(this, flags);
  const entries = await importStore(fileStore(folder), createReadStream(resolve(this.process.cwd(), file)));
  if (flags.json) printJson(this, { store: folder, entries });
  else print(this, `${entries} results taken into ${folder}`);
}
