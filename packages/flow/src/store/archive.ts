/**
 * A store, or part of it, as one stream of bytes: the line `fasthep-store 1`, then for each entry a line
 * `<key> <sha-256 of the bytes> <length>` followed by that many bytes and a line feed. The line `end <entries>`
 * tells a whole archive from one that was cut.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Store } from '../types/store.ts';
import { StoreError } from './error.ts';

const HEAD = 'fasthep-store 1';
const LINE = 200;
const text = new TextEncoder();

/** The entries of a store (all, or those asked for that it has) as an archive. */
export async function* exportStore(store: Store, keys?: readonly string[]): AsyncIterable<Uint8Array> {
  yield text.encode(`${HEAD}\n`);
  let entries = 0;
  for await (const key of keys ?? listed(store)) {
    const [bytes] = await store.get([key]);
    if (!bytes) continue;
    yield text.encode(`${key} ${bytesToHex(sha256(bytes))} ${bytes.length}\n`);
    yield bytes;
    yield text.encode('\n');
    entries++;
  }
  yield text.encode(`end ${entries}\n`);
}

/** Puts the entries of an archive into a store; those it has already stay. Returns how many there were. */
export async function importStore(store: Store, chunks: AsyncIterable<Uint8Array>): Promise<number> {
  const input = reader(chunks);
  if ((await input.line()) !== HEAD) throw damaged('it does not start as an archive of a store does');
  for (let entries = 0; ; entries++) {
    const line = await input.line();
    const [key, digest, length] = line.split(' ');
    if (key === 'end') {
      if (digest !== String(entries)) throw damaged(`it holds ${entries} entries and should hold ${digest}`);
      return entries;
    }
    if (!/^[0-9a-f]{64}$/.test(key ?? '') || !/^[0-9]{1,15}$/.test(length ?? '')) {
      throw damaged(`entry ${entries + 1} has no key and length`);
    }
    const bytes = await input.take(Number(length));
    if (bytesToHex(sha256(bytes)) !== digest) throw damaged(`the bytes of entry ${entries + 1} were changed`);
    if ((await input.take(1))[0] !== 10) throw damaged(`entry ${entries + 1} does not end where it should`);
    await store.put([{ key: key!, bytes }]);
  }
}

async function* listed(store: Store): AsyncIterable<string> {
  for await (const { key } of store.list()) yield key;
}

function damaged(why: string): StoreError {
  return new StoreError('FLOW-R015', `the archive cannot be imported: ${why}`, {
    help: "make it again with 'fasthep-flow cache export'; what was imported before this entry is kept",
  });
}

function reader(chunks: AsyncIterable<Uint8Array>) {
  const source = chunks[Symbol.asyncIterator]();
  let waiting: Uint8Array[] = [];
  let held = 0;
  const more = async () => {
    const next = await source.next();
    if (next.done) throw damaged('it ends too early');
    waiting.push(next.value);
    held += next.value.length;
  };
  const join = () => {
    if (waiting.length === 1) return waiting[0]!;
    const whole = new Uint8Array(held);
    let at = 0;
    for (const chunk of waiting) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    waiting = [whole];
    return whole;
  };
  const take = async (length: number) => {
    while (held < length) await more();
    const whole = join();
    waiting = [whole.subarray(length)];
    held -= length;
    return whole.subarray(0, length);
  };
  const line = async () => {
    for (;;) {
      const end = held > 0 ? join().indexOf(10) : -1;
      if (end >= 0) return new TextDecoder().decode((await take(end + 1)).subarray(0, end));
      if (held > LINE) throw damaged('a line is too long');
      await more();
    }
  };
  return { take, line };
}
