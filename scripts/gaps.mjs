/**
 * Counts the known gaps: vectors with the answers of the real libraries that we fail or leave out. The counts in
 * tests/gaps.json may only fall: more is an error, fewer asks for the lower number to be written down.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const known = JSON.parse(readFileSync('tests/gaps.json', 'utf8'));
let worse = 0;
let total = 0;
for (const [suite, { folder, gaps }] of Object.entries(known)) {
  if (!existsSync(folder)) {
    console.error(`gaps: ${folder} is missing`);
    worse++;
    continue;
  }
  const result = spawnSync(
    process.execPath,
    ['node_modules/tsx/dist/cli.mjs', '--conditions=source', 'conformance/run.ts', suite, folder],
    { encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  const match = /(\d+) passed, (\d+) failed(?:, (\d+) skipped)?\s*$/.exec(result.stdout);
  if (!match) {
    console.error(`gaps: ${suite} did not finish\n${result.stderr}`);
    worse++;
    continue;
  }
  const now = Number(match[2]) + Number(match[3] ?? 0);
  total += now;
  console.log(`  ${suite.padEnd(12)} ${match[0].trim()}`);
  if (now > gaps) {
    console.error(`gaps: ${suite} has ${now}, at most ${gaps} are known; new ones:\n${result.stdout}`);
    worse++;
  } else if (now < gaps) {
    console.error(`gaps: ${suite} has only ${now}: write that into tests/gaps.json in place of ${gaps}`);
    worse++;
  }
}
console.log(`known gaps: ${total}`);
process.exitCode = worse > 0 ? 1 : 0;
