/**
 * Workflows with one mistake each: whether the first problem stands in the right line and says how to mend it. Two are
 * no mistakes to us.
 */
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { FlowErrors } from '@fasthep/flow';
import type { Outcome } from '../../types.ts';
import { composeAll, run } from './run.ts';

interface Mistake {
  /** What stands in the line that the problem points at. */
  line: RegExp;
  /** What its message or help says. */
  says: RegExp;
}

/** By what the file is called after its number. */
const MISTAKES: Record<string, Mistake | 'runs'> = {
  'branch-typo': { line: /Moun_Px/, says: /Muon_Px/ },
  'op-typo': { line: /op: hep\.defin$/, says: /hep\.define/ },
  'missing-file': { line: /inputs\/nope\.root/, says: /nope\.root|no file/ },
  'wrong-tree': { line: /tree: event$/, says: /'events'/ },
  'expr-syntax': { line: /NIsolatedMuon >= /, says: /end|expected|operand|value/i },
  'unknown-top-key': { line: /^analisys:/, says: /analysis/ },
  'unknown-param': { line: /wieght_expr/, says: /weight_expr/ },
  'cycle-needs': {
    line: /needs|SelectDimuonEvents|MuonObjectFlags/,
    says: /circle|cycle|round|itself|wait/i,
  },
  'duplicate-stage-id': { line: /id: MuonObjectFlags/, says: /MuonObjectFlags/ },
  'jagged-cut': { line: /Muon_Pt > 25/, says: /any\(/ },
  'bad-profile': { line: /hepp/, says: /'hep'|'hep_debug'/ },
  'yaml-tab': { line: /\t/, says: /tab|space/i },
  'bins-missing-high': { line: /bins:|low: 0|nbins: 5/, says: /high/ },
  'variable-edges': 'runs',
  'needs-unknown': { line: /Nope/, says: /MuonObjectFlags|SelectDimuonEvents|did you mean/ },
  'stage-no-op': { line: /id: MuonObjectFlags/, says: /\bop\b/ },
  'empty-file-in-chain': 'runs',
  'chain-different-tree-names': { line: /tree: events|mt10/, says: /tree/ },
  'double-ampersand': 'runs',
  'chained-comparison': 'runs',
  'python-escape': { line: /__class__/, says: /expected|unexpected|cannot|only/i },
};

async function judge(file: string, root: string, mistake: Mistake | 'runs'): Promise<string | undefined> {
  try {
    await run(composeAll([file]), root);
    return mistake === 'runs' ? undefined : 'it ran';
  } catch (error) {
    if (mistake === 'runs') return error instanceof Error ? error.message : String(error);
    if (!(error instanceof FlowErrors)) return `told while it ran: ${String(error)}`;
    const [first] = error.problems.filter((one) => one.severity !== 'warning');
    const { origin, message, help = '' } = first!;
    const line = (error.sources[origin?.file ?? ''] ?? '').split('\n')[(origin?.line ?? 0) - 1] ?? '';
    if (!mistake.line.test(line)) return `place: ${origin?.line}:${origin?.column} '${line}' (${message})`;
    return mistake.says.test(`${message}\n${help}`) ? undefined : `fix: ${message} (${help})`;
  }
}

/** The workflows beside a file of results. */
export async function* errorOutcomes(path: string): AsyncIterable<Outcome> {
  const folder = dirname(path);
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.yaml'))) {
    const id = basename(name, '.yaml');
    const mistake = MISTAKES[id.replace(/^[a-z]\d+-/, '')];
    if (!mistake) yield { id, status: 'skipped', reason: 'what it should say is not known to this runner' };
    else {
      const wrong = await judge(join(folder, name), dirname(folder), mistake);
      yield wrong === undefined ? { id, status: 'passed' } : { id, status: 'failed', reason: wrong };
    }
  }
}
