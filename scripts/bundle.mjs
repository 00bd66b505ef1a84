/**
 * One file per entry point of each package, with shared chunks: hundreds of small modules cost a short job more
 * than its work. Packages stay apart (other packages are imported by name), so each can be installed alone.
 *
 * Entries are what package.json exports under `source`, and `bin`: src/a/b.ts becomes dist/bundle/a/b.js.
 * A file that finds another by `import.meta.url` must do so through an exported entry.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

await Promise.all(
  readdirSync('packages').map(async (name) => {
    const folder = `packages/${name}`;
    const manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    const sources = Object.values(manifest.exports ?? {}).map((entry) => entry.source);
    const bins = Object.values(manifest.bin ?? {}).map((path) =>
      path.replace('dist/bundle', 'src').replace(/\.js$/, '.ts'),
    );
    rmSync(`${folder}/dist/bundle`, { recursive: true, force: true });
    await build({
      entryPoints: [...sources, ...bins]
        .filter(Boolean)
        .map((path) => `${folder}/${path.replace(/^\.\//, '')}`),
      outdir: `${folder}/dist/bundle`,
      outbase: `${folder}/src`,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'neutral',
      mainFields: ['module', 'main'],
      packages: 'external',
      target: 'es2022',
      sourcemap: true,
      logLevel: 'warning',
    });
  }),
);
