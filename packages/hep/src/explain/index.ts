/** The page of an error code, as `fasthep-flow explain CODE` prints it. */
interface Explanation {
  title: string;
  text: string;
  wrong?: string;
  right?: string;
}

/** Pages of the codes that reading ROOT files brings. */
export const explanations: Readonly<Record<string, Explanation>> = {
  'ROOT-E01': {
    title: 'not a ROOT file',
    text: 'The file does not begin as ROOT files do, or its header makes no sense. A web page that says "not found", saved under the name of the file, is a common cause.',
  },
  'ROOT-E02': {
    title: 'a file that ends too early',
    text: 'The file is truncated or still being written. Copy it again; with `bad_files: skip` the source leaves it out and lists it.',
  },
  'ROOT-E03': {
    title: 'a damaged file',
    text: 'What the file says of itself is contradictory. Copy it again or make it anew.',
  },
  'ROOT-E04': {
    title: 'no such object in the file',
    text: '`fasthep-flow inspect FILE` shows what there is. Names in folders are written with slashes.',
    right: 'events: {read: {files: a.root, tree: ntuples/events}}',
  },
  'ROOT-E05': {
    title: 'no such branch',
    text: 'The tree has no column of this name. `fasthep-flow inspect FILE` shows them with their types.',
  },
  'ROOT-E06': {
    title: 'something in the file that cannot be read',
    text: 'The structure is known, but a type, class or version in it is not supported. Other branches of the same tree can be read.',
  },
  'ROOT-E07': {
    title: 'a compressed block that cannot be unpacked',
    text: 'The block is damaged, or packed by an algorithm that is not known. Copy the file again; if that does not help, write it anew with zlib, LZ4 or ZSTD.',
  },
  'ROOT-E08': {
    title: 'a checksum that does not match',
    text: 'Bytes changed since the file was written. Copy it again.',
  },
  'ROOT-E09': {
    title: 'sizes beyond any sense',
    text: 'The file claims more than its bytes can hold, or refers to itself in a circle: it is damaged.',
  },
  'ROOT-E10': {
    title: 'rows outside the tree',
    text: 'More rows were asked for than the tree has. The file may have changed since it was surveyed: run again.',
  },
};
