/** Runs the unit tests and the dimuon workflow on the other supported Node versions, which npm hosts as packages. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const own = process.versions.node.split('.')[0];
let failed = 0;
for (const version of ['20', '22', '24'].filter((one) => one !== own)) {
  const folder = mkdtempSync(join(tmpdir(), 'flow-node-'));
  const node = ['exec', '--yes', `--package=node@${version}`, '--', 'node'];
  const steps = [
    ['--version'],
    ['node_modules/vitest/vitest.mjs', 'run', '--reporter=dot'],
    [
      'packages/cli/dist/bin.js',
      'run',
      'examples/dimuon/flow.yaml',
      `run.out=${folder}/run`,
      `run.store=file:${folder}/store`,
    ],
  ];
  for (const step of steps) {
    const result = spawnSync('npm', [...node, ...step], { stdio: 'inherit' });
    if (result.status !== 0) {
      console.error(`Node ${version}: ${step.join(' ')} ended with ${result.status}`);
      failed++;
      break;
    }
  }
  rmSync(folder, { recursive: true, force: true });
}
console.log(failed === 0 ? 'every supported Node version passed' : `${failed} Node versions failed`);
process.exitCode = failed === 0 ? 0 : 1;
