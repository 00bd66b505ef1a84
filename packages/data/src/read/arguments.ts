import type { Json, JsonObject } from '@fasthep/flow';

/** A file, or a pattern for several, with the table inside where it is not that of the others. */
export interface FileArgument {
  path: string;
  tree?: string;
  /** Place in the operator's arguments. */
  at: (string | number)[];
}

export interface DatasetArgument {
  /** Undefined for plain `files:`: then there are no labels. */
  name?: string;
  files: FileArgument[];
  /** The table in its files. */
  tree?: string;
  /** What expressions and conditions see as `dataset.*`. */
  constants: JsonObject;
  at: (string | number)[];
}

export interface PortArgument {
  tree?: string;
  optional: boolean;
  at: (string | number)[];
}

/** The arguments of `read`, in one shape. */
export interface ReadArguments {
  datasets: DatasetArgument[];
  ports: Record<string, PortArgument>;
  format?: string;
  /** Field → column of the file. */
  rename: Record<string, string>;
  rows?: [number, number];
  skipBad: boolean;
}

function fileList(value: Json | undefined, at: (string | number)[]): FileArgument[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((one, i) => fileList(one, [...at, i]));
  if (typeof value !== 'object') return [{ path: String(value), at }];
  const tree = value.tree === undefined ? {} : { tree: String(value.tree) };
  return fileList(value.path, [...at, 'path']).map((file) => ({ ...file, ...tree }));
}

/** Reads arguments that have passed the operator's schema. */
export function readArguments(args: Json): ReadArguments {
  const given = args as JsonObject;
  const datasets = Array.isArray(given.datasets)
    ? given.datasets.map((entry, i) => dataset(entry as JsonObject, ['datasets', i]))
    : [{ files: fileList(given.files, ['files']), constants: {}, at: ['files'] }];

  const ports: Record<string, PortArgument> = {};
  if (given.trees === undefined) {
    ports.rows = { optional: false, at: ['tree'] };
    if (given.tree !== undefined) ports.rows.tree = String(given.tree);
  } else {
    for (const [port, value] of Object.entries(given.trees as JsonObject)) {
      const at = ['trees', port];
      if (value === null || typeof value !== 'object')
        ports[port] = { tree: String(value), optional: false, at };
      else {
        const { tree, optional } = value as JsonObject;
        ports[port] = { tree: String(tree), optional: optional === true, at };
      }
    }
  }
  return {
    datasets,
    ports,
    format: given.format as string | undefined,
    rename: (given.rename ?? {}) as Record<string, string>,
    rows: given.rows as [number, number] | undefined,
    skipBad: given.bad_files === 'skip',
  };
}

function dataset(entry: JsonObject, at: (string | number)[]): DatasetArgument {
  const { files, ...rest } = entry;
  const constants: JsonObject = { process: entry.name!, ...rest };
  const tree = entry.tree === undefined ? {} : { tree: String(entry.tree) };
  return { name: String(entry.name), files: fileList(files, [...at, 'files']), constants, at, ...tree };
}

/** The table to open in a file, most special first: the file's own, the port's or the dataset's. */
export function treeOf(
  port: PortArgument,
  dataset: DatasetArgument | undefined,
  file?: FileArgument,
): string | undefined {
  return file?.tree ?? dataset?.tree ?? port.tree;
}
