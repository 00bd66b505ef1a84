import { names, parse } from '@fasthep/expression';
import { type Arguments, type JsonObject, sourced } from '@fasthep/flow';
import { isMap } from '../shared/maps.ts';
import type { Context, Stage } from './context.ts';

/** A variation that waits for the stage that makes what it uses. */
export interface Variation {
  name: string;
  at: string;
  uses: string[];
  add(context: Context): void;
}

const words = (text: string): string[] => {
  try {
    return names(parse(text)).map(({ parts }) => parts[0]!);
  } catch {
    return [];
  }
};

/** `systematics.variations`: weights as factors with directions, replaced fields as `vary`, datasets in the catalogue. */
export function variationsOf(context: Context, systematics: JsonObject): Variation[] {
  const { build } = context;
  build.keys(systematics, '/systematics', ['include_nominal', 'variations'], "'systematics'");
  const list = Array.isArray(systematics.variations) ? systematics.variations.filter(isMap) : [];
  const made: Variation[] = [];
  const groups = new Map<string, { [direction: string]: Arguments }>();
  list.forEach((variation, index) => {
    const at = `/systematics/variations/${index}`;
    const name = String(variation.name);
    const group = String(variation.group ?? name);
    const direction = String(variation.direction ?? name);
    const control = condition(variation.applies_to as JsonObject | string | undefined);
    const weight = isMap(variation.weight) ? variation.weight.multiply : undefined;
    if (weight !== undefined) {
      const known = groups.get(group);
      const value = sourced(String(weight), `${at}/weight/multiply`);
      if (known) known[direction] = value;
      else {
        const directions: { [direction: string]: Arguments } = { nominal: '1', [direction]: value };
        groups.set(group, directions);
        const uses = list
          .filter((one) => String(one.group ?? one.name) === group)
          .flatMap((one) => (isMap(one.weight) ? words(String(one.weight.multiply)) : []));
        made.push({
          name: group,
          at,
          uses,
          add: ({ build: into, rows }) =>
            into.task({
              name: group,
              operator: 'weight',
              args: { [group]: directions },
              needs: [rows],
              control,
              at,
            }),
        });
      }
    }
    if (isMap(variation.replace)) {
      const args = Object.fromEntries(
        Object.entries(variation.replace).map(([field, other]) => [
          field,
          { [direction]: sourced(String(other), `${at}/replace/${field}`) },
        ]),
      );
      const uses = Object.entries(variation.replace).flatMap(([field, other]) => [
        field,
        ...words(String(other)),
      ]);
      made.push({
        name,
        at,
        uses,
        add: ({ build: into, rows }) =>
          into.task({ name: group, operator: 'vary', args, needs: [rows], control, at }),
      });
    }
    if (isMap(variation.datasets))
      build.lost(
        `variation '${name}' replaces datasets: say 'variation' and 'replaces' in the catalogue`,
        at,
      );
  });
  return made;
}

function condition(applies: JsonObject | string | undefined): JsonObject {
  if (typeof applies === 'string' && applies !== 'all') return { when: `dataset.kind == '${applies}'` };
  if (!isMap(applies)) return {};
  return whenOf(applies);
}

/** `applies_to` as a condition. */
export function whenOf(applies: JsonObject): { when?: string } {
  const parts: string[] = [];
  if (typeof applies.eventtype === 'string') parts.push(`dataset.kind == '${applies.eventtype}'`);
  if (Array.isArray(applies.datasets))
    parts.push(`dataset.name in [${applies.datasets.map((name) => `'${String(name)}'`).join(', ')}]`);
  return parts.length > 0 ? { when: parts.join(' and ') } : {};
}

/** Names that a stage makes. */
export function makes(stage: Stage): string[] {
  const { variables } = stage.params;
  return [
    stage.id,
    ...(Array.isArray(variables) ? variables.flatMap((one) => (isMap(one) ? [String(one.name)] : [])) : []),
  ];
}
