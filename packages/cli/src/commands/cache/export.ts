import { createWriteStream, renameSync } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportStore } from '@fasthep/flow';
import { fileStore } from '@fasthep/flow/node';
import { type CliContext, print, printJson } from '../../terminal/context.ts';
import { type CacheFlags, storeFolder } from './folder.ts';

/** `cache export FILE` */
export default async function exportCache(this: CliContext, flags: CacheFlags, file: string): Promise<void> {
  const folder = storeFolder(this, flags);
  const path = resolve(this.process.cwd(), file);
  await pipeline(
    Readable.from(exportStore(fileStore(folder)), { objectMode: false }),
    createWriteStream(`${path}.part`),
  );
  renameSync(`${path}.part`, path);
  if (flags.json) printJson(this, { store: folder, file: path });
  else print(this, `${folder} written to ${path}`);
}
