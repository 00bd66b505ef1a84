import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

it('importing the package loads no format library, and nothing of Node', async () => {
  const entry = fileURLToPath(new URL('../index.ts', import.meta.url));
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['source'],
    outdir: 'out',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const loaded = new Set<string>();
  const visit = (path: string): void => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const { path: next, kind } of metafile.inputs[path]?.imports ?? [])
      if (kind === 'import-statement') visit(next);
  };
  visit(Object.keys(metafile.inputs).find((path) => path.endsWith('columns/src/index.ts'))!);
  expect([...loaded].filter((path) => path.includes('node_modules'))).toEqual([]);
  expect([...loaded].some((path) => path.endsWith('format/parquet/format.ts'))).toBe(true);
  expect(Object.keys(metafile.inputs).some((path) => path.includes('hyparquet'))).toBe(true);
});
