/** The main job on real data: from one YAML file to a cutflow, plots and a report. */
import { spawnSync } from 'node:child_process';

const bin = 'packages/cli/dist/bundle/bin.js';
for (const words of [
  ['run', 'examples/dimuon/flow.yaml'],
  ['run', 'examples/exoplanets/flow.yaml'],
]) {
  console.log(`\n$ fasthep-flow ${words.join(' ')}`);
  const result = spawnSync(process.execPath, [bin, ...words], { stdio: 'inherit' });
  if (result.status !== 0) process.exit(result.status ?? 1);
}
