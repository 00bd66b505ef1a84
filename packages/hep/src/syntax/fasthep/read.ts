import type { FileFormat } from '@fasthep/columns';
import { nearest } from '@fasthep/expression';
import type { Config } from '@fasthep/flow';
import {
  type Definition,
  type Json,
  type JsonObject,
  type Problem,
  type Registry,
  startDefinition,
} from '@fasthep/flow';
import { isMap } from '../shared/maps.ts';
import { ownKeys, readSettings } from '../shared/settings.ts';
import type { Context, Stage } from './context.ts';
import { renderStage, writeStage } from './outputs.ts';
import { readFields, readSources } from './sources.ts';
import { OPERATIONS } from './stages.ts';
import { makes, type Variation, variationsOf, whenOf } from './systematics.ts';

const TOP = [
  'version',
  'include',
  'use',
  'data',
  'datasets',
  'sources',
  'joins',
  'primary_stream',
  'fields',
  'styles',
  'outputs',
  'observers',
  'reports',
  'analysis',
  'execution',
  'execution_hooks',
  'registry',
  'systematics',
];
/** Sections about how the Python packages run. */
const PASSED: Record<string, string> = {
  observers: 'observers (schema snapshots) are not made: `fasthep-flow graph` shows the fields',
  execution: 'execution is said by `run`',
  execution_hooks: 'hooks of the Python packages are not run',
  registry: 'Python plug-ins are not loaded',
  reports: 'every run has a report',
  outputs: 'outputs lie in the run directory',
};
const STAGE = ['id', 'op', 'params', 'from', 'needs', 'applies_to', 'execution', 'render', 'write'];

/** The workflow of the FAST-HEP packages of 2026 as a definition. */
export function readFasthep(
  config: Config,
  registry: Registry,
): { definition: Definition; problems: Problem[] } {
  const build = startDefinition(config);
  const top = config.value as JsonObject;
  build.keys(top, '', [...TOP, ...ownKeys(top)], 'the workflow');
  readSettings(build, top);
  for (const [key, message] of Object.entries(PASSED))
    if (top[key] !== undefined) build.lost(message, `/${key}`);
  const given = isMap(top.analysis) ? top.analysis.stages : undefined;
  if (isMap(top.analysis)) build.keys(top.analysis, '/analysis', ['stages'], "'analysis'");
  const list = Array.isArray(given) ? given : [];
  const context: Context = {
    build,
    rows: 'events',
    rowsOf: new Map(),
    oneWeight: sameWeight(list),
    styles: isMap(top.styles) ? top.styles : {},
    canWrite: (format) =>
      registry
        .all('formats')
        .some(({ item }) => (item as FileFormat).name === format && 'encode' in (item as FileFormat)),
  };
  checkProfiles(context, top.use);
  readSources(context, top);
  readFields(context, top.fields);
  const variations = isMap(top.systematics) ? variationsOf(context, top.systematics) : [];
  const ids = list.map((one) => (isMap(one) ? String(one.id) : ''));
  addVariations(context, variations, ids, list);
  list.forEach((one, index) => {
    const stage = stageOf(context, one, `/analysis/stages/${index}`, ids);
    if (!stage) return;
    OPERATIONS[stage.op]!(context, stage);
    const { render, write } = one as JsonObject;
    renderStage(context, stage, render);
    writeStage(context, stage, write);
    addVariations(context, variations, ids, list.slice(index + 1));
  });
  return { definition: build.definition, problems: build.problems };
}

/** Profiles that come with the Python packages; they choose what is registered, which is nothing to us. */
const PROFILES = ['registry', 'basic', 'hep', 'hep_debug'];

function checkProfiles(context: Context, use: Json | undefined): void {
  const profiles = isMap(use) && Array.isArray(use.profiles) ? use.profiles : [];
  profiles.forEach((profile, index) => {
    const name = String(profile);
    if (PROFILES.includes(name) || /[:/]/.test(name)) return;
    const near = nearest(name, PROFILES)[0];
    const at = `/use/profiles/${index}`;
    if (near) context.build.wrong(`there is no profile '${name}'`, at, `did you mean '${near}'?`);
    else context.build.lost(`the profile '${name}' is not read`, at);
  });
}

/** Whether all cutflows have one weight, so that it can be attached once. */
function sameWeight(list: readonly Json[]): boolean {
  const weights = list.flatMap((one) =>
    isMap(one) && one.op === 'hep.selection.cutflow'
      ? [String(isMap(one.params) ? (one.params.weight_expr ?? '') : '')]
      : [],
  );
  return new Set(weights).size <= 1;
}

