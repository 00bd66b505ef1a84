import type { Exporter, Family, JsonObject, Plan } from '@fasthep/flow';
import { resourcesOf } from '../drive/resources.ts';
import { identifiers } from '../python/identifiers.ts';
import { pythonText } from '../python/text.ts';
import { befores } from '../round/lines.ts';
import type { TaskLine } from '../round/types.ts';
import { exportOptions, roundFiles } from './round-files.ts';
import { megabytes, noPlan, shellWord } from './text.ts';

/** Plan → Snakefile: one rule for each family of tasks. */
export const snakemakeExporter: Exporter = {
  name: 'snakemake',
  doc: 'A Snakefile with one rule for each family of tasks; results lie in the store of the folder.',
  write(_, plan, options) {
    if (!plan) return noPlan('snakemake');
    const read = exportOptions(options);
    const { files, lines } = roundFiles(plan, read);
    return { files: { Snakefile: snakefile(plan, lines, read.command, read.image), ...files }, problems: [] };
  },
};

/** The text of a Snakefile. Marks in `done/` stand for outcomes; results lie in the store. */
export function snakefile(plan: Plan, lines: readonly TaskLine[], command: string[], image?: string): string {
  const rules = identifiers(plan.families.map(({ id }) => id));
  const marks = new Map<string, string>();
  for (const family of plan.families) {
    const folder = rules.get(family.id)!;
    for (let index = 0; index < family.size; index++) {
      marks.set(family.size === 1 ? family.id : `${family.id}[${index}]`, `done/${folder}/${index}`);
    }
  }
  const waits = new Map(lines.map((line) => [line.task, befores(line)]));
  const needed = new Set([...waits.values()].flat());
  const ends = [...marks].filter(([task]) => !needed.has(task)).map(([, mark]) => mark);
  const list = (texts: string[]) => texts.map((text) => `        ${pythonText(text)},\n`).join('');
  const text = plan.families.map((family) => ruleOf(family, rules.get(family.id)!));
  return `# The workflow ${plan.name}, for Snakemake: snakemake --cores 4 (add --keep-going to go on after failures).
# Files in done/ say that a task had its turn; results lie in store/. Attempts and timeouts are up to the tasks.
# Afterwards 'fasthep-flow run FILE ++run.store=store' finds all results there, and publishes them.
${image ? `\ncontainer: ${pythonText(`docker://${image}`)}\n` : ''}

rule all:
    input:
${list(ends)}

${text.join('\n\n\n')}
`;

  function ruleOf(family: Family, rule: string): string {
    const names = Array.from({ length: family.size }, (_, i) =>
      family.size === 1 ? family.id : `${family.id}[${i}]`,
    );
    const before = names.map((name) => (waits.get(name) ?? []).map((one) => marks.get(one)!));
    const waiting = before.some((one) => one.length > 0);
    const task =
      family.size === 1 ? pythonText(family.id) : `lambda w: ${pythonText(`${family.id}[`)} + w.i + "]"`;
    const table = `BEFORE_${rule.toUpperCase()}`;
    const head =
      waiting && family.size > 1
        ? `${table} = [\n${before.map((one) => `    ${JSON.stringify(one)},\n`).join('')}]\n\n\n`
        : '';
    const input = !waiting
      ? ''
      : family.size > 1
        ? `    input:\n        lambda w: ${table}[int(w.i)],\n`
        : `    input:\n${list(before[0]!)}`;
    const output = `done/${rule}/${family.size === 1 ? '0' : '{i}'}`;
    return `${head}rule ${rule}:
${input}    output:
        touch(${pythonText(output)}),
    params:
        task=${task},
${needs(resourcesOf(plan, names[0]!))}    shell:
        ${pythonText(`${command.map(shellWord).join(' ')} worker . --task {params.task:q}`)}`;
  }
}

function needs({ cpus, memory }: JsonObject): string {
  const threads = typeof cpus === 'number' ? `    threads: ${Math.ceil(cpus)}\n` : '';
  const size = typeof memory === 'string' ? `    resources:\n        mem_mb=${megabytes(memory)},\n` : '';
  return threads + size;
}
