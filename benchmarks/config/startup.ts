/**
 * What importing the package costs beyond the YAML parser, each in a process of its own (on the built package).
 *
 *   npm run build && npx tsx benchmarks/config/startup.ts
 */
import { spawnSync } from 'node:child_process';

const cost = (name: string): number => {
  const times = Array.from({ length: 9 }, () => {
    const code = `const start = performance.now(); await import('${name}'); console.log(performance.now() - start);`;
    return Number(
      spawnSync(process.execPath, ['--input-type=module', '-e', code], {
        encoding: 'utf8',
        cwd: import.meta.dirname,
      }).stdout,
    );
  });
  return times.sort((a, b) => a - b)[4]!;
};
const bare = cost('yaml');
const own = cost('@fasthep/config');
console.log(
  `import: yaml ${bare.toFixed(1)} ms, @fasthep/config ${own.toFixed(1)} ms, difference ${(own - bare).toFixed(1)} ms`,
);
