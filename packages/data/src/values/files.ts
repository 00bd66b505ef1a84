import type { PublishedFile, ValueType } from '@fasthep/flow';
import { pack, unpack } from './pack.ts';

/** Files that an operator made; published as they are. */
export const filesType: ValueType<PublishedFile[]> = {
  name: 'files',
  doc: 'Files to publish.',
  encode(files) {
    const heads = files.map(({ bytes: _, ...head }) => head);
    return pack(
      heads,
      files.map((file) => file.bytes),
    );
  },
  decode(bytes) {
    const { head, arrays } = unpack(bytes);
    return (head as Omit<PublishedFile, 'bytes'>[]).map((one, i) => ({ ...one, bytes: arrays[i]! }));
  },
  files: (files) => files,
};
