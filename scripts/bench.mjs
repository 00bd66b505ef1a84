/** `npm run bench -- NAME`: runs the comparison benchmarks/NAME (a folder with main.ts, or NAME.ts) and prints ratios. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const [name, ...words] = process.argv.slice(2);
const candidates = name ? [`benchmarks/${name}/main.ts`, `benchmarks/${name}.ts`] : [];
const script = candidates.find((path) => existsSync(path));
if (!script) {
  const names = existsSync('benchmarks')
    ? readdirSync('benchmarks', { recursive: true })
        .map(String)
        .filter((path) => path.endsWith('main.ts'))
        .map((path) => path.slice(0, -'/main.ts'.length))
    : [];
  console.error(
    `bench: ${name ? `no benchmark '${name}'` : 'no benchmark named'}; there are: ${names.join(', ')}`,
  );
  process.exit(2);
}
const result = spawnSync(
  process.execPath,
  [join('node_modules', 'tsx', 'dist', 'cli.mjs'), '--conditions=source', script, ...words],
  {
    stdio: 'inherit',
  },
);
process.exitCode = result.status ?? 1;