/** Variations stand as soon as no later stage makes what they use. */
function addVariations(
  context: Context,
  variations: Variation[],
  _ids: readonly string[],
  later: readonly Json[],
): void {
  const coming = new Set(
    later.flatMap((one) =>
      isMap(one) ? makes({ id: String(one.id), params: isMap(one.params) ? one.params : {} } as Stage) : [],
    ),
  );
  for (const variation of [...variations]) {
    if (variation.uses.some((name) => coming.has(name))) continue;
    variations.splice(variations.indexOf(variation), 1);
    variation.add(context);
    const name = Object.keys(context.build.definition.tasks).at(-1)!;
    for (const [stage, rows] of context.rowsOf) if (rows === context.rows) context.rowsOf.set(stage, name);
    context.rows = name;
  }
}

function stageOf(context: Context, value: Json, at: string, ids: readonly string[]): Stage | undefined {
  const { build } = context;
  if (!isMap(value) || typeof value.id !== 'string' || value.id === '') {
    build.wrong('a stage needs an id', at, '{id: BasicVars, op: hep.define, params: {...}}');
    return undefined;
  }
  build.keys(value, at, STAGE, `stage '${value.id}'`);
  const { id, op } = value;
  if (ids.indexOf(id) !== Number(at.split('/').at(-1))) {
    const first = `/analysis/stages/${ids.indexOf(id)}/id`;
    build.wrong(
      `two stages are called '${id}'`,
      `${at}/id`,
      `the first stands in line ${build.config.origins[first]?.line}`,
      'FLOW-S013',
    );
    return undefined;
  }
  if (typeof op !== 'string') {
    build.wrong(`stage '${id}' has no 'op'`, at, `op: hep.define`);
    return undefined;
  }
  if (!Object.hasOwn(OPERATIONS, op)) {
    const near = nearest(op, Object.keys(OPERATIONS))[0];
    build.wrong(
      `there is no counterpart of the operation '${op}'`,
      `${at}/op`,
      near ? `did you mean '${near}'?` : `understood are ${Object.keys(OPERATIONS).join(', ')}`,
      'FLOW-T004',
    );
    context.rowsOf.set(id, context.rows);
    return undefined;
  }
  const stage: Stage = {
    id,
    op,
    params: isMap(value.params) ? value.params : {},
    at,
    ...readFrom(context, value.from, `${at}/from`, ids),
    ...afterOf(context, value.needs, `${at}/needs`, ids, [value.from ?? []].flat().map(String)),
  };
  if (isMap(value.applies_to)) Object.assign(stage, whenOf(value.applies_to));
  return stage;
}

/** `stage.X`, `read.X`, `join.X` and `X` are one. */
const bare = (name: string): string => name.replace(/^(stage|read|join|project)\./, '');

function readFrom(
  context: Context,
  from: Json | undefined,
  at: string,
  ids: readonly string[],
): Pick<Stage, 'needs' | 'needsAt'> {
  if (from === undefined) return { needs: [context.rows], needsAt: [undefined] };
  const needsAt = [from].flat().map((_, index) => (Array.isArray(from) ? `${at}/${index}` : at));
  const needs = [from].flat().map((one, index) => {
    const name = bare(String(isMap(one as Json) ? (one as JsonObject).node : one));
    if (!context.rowsOf.has(name)) unknown(context, name, needsAt[index]!, ids);
    return context.rowsOf.get(name) ?? context.rows;
  });
  return { needs, needsAt };
}

/** Order only. What is read anyway is waited for. */
function afterOf(
  context: Context,
  needs: Json | undefined,
  at: string,
  ids: readonly string[],
  read: readonly string[],
): Pick<Stage, 'after' | 'afterAt'> {
  const after: string[] = [];
  const afterAt: string[] = [];
  [needs ?? []].flat().forEach((one, index) => {
    const name = bare(String(one));
    const known = context.rowsOf.has(name);
    const task = known ? (context.rowsOf.get(name) ?? name) : name;
    if (!known && !ids.includes(name)) unknown(context, name, `${at}/${index}`, ids);
    else if (!read.map(bare).includes(name) && !(known && task === context.rows)) {
      after.push(task);
      afterAt.push(`${at}/${index}`);
    }
  });
  return { after, afterAt };
}

function unknown(context: Context, name: string, at: string, ids: readonly string[]): void {
  const known = [...ids, ...context.rowsOf.keys()].filter((one) => one !== '');
  const near = nearest(name, known)[0];
  context.build.wrong(
    `there is no stage or source '${name}'`,
    at,
    near ? `did you mean '${near}'?` : `there are ${[...new Set(known)].join(', ')}`,
    'FLOW-N001',
  );
}
