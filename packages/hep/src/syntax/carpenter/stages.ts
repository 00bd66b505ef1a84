import { type Arguments, type Builder, type Json, sourced } from '@fasthep/flow';
import { isMap } from '../shared/maps.ts';
import { reduction } from './expressions.ts';
import type { Stage } from './imports.ts';
import { condition } from './selection.ts';

/** `Define`: new variables, in a list of one-key maps. */
export function defineStage(build: Builder, stage: Stage): void {
  const { settings, settingsAt } = stage;
  const variables = isMap(settings) ? settings.variables : undefined;
  if (isMap(settings)) build.keys(settings, settingsAt, ['variables'], `stage '${stage.name}'`);
  if (!Array.isArray(variables)) {
    build.wrong(`stage '${stage.name}' needs 'variables', a list of {name: expression}`, settingsAt);
    return;
  }
  const args: { [name: string]: Arguments } = {};
  variables.forEach((item, index) => {
    for (const [name, value] of Object.entries(isMap(item) ? item : {})) {
      const at = `${settingsAt}/variables/${index}/${name}`;
      args[name] = isMap(value) ? reduction(build, value, at) : sourced(value, at);
    }
  });
  build.task({ name: stage.name, operator: 'define', args, at: stage.at });
}

/** `SelectPhaseSpace`: a mask instead of a selection. */
export function phaseSpaceStage(build: Builder, stage: Stage): void {
  const settings = isMap(stage.settings) ? stage.settings : {};
  const region = settings.region_name;
  if (typeof region !== 'string' || settings.selection === undefined) {
    build.wrong(`stage '${stage.name}' needs 'region_name' and 'selection'`, stage.settingsAt);
    return;
  }
  const text = asExpression(build, settings.selection, `${stage.settingsAt}/selection`);
  build.task({
    name: stage.name,
    operator: 'define',
    args: { [region]: sourced(text, `${stage.settingsAt}/selection`, [[0, 0]]) },
    at: stage.at,
  });
}

/** A selection as one expression. A missing value is not selected. */
function asExpression(build: Builder, value: Json, at: string): string {
  for (const [word, joint] of [
    ['All', ' and '],
    ['Any', ' or '],
  ] as const)
    if (isMap(value) && Array.isArray(value[word]))
      return `(${value[word].map((one, index) => asExpression(build, one, `${at}/${word}/${index}`)).join(joint)})`;
  const one = condition(build, value, at);
  const text = String((one as { value?: unknown }).value ?? one);
  return isMap(value) && /^-?\d+$/.test(String(value.reduce)) ? `fill_none(${text}, False)` : `(${text})`;
}

/** `SystematicWeights`: products of weights, nominal and with one of them varied, as variables. */
export function systematicWeightsStage(build: Builder, stage: Stage): void {
  const settings = isMap(stage.settings) ? stage.settings : {};
  build.keys(
    settings,
    stage.settingsAt,
    ['weights', 'out_format', 'extra_variations'],
    `stage '${stage.name}'`,
  );
  const weights = isMap(settings.weights) ? settings.weights : {};
  const format = typeof settings.out_format === 'string' ? settings.out_format : 'weight_{}';
  const nominal = (value: Json): string => `(${isMap(value) ? String(value.nominal ?? 1) : String(value)})`;
  const names = Object.keys(weights);
  const args: { [name: string]: Arguments } = {};
  const at = `${stage.settingsAt}/weights`;
  const add = (variation: string, factors: string[], place: string) => {
    args[format.replace('{}', variation)] = sourced(factors.join(' * ') || '1', place, [[0, 0]]);
  };
  add(
    'nominal',
    names.map((name) => nominal(weights[name]!)),
    at,
  );
  for (const direction of ['up', 'down', ...[settings.extra_variations ?? []].flat().map(String)])
    for (const name of names) {
      const value = weights[name]!;
      if (!isMap(value) || value[direction] === undefined) continue;
      const others = names.filter((other) => other !== name).map((other) => nominal(weights[other]!));
      add(`${name}_${direction}`, [`(${String(value[direction])})`, ...others], `${at}/${name}/${direction}`);
    }
  build.task({ name: stage.name, operator: 'define', args, at: stage.at });
}

/** The tutorial's stage for the mass of a pair of objects: any class whose name ends so, with its settings. */
export function pairMassStage(build: Builder, stage: Stage): void {
  const settings = isMap(stage.settings) ? stage.settings : {};
  build.keys(settings, stage.settingsAt, ['collection', 'mask', 'out_var'], `stage '${stage.name}'`);
  const collection = String(settings.collection ?? 'Muon');
  const out = String(settings.out_var ?? `Di${collection}_Mass`);
  const objects = typeof settings.mask === 'string' ? `${collection}[${settings.mask}]` : collection;
  build.task({
    name: stage.name,
    operator: 'define',
    args: { [out]: sourced(`mass(${objects}[0] + ${objects}[1])`, stage.settingsAt, [[0, 0]]) },
    at: stage.at,
  });
}
