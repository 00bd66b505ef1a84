/**
 * Composing and loading beside Hydra and the bare YAML parser.
 *
 *   npx tsx --conditions=source benchmarks/config/compose.ts [PYTHON]
 *
 * PYTHON is an interpreter that has hydra-core 1.3 (default `python3`); without one that part is left out.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compose, folderSource, load, memoryFiles, resolveContext, toContainer } from '@fasthep/config';
import { nodeFiles } from '@fasthep/config/node';
import { parse } from 'yaml';
import { bigDocument, tree } from './inputs.ts';

const RUNS = 15;
const middle = (times: number[]) => [...times].sort((a, b) => a - b)[times.length >> 1]!;
const measure = (run: () => unknown, runs = RUNS): number => {
  const times: number[] = [];
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

  const python = process.argv[2] ?? 'python3';
  const script = join(dirname(fileURLToPath(import.meta.url)), 'reference.py');
  const given = join(folder, 'given.json');
  writeFileSync(given, JSON.stringify({ files, overrides, runs: RUNS, big }));
  const made = spawnSync(python, [script, given], { encoding: 'utf8' });
  if (made.status === 0) {
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
    console.log(`  no Hydra in ${python}: ${(made.stderr || String(made.error)).trim().split('\n').at(-1)}`);

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
