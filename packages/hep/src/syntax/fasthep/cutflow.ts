import { type Arguments, type Json, type JsonObject, plain } from '@fasthep/flow';
import { isMap } from '../shared/maps.ts';
import type { Context, Stage } from './context.ts';
import { expression } from './expressions.ts';

const KEYS = ['selection', 'weight_expr', 'output_field', 'filter', 'emit_flags'];

/** One step: an expression, `{expr, label}` or `{reduce: {op, over}}`; its name and its condition. */
export function step(context: Context, value: Json, at: string): { name: string; cut: Arguments } {
  const { build, left } = context;
  if (typeof value === 'string') return { name: value, cut: expression(value, at, left) };
  if (isMap(value)) {
    build.keys(value, at, ['expr', 'label', 'reduce'], 'a cut');
    const label = typeof value.label === 'string' ? value.label : undefined;
    if (typeof value.expr === 'string')
      return { name: label ?? value.expr, cut: expression(value.expr, `${at}/expr`, left) };
    if (isMap(value.reduce)) {
      const text = `${String(value.reduce.op)}(${String(value.reduce.over)})`;
      return { name: label ?? text, cut: expression(text, `${at}/reduce`, left) };
    }
  }
  build.wrong('a cut must be a text, {expr, label} or {reduce: {op, over}}', at);
  return { name: 'cut', cut: 'True' };
}

interface Group {
  name: string;
  parents: string[];
  cuts: { [name: string]: Arguments };
  names: string[];
}

function groupOf(context: Context, name: string, value: Json, at: string): Group {
  const { build } = context;
  const given = isMap(value) ? value : { steps: value };
  if (isMap(value)) build.keys(value, at, ['parents', 'parent', 'steps', 'cuts'], `selection '${name}'`);
  const key = given.steps === undefined ? 'cuts' : 'steps';
  const steps = given[key];
  const cuts: { [name: string]: Arguments } = {};
  if (!Array.isArray(steps)) build.wrong(`selection '${name}' must be a list of cuts`, at);
  else
    steps.forEach((one, index) => {
      const { name: text, cut } = step(
        context,
        one,
        isMap(value) ? `${at}/${key}/${index}` : `${at}/${index}`,
      );
      cuts[Object.hasOwn(cuts, text) ? `${text} (${index + 1})` : text] = cut;
    });
  return {
    name,
    parents: [given.parents ?? given.parent ?? []].flat().map(String),
    cuts,
    names: Object.keys(cuts),
  };
}

/** `hep.selection.cutflow`: named groups of cuts, each after its parents; rows that pass all go on. */
export function cutflowStage(context: Context, stage: Stage): void {
  const { build } = context;
  const { id, params, at } = stage;
  build.keys(params, `${at}/params`, KEYS, `params of '${id}'`);
  if (!isMap(params.selection)) {
    build.wrong(`stage '${id}' needs 'selection', a map of lists of cuts`, `${at}/params`);
    return;
  }
  const groups = Object.entries(params.selection).map(([name, value]) =>
    groupOf(context, name, value, `${at}/params/selection/${name}`),
  );
  const [rows = context.rows] = stage.needs;
  const source = weightedRows(context, stage, rows);
  const after = stage.after.map((task) => ({ task, data: false }));
  const control: JsonObject = stage.when === undefined ? {} : { when: stage.when };
  const [only] = groups;
  const filter = params.filter !== false;
  if (groups.length === 1 && only && only.parents.length === 0) {
    const apart = source !== rows && !context.oneWeight;
    build.task({
      name: id,
      operator: 'cutflow',
      args: only.cuts,
      needs: [source, ...after],
      needsAt: [stage.needsAt[0], ...stage.afterAt],
      control,
      at,
    });
    if (apart && filter)
      build.task({
        name: `${id}_rows`,
        operator: 'cutflow',
        args: only.cuts,
        needs: [rows, ...after],
        needsAt: [stage.needsAt[0], ...stage.afterAt],
        control,
        at,
      });
    context.rowsOf.set(id, filter ? (apart ? `${id}_rows` : id) : rows);
  } else {
    for (const group of groups) {
      const from = parentPort(context, stage, groups, group);
      build.task({
        name: `${id}_${group.name}`,
        operator: 'cutflow',
        args: group.cuts,
        needs: [from ?? source, ...after],
        needsAt: [undefined, ...stage.afterAt],
        control,
        at: `${at}/params/selection/${group.name}`,
      });
    }
    const all: { [name: string]: Arguments } = {};
    for (const group of groups)
      for (const [name, cut] of Object.entries(group.cuts)) all[`${group.name}: ${name}`] = cut;
    if (filter)
      build.task({
        name: id,
        operator: 'cutflow',
        args: all,
        needs: [rows, ...after],
        needsAt: [stage.needsAt[0], ...stage.afterAt],
        control,
        at,
      });
    context.rowsOf.set(id, filter ? id : rows);
  }
  context.rows = context.rowsOf.get(id)!;
}

/** `base[1]` → the rows as the second cut of that group left them. */
function parentPort(context: Context, stage: Stage, groups: readonly Group[], group: Group) {
  const [parent, ...more] = group.parents;
  if (parent === undefined) return undefined;
  const at = `${stage.at}/params/selection/${group.name}`;
  if (more.length > 0)
    context.build.lost(`selection '${group.name}' has several parents: it follows the first`, at);
  const [, name = parent, index] = /^(.*?)(?:\[(\d+)\])?$/.exec(parent) ?? [];
  const other = groups.find((one) => one.name === name);
  const cut = other?.names[index === undefined ? (other?.names.length ?? 1) - 1 : Number(index)];
  if (!other || cut === undefined) {
    context.build.wrong(
      `selection '${group.name}' has no parent '${parent}'`,
      at,
      `there are ${groups.map((one) => one.name).join(', ')}`,
    );
    return undefined;
  }
  return { task: `${stage.id}_${other.name}`, port: cut };
}

function weightedRows(context: Context, stage: Stage, rows: string): string {
  const weight = stage.params.weight_expr;
  if (typeof weight !== 'string') return rows;
  const { build } = context;
  const made = expression(weight, `${stage.at}/params/weight_expr`, context.left);
  if (context.oneWeight && context.attached === plain(made)) return rows;
  const name = context.oneWeight ? 'weights' : `${stage.id}_weights`;
  build.task({
    name,
    operator: 'weight',
    args: { weight: made },
    needs: [rows],
    at: `${stage.at}/params/weight_expr`,
  });
  context.attached = String(plain(made));
  return name;
}
