/**
 * `npm run bench -- config [PYTHON]`: composing and loading beside Hydra and the bare YAML parser. Prints medians in
 * milliseconds, and how many times faster we are. Hydra is installed once into a folder for temporary files, unless
 * PYTHON is an interpreter that has it; where that cannot be, its part is left out.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { parse } from 'yaml';
import { pythonWith } from '../../packages/columns/testing/python.ts';
import { bigDocument, tree } from './inputs.ts';

type Shipped = typeof import('@fasthep/config') & typeof import('@fasthep/config/node');

/** The package as it is shipped: in one file, without what a development runner puts around functions. */
async function shipped(folder: string): Promise<Shipped> {
  const outfile = join(folder, 'shipped.mjs');
  await build({
    stdin: {
      contents: "export * from '@fasthep/config'; export * from '@fasthep/config/node';",
      resolveDir: process.cwd(),
    },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    conditions: ['source'],
    logLevel: 'error',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  return (await import(pathToFileURL(outfile).href)) as Shipped;
}

const RUNS = 25;
const middle = (times: number[]) => [...times].sort((a, b) => a - b)[times.length >> 1]!;
const measure = (run: () => unknown, runs = RUNS): number => {
  const times: number[] = [];
  // Hydra's functions are compiled before it starts; ours while they run.
  for (let index = 0; index < runs; index++) run();
  for (let index = 0; index < runs; index++) {
    const start = performance.now();
    run();
    times.push(performance.now() - start);
  }
  return middle(times);
};
const ms = (time: number) => `${time.toFixed(1)} ms`;

/** Plain JSON, keys in order: to see that both composed the same. */
const plain = (value: unknown): unknown =>
  value instanceof Map
    ? Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]))
    : Array.isArray(value)
      ? value.map(plain)
      : value;

const { files, overrides } = tree();
const big = bigDocument();
const folder = mkdtempSync(join(tmpdir(), 'config-bench-'));
try {
  const { compose, folderSource, load, memoryFiles, nodeFiles, resolveContext, toContainer } =
    await shipped(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  let value: unknown;
  const once = () => {
    const context = resolveContext();
    const { root } = compose({
      configName: 'config',
      overrides,
      sources: [folderSource(folder, nodeFiles())],
      context,
      mode: 'omegaconf',
    });
    (root.content as Map<string, unknown>).delete('hydra');
    value = toContainer(root, context, { resolve: true });
  };
  // The same with texts never seen before: what a cache of parsed files does not help.
  let round = 0;
  const fresh = () => {
    round++;
    const context = resolveContext();
    const texts = Object.fromEntries(
      Object.entries(files).map(([path, text]) => [path, `${text}# ${round}\n`]),
    );
    const sources = [folderSource('', memoryFiles(texts))];
    const { root } = compose({ configName: 'config', overrides, sources, context, mode: 'omegaconf' });
    (root.content as Map<string, unknown>).delete('hydra');
    toContainer(root, context, { resolve: true });
  };
  const start = performance.now();
  once();
  const first = performance.now() - start;
  const own = measure(once);
  const unseen = measure(fresh);
  console.log(
    `compose ${Object.keys(files).length} files, ${overrides.length} overrides: first ${ms(first)}, then ${ms(own)}, with new texts each time ${ms(unseen)}`,
  );

  const given = join(folder, 'given.json');
  writeFileSync(given, JSON.stringify({ files, overrides, runs: RUNS, big }));
  const script = join(dirname(fileURLToPath(import.meta.url)), 'reference.py');
  const found = process.argv[2]
    ? { python: process.argv[2] }
    : pythonWith(['hydra-core==1.3.8', 'omegaconf==2.3.1']);
  const made = 'python' in found ? spawnSync(found.python, [script, given], { encoding: 'utf8' }) : undefined;
  if ('missing' in found) console.log(`  Hydra is left out: ${found.missing}`);
  else if (made?.status === 0) {
    const hydra = JSON.parse(made.stdout) as { compose: number[]; load: number; value: unknown };
    const same = JSON.stringify(hydra.value) === JSON.stringify(plain(value));
    const theirs = middle(hydra.compose) * 1000;
    console.log(`  Hydra: first ${ms(hydra.compose[0]! * 1000)}, then ${ms(theirs)}; same result: ${same}`);
    console.log(
      `  ratio: ${(theirs / own).toFixed(1)} times as fast, ${(theirs / unseen).toFixed(1)} with new texts (first call ${((hydra.compose[0]! * 1000) / first).toFixed(1)})`,
    );
    if (!same) process.exitCode = 1;
    console.log(`  OmegaConf.load of the document below: ${ms(hydra.load * 1000)}`);
  } else
    console.log(
      `  Hydra is left out: ${(made?.stderr || String(made?.error)).trim().split('\n').at(-1)} (${found.python})`,
    );

  const loading = measure(() => load(big), 5);
  const bare = measure(() => parse(big, { uniqueKeys: false }), 5);
  const checked = measure(() => parse(big), 1);
  console.log(
    `load ${big.split('\n').length - 1} lines: ${ms(loading)}; bare parser ${ms(bare)} (with its check for equal keys ${ms(checked)})`,
  );
  console.log(`  ratio: ${(loading / bare).toFixed(2)} of the bare parser`);
} finally {
  rmSync(folder, { recursive: true });
}
