import { type Arguments, type Json, type JsonObject, sourced } from '@fasthep/flow';
import { isMap } from '../shared/maps.ts';
import type { Context, Stage } from './context.ts';

/** A style with those that it uses below it. */
function styleOf(context: Context, name: string, depth = 0): JsonObject {
  const style = context.styles[name];
  if (!isMap(style) || depth > 20) return {};
  if (typeof style.use !== 'string') return style;
  return { ...styleOf(context, style.use, depth + 1), ...(isMap(style.with) ? style.with : {}) };
}

const axis = (value: Json | undefined): JsonObject | undefined => {
  if (!isMap(value)) return undefined;
  const made: JsonObject = {};
  if (typeof value.label === 'string') made.label = value.label;
  if (Array.isArray(value.limits)) made.range = value.limits;
  if (value.scale === 'log') made.log = true;
  return Object.keys(made).length > 0 ? made : undefined;
};

/** `render:` as tasks that draw or write what a stage makes. */
export function renderStage(context: Context, stage: Stage, render: Json | undefined): void {
  const { build } = context;
  [render ?? []].flat().forEach((one, index) => {
    if (!isMap(one as Json)) return;
    const given = one as JsonObject;
    const at = Array.isArray(render) ? `${stage.at}/render/${index}` : `${stage.at}/render`;
    build.keys(given, at, ['style', 'when', 'out', 'overlays'], "'render'");
    const style =
      typeof given.style === 'string' ? styleOf(context, given.style) : isMap(given.style) ? given.style : {};
    if (typeof given.style === 'string' && !Object.hasOwn(context.styles, given.style))
      build.wrong(
        `there is no style '${given.style}'`,
        `${at}/style`,
        `there are ${Object.keys(context.styles).join(', ')}`,
      );
    const name = `${stage.id}_render${index === 0 ? '' : index}`;
    const op = String(style.op ?? 'hep.render.hist1d');
    const out = typeof given.out === 'string' ? given.out : stage.id;
    if (op === 'hep.render.cutflow_csv') {
      build.task({
        name,
        operator: 'write',
        args: { to: /\.\w+$/.test(out) ? out : `${out}.csv` },
        needs: [`${stage.id}.report`],
        at,
      });
      return;
    }
    const args: { [key: string]: Arguments } = { out: /\.\w+$/.test(out) ? out : `${out}.svg` };
    if (op === 'hep.render.heatmap2d') args.kind = 'map';
    if (op === 'hep.render.data_mc') args.stack = 'dataset';
    const axes = isMap(style.axes) ? style.axes : {};
    for (const letter of ['x', 'y', 'z']) {
      const made = axis(axes[letter]);
      if (made && (letter !== 'y' || args.kind === 'map' || made.log)) args[letter] = made;
    }
    if (given.overlays !== undefined)
      build.lost(`overlays of the figure of '${stage.id}' are not drawn`, `${at}/overlays`);
    build.task({ name, operator: 'plot', args, needs: [stage.id], at });
  });
}

/** `write:` as tasks that publish the rows of a stage. */
export function writeStage(context: Context, stage: Stage, write: Json | undefined): void {
  const { build } = context;
  [write ?? []].flat().forEach((one, index) => {
    if (!isMap(one as Json)) return;
    const given = one as JsonObject;
    const at = Array.isArray(write) ? `${stage.at}/write/${index}` : `${stage.at}/write`;
    const name = `${stage.id}_write${index === 0 ? '' : index}`;
    const rows = context.rowsOf.get(stage.id) ?? stage.id;
    const to = String(given.path ?? `${stage.id}.csv`).replace(/^.*\//, '');
    if (given.kind === 'workshop.console_table') textTable(context, { name, rows, at, to, given });
    else rowsFile(context, { name, rows, at, to, given });
    if (given.kind !== 'root_tree' && given.kind !== 'workshop.console_table')
      build.lost(`'${String(given.kind)}' writes ${to} as the ending says`, at);
  });
}

interface Output {
  name: string;
  rows: string;
  at: string;
  to: string;
  given: JsonObject;
}

/** Rows as a file for each dataset. */
function rowsFile({ build, canWrite }: Context, { name, rows, at, to, given }: Output): void {
  const args: { [key: string]: Arguments } = {};
  const [, stem = to, ending = ''] = /^(.*?)(\.\w+)?$/.exec(to) ?? [];
  const writable = given.kind !== 'root_tree' || canWrite('root');
  args.to = `${stem}_{dataset}${writable ? ending || '.root' : '.parquet'}`;
  if (!writable) build.lost(`rows go into Parquet files: ROOT files cannot be written yet`, at);
  if (writable && given.tree !== undefined) args.tree = given.tree;
  const fields = given.keep ?? given.fields;
  if (Array.isArray(fields))
    args.fields = sourced(fields, `${at}/${given.keep === undefined ? 'fields' : 'keep'}`);
  build.task({ name, operator: 'write', args, needs: [rows], at });
}

/** A drawn table, of the first rows in their order. */
function textTable({ build }: Context, { name, rows, at, to, given }: Output): void {
  build.keys(given, at, ['kind', 'path', 'when', 'fields', 'columns', 'sort_by', 'limit'], "'write'");
  let from = rows;
  if (given.sort_by !== undefined || given.limit !== undefined) {
    from = `${name}_order`;
    const by = given.sort_by ?? given.fields ?? [];
    const args: { [key: string]: Arguments } = { by: sourced(by, `${at}/sort_by`) };
    if (given.limit !== undefined) args.limit = sourced(given.limit, `${at}/limit`);
    build.task({ name: from, operator: 'sort', args, needs: [rows], at });
  }
  const args: { [key: string]: Arguments } = { to: /\.txt$/.test(to) ? to : `${to}.txt` };
  if (Array.isArray(given.columns)) args.columns = sourced(given.columns, `${at}/columns`);
  build.task({ name, operator: 'write', args, needs: [from], at });
}
