/**
 * One file per entry point of each package, with shared chunks: hundreds of small modules cost a short job more
 * than its work. Packages stay apart (other packages are imported by name), so each can be installed alone.
 *
 * Entries are what package.json exports under `source`: src/a/b.ts becomes dist/bundle/a/b.js.
 * A file that finds another by `import.meta.url` must do so through an exported entry.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

await Promise.all(
  readdirSync('packages')
    .filter((name) => name !== 'cli')
    .map(async (name) => {
      const folder = `packages/${name}`;
      const manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
      const sources = Object.values(manifest.exports ?? {}).map((entry) => entry.source);
      rmSync(`${folder}/dist/bundle`, { recursive: true, force: true });
      await build({
        entryPoints: sources.filter(Boolean).map((path) => `${folder}/${path.replace(/^\.\//, '')}`),
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

/**
 * The command is one program: everything that it starts with in one file, the rest in chunks that are loaded
 * when they are used. Packs of the user are imported as they are.
 */
rmSync('packages/cli/dist/bundle', { recursive: true, force: true });
await build({
  entryPoints: ['bin', 'index', 'worker'].map((name) => `packages/cli/src/${name}.ts`),
  outdir: 'packages/cli/dist/bundle',
  outbase: 'packages/cli/src',
  bundle: true,
  splitting: true,
  minify: true,
  format: 'esm',
  platform: 'neutral',
  mainFields: ['module', 'main'],
  conditions: ['source'],
  // What Node brings, and what is loaded only where it is installed.
  external: ['node:*', 'fs', '@resvg/resvg-js'],
  target: 'es2022',
  sourcemap: true,
  logLevel: 'warning',
});
