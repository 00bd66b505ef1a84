/**
 * Writes docs/reference: operators, keywords and error codes, from what the packs say of themselves.
 * `npm run docs`; a test fails when the committed pages are not what this would write.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { dataPlugin } from '@fasthep/data';
import {
  CODES,
  corePlugin,
  createRegistry,
  type Explanation,
  type Json,
  type JsonObject,
  type Operator,
} from '@fasthep/flow';
import { hepPlugin } from '@fasthep/hep';
import { renderPlugin } from '@fasthep/render';

const registry = createRegistry([corePlugin, dataPlugin, hepPlugin, renderPlugin]);

const typeOf = (schema: JsonObject): string => {
  if (Array.isArray(schema.enum)) return schema.enum.map((one) => `\`${String(one)}\``).join(', ');
  if (Array.isArray(schema.type)) return schema.type.join(' or ');
  return typeof schema.type === 'string' ? schema.type : '';
};
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const yaml = (text: string) => `\`\`\`yaml\n${text.trimEnd()}\n\`\`\``;

function parametersOf({ parameters, main, map }: Operator): string {
  if (map)
    return `A map of your own names. Each value: ${String(parameters.description ?? typeOf(parameters))}`;
  const properties = (parameters.properties ?? {}) as Record<string, JsonObject>;
  const needed = (parameters.required ?? []) as Json[];
  const rows = Object.entries(properties).map(([name, one]) => {
    const shown = name === main ? `**\`${name}\`**` : `\`${name}\``;
    const fallback = needed.includes(name)
      ? 'needed'
      : one.default === undefined
        ? ''
        : `\`${JSON.stringify(one.default)}\``;
    return `| ${shown} | ${cell(typeOf(one))} | ${cell(fallback)} | ${cell(String(one.description ?? ''))} |`;
  });
  return rows.length === 0
    ? ''
    : ['| argument | type | default | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function operatorPage(pack: string, operator: Operator): string {
  const ports = (given: Record<string, { type: string | string[] }>) =>
    Object.entries(given)
      .map(([port, { type }]) => `\`${port}\` (${[type].flat().join(' or ')})`)
      .join(', ') || 'nothing';
  const gives =
    typeof operator.outputs === 'function' ? 'ports that follow from its arguments' : ports(operator.outputs);
  return [
    `## ${operator.name}`,
    operator.doc,
    `Pack \`${pack}\`. Reads ${ports(operator.inputs)}; gives ${gives}.`,
    parametersOf(operator),
    ...(operator.examples ?? []).map((example) => yaml(example)),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function codePage([code, { title, text, wrong, right }]: [string, Explanation]): string {
  const parts = [`## ${code}`, `*${title}*`, text];
  if (wrong) parts.push(`Wrong:\n\n${yaml(wrong)}`);
  if (right) parts.push(`${wrong ? 'Right' : 'Example'}:\n\n${yaml(right)}`);
  return parts.join('\n\n');
}

/** Page → text, as it is written below docs/reference. */
export function referencePages(): Record<string, string> {
  const operators = registry.all('operators').map(({ pack, item }) => operatorPage(pack, item));
  const keywords = registry.all('extensions').map(({ item }) => {
    const examples = Array.isArray(item.schema.examples) ? item.schema.examples : [];
    const shown = examples.map((one) => yaml(`${item.keyword}: ${JSON.stringify(one)}`));
    const where = item.at === 'task' ? 'A keyword of tasks.' : 'A key at the top of a workflow.';
    return [`## ${item.keyword}`, item.doc, where, ...shown].join('\n\n');
  });
  const codes = Object.entries({
    ...CODES,
    ...Object.assign({}, ...registry.plugins.map(({ explanations }) => explanations)),
  } as Record<string, Explanation>).map(codePage);
  const page = (title: string, lead: string, parts: string[]) =>
    `${[`# ${title}`, lead, ...parts].join('\n\n')}\n`;
  return {
    'operators.md': page(
      'Operators',
      'What a task can do. The bold argument is the one that a bare text or list stands for.',
      operators,
    ),
    'keywords.md': page('Keywords', 'What a task, or a workflow, can say besides its operators.', keywords),
    'errors.md': page(
      'Error codes',
      'Every message has a code; `fasthep-flow explain CODE` prints its page.',
      codes,
    ),
  };
}

if (process.argv[1] && resolve(process.argv[1]) === resolve(import.meta.filename)) {
  mkdirSync('docs/reference', { recursive: true });
  for (const [name, text] of Object.entries(referencePages())) writeFileSync(`docs/reference/${name}`, text);
}
