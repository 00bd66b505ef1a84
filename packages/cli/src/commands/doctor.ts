/** `doctor [BACKEND]`: a small workflow on this machine and on the back end, whose results must be the same. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRegistry, FlowError, suggest } from '@fasthep/flow';
import { program } from '../plugins/program.ts';
import { shippedPlugins } from '../plugins/shipped.ts';
import { type CliContext, EXIT, print, printJson } from '../terminal/context.ts';
import type { CommonFlags } from '../workflow/lazy.ts';

const FILES = 6;
const ROWS = 500;

const WORKFLOW = `tasks:
  rows: {read: 'data/*.csv'}
  chosen: {needs: [rows], filter: x > 3}
  values: {needs: [chosen], hist: {x: {field: x, bins: [20, 0, 10]}}}
  counts: {needs: [rows], hist: {x: {field: n, bins: [5, 0, 5]}}}
`;

interface Check {
  what: string;
  fine: boolean;
  milliseconds?: number;
  detail?: string;
}

/** Runs the checks. */
export default async function doctor(this: CliContext, flags: CommonFlags, name = 'local'): Promise<void> {
  const { engineStatus } = await import('@fasthep/engines/status');
  const registry = createRegistry((await shippedPlugins()).map(({ plugin }) => plugin));
  const names = ['local', ...registry.all('backends').map(({ item }) => item.name)];
  if (!names.includes(name))
    throw new FlowError('FLOW-R009', `there is no back end '${name}'`, suggest(name, names, 'there are'));
  const status = await engineStatus(name);
  if (!status.usable)
    throw new FlowError('FLOW-R030', status.reason ?? `${name} cannot be used`, status.help);
  // Below the current folder: engines on other machines see that more likely than /tmp.
  mkdirSync(join(this.process.cwd(), '.fasthep'), { recursive: true });
  const folder = mkdtempSync(join(this.process.cwd(), '.fasthep', 'doctor-'));
  const checks: Check[] = [{ what: `${name} is there`, fine: true, detail: status.found }];
  try {
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'flow.yaml'), WORKFLOW);
    for (let file = 0; file < FILES; file++) {
      const rows = Array.from({ length: ROWS }, (_, i) => `${((i * 37 + file * 11) % 1000) / 100},${i % 5}`);
      writeFileSync(join(folder, 'data', `${file}.csv`), `x,n\n${rows.join('\n')}\n`);
    }
    const run = async (what: string, backend: string, store: string) => {
      const begin = Date.now();
      const words = ['run', 'flow.yaml', '--quiet', '--no-report'];
      const at = [`++run.backend=${backend}`, `++run.store=${store}`, `++run.out=runs/${store}`];
      const done = await call([...program(), ...words, ...at], folder);
      const fine = done.code === 0;
      const detail = fine ? undefined : done.stderr.trim().split('\n').slice(0, 4).join('\n');
      checks.push({ what, fine, milliseconds: Date.now() - begin, detail });
      return fine;
    };
    const both =
      (await run('a workflow on this machine', 'local', 'here')) &&
      (await run(`the same on ${name}`, name, 'there'));
    if (both) {
      const [here, there] = ['here', 'there'].map((one) => products(join(folder, 'runs', one)));
      const differ = Object.keys({ ...here, ...there }).filter((file) => here![file] !== there![file]);
      checks.push({
        what: 'the same bytes',
        fine: differ.length === 0 && Object.keys(here!).length > 0,
        detail: differ.length > 0 ? `others in ${differ.join(', ')}` : `${Object.keys(here!).length} files`,
      });
      const again = await run('once more, with nothing left to do', name, 'there');
      if (again) checks.at(-1)!.detail = undefined;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (flags.json) printJson(this, checks);
  else {
    for (const { what, fine, milliseconds, detail } of checks) {
      const time = milliseconds === undefined ? '' : ` (${(milliseconds / 1000).toFixed(1)} s)`;
      print(this, `${fine ? 'ok  ' : 'FAIL'} ${what}${time}${detail ? `: ${detail}` : ''}`);
    }
  }
  if (checks.some(({ fine }) => !fine)) this.process.exitCode = EXIT.failed;
}

function call(words: string[], cwd: string): Promise<{ code: number; stderr: string }> {
  return new Promise((resolve) => {
    execFile(words[0]!, words.slice(1), { cwd, maxBuffer: 2 ** 26 }, (error, _, stderr) =>
      resolve({ code: error ? Number(error.code) || EXIT.failed : EXIT.ok, stderr }),
    );
  });
}

/** Published files of a run by name, as text to compare. */
function products(run: string): Record<string, string> {
  const found: Record<string, string> = {};
  const walk = (folder: string, prefix: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const name = `${prefix}${entry.name}`;
      if (entry.isDirectory()) walk(join(folder, entry.name), `${name}/`);
      else found[name] = readFileSync(join(folder, entry.name), 'base64');
    }
  };
  walk(join(run, 'products'), '');
  return found;
}
