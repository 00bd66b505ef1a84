import { fastMachine, xxh3 } from '../codec/fast.ts';
import { unpackLoading } from '../codec/unpack.ts';
import { RootError, withinAsync } from '../error/error.ts';
import { readBytes } from '../file/read.ts';
import type { RootFile } from '../file/types.ts';
import { Little } from './little.ts';
import type { Locator } from './types.ts';

const names = ['', 'header', 'footer', 'page list'];

/** A piece of metadata: its bytes from behind the preamble to before the checksum, which was verified. */
export interface Envelope {
  cursor: Little;
  /** Its checksum, by which other envelopes refer to it. */
  checksum: bigint;
}

/** Reads the envelope of a type (1 header, 2 footer, 3 page list), `length` bytes when unpacked. */
export async function readEnvelope(
  file: RootFile,
  { size, offset }: Locator,
  length: number,
  type: 1 | 2 | 3,
  object: string,
): Promise<Envelope> {
  const what = `${names[type]} of RNTuple`;
  return withinAsync({ file: file.source.name, object, offset }, async () => {
    const packed = await readBytes(file.source, offset, size, `the ${what}`);
    const bytes = await unpackLoading(packed, length);
    const head = new Little(bytes).u64();
    if (bytes.length < 16 || Number(head & 0xffffn) !== type || head >> 16n !== BigInt(length))
      throw new RootError('ROOT-E03', `this is not the ${what}`);
    const end = bytes.length - 8;
    const checksum = new Little(bytes, end).u64();
    if (xxh3(await fastMachine(), bytes.subarray(0, end)) !== checksum)
      throw new RootError('ROOT-E08', `the checksum of the ${what} does not match`);
    return { cursor: new Little(bytes.subarray(0, end), 8), checksum };
  });
}
