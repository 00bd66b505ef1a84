import { type Arguments, type Json, type JsonObject, sourced } from '@fasthep/flow';
import { isMap } from '../shared/maps.ts';
import type { Context, Stage } from './context.ts';
import { cutflowStage, step } from './cutflow.ts';
import { expression } from './expressions.ts';
import { buildPairs, clean, pdfEnvelope, selectObjects } from './objects.ts';

type Read = (context: Context, stage: Stage) => void;

const inputs = (stage: Stage) => [...stage.needs, ...stage.after.map((task) => ({ task, data: false }))];
const control = (stage: Stage): JsonObject => (stage.when === undefined ? {} : { when: stage.when });

/** Adds the task of a stage that gives rows. */
function rowsTask(context: Context, stage: Stage, operator: string, args: Arguments): void {
  context.build.task({
    name: stage.id,
    operator,
    args,
    needs: inputs(stage),
    needsAt: [...stage.needsAt, ...stage.afterAt],
    control: control(stage),
    at: stage.at,
  });
  context.rowsOf.set(stage.id, stage.id);
  context.rows = stage.id;
}

const define: Read = (context, stage) => {
  const { build, left } = context;
  const at = `${stage.at}/params`;
  build.keys(stage.params, at, ['variables'], `params of '${stage.id}'`);
  const args: { [name: string]: Arguments } = {};
  if (!Array.isArray(stage.params.variables))
    build.wrong(`stage '${stage.id}' needs 'variables', a list of {name, expr}`, at);
  else
    stage.params.variables.forEach((variable, index) => {
      const place = `${at}/variables/${index}`;
      if (!isMap(variable) || typeof variable.name !== 'string') {
        build.wrong('a variable needs a name', place);
        return;
      }
      build.keys(variable, place, ['name', 'expr', 'reduce', 'dtype'], `variable '${variable.name}'`);
      if (isMap(variable.reduce)) {
        const text = `${String(variable.reduce.op)}(${String(variable.reduce.over)})`;
        args[variable.name] = expression(text, `${place}/reduce/over`, left);
      } else if (variable.expr !== undefined)
        args[variable.name] = expression(String(variable.expr), `${place}/expr`, left);
      else build.wrong(`variable '${variable.name}' needs 'expr' or 'reduce'`, place);
    });
  rowsTask(context, stage, 'define', args);
};

const flag: Read = (context, stage) => {
  const at = `${stage.at}/params`;
  context.build.keys(stage.params, at, ['selection'], `params of '${stage.id}'`);
  const cuts = [stage.params.selection ?? []]
    .flat()
    .map((cut, index) => step(context, cut as Json, `${at}/selection/${index}`));
  const text = cuts.map(({ cut }) => `(${String((cut as { value?: unknown }).value ?? cut)})`).join(' and ');
  rowsTask(context, stage, 'define', { [stage.id]: sourced(text, `${at}/selection`, [[0, 0]]) });
};

/** Without a pair the mass is not a number, which a histogram counts as overflow. */
const pairMass: Read = (context, stage) => {
  const at = `${stage.at}/params`;
  context.build.keys(stage.params, at, ['collection', 'mask', 'out_var'], `params of '${stage.id}'`);
  const collection = String(stage.params.collection ?? 'Muon');
  const objects = typeof stage.params.mask === 'string' ? `${collection}[${stage.params.mask}]` : collection;
  const out = String(stage.params.out_var ?? `Di${collection}_Mass`);
  rowsTask(context, stage, 'define', {
    [out]: sourced(`fill_none(mass(${objects}[0] + ${objects}[1]), sqrt(-1))`, at, [[0, 0]]),
  });
};

const hist: Read = (context, stage) => {
  const { build, left } = context;
  const { id, params } = stage;
  const at = `${stage.at}/params`;
  build.keys(
    params,
    at,
    ['axes', 'dataset_axis', 'storage', 'weight_expr', 'variations'],
    `params of '${id}'`,
  );
  const axes: { [name: string]: Arguments } = {};
  if (!Array.isArray(params.axes) || params.axes.length === 0)
    build.wrong(`stage '${id}' needs 'axes', a list of {name, source, bins}`, at);
  else
    params.axes.forEach((axis, index) => {
      if (isMap(axis)) axes[String(axis.name ?? axis.source)] = axisOf(context, axis, `${at}/axes/${index}`);
      else build.wrong('an axis must be a map', `${at}/axes/${index}`);
    });
  const weight =
    typeof params.weight_expr === 'string' ? expression(params.weight_expr, `${at}/weight_expr`, left) : 1;
  const storage =
    params.storage === undefined
      ? weight === 1
        ? 'count'
        : 'weighted'
      : sourced(params.storage, `${at}/storage`);
  const apart = params.dataset_axis === true;
  const name = apart ? id : `${id}_by_dataset`;
  build.task({
    name,
    operator: 'hist',
    args: { axes, weight, storage },
    needs: inputs(stage),
    needsAt: [...stage.needsAt, ...stage.afterAt],
    control: control(stage),
    at: stage.at,
  });
  if (!apart)
    build.task({ name: id, operator: 'merge', args: { over: 'dataset' }, needs: [name], at: stage.at });
  context.rowsOf.set(id, undefined);
};

function axisOf(context: Context, axis: JsonObject, at: string): Arguments {
  const { build, left } = context;
  build.keys(axis, at, ['name', 'source', 'type', 'bins', 'edges', 'label', 'categories'], 'an axis');
  const source = axis.source === undefined ? String(axis.name) : String(axis.source);
  const made: { [key: string]: Arguments } = {
    field: expression(source, axis.source === undefined ? `${at}/name` : `${at}/source`, left),
  };
  if (typeof axis.label === 'string') made.label = sourced(axis.label, `${at}/label`);
  const bins = axis.bins;
  const edges = axis.edges ?? (isMap(bins) ? bins.edges : undefined);
  if (Array.isArray(edges)) made.edges = sourced(edges, axis.edges ? `${at}/edges` : `${at}/bins/edges`);
  else if (isMap(bins)) {
    build.keys(bins, `${at}/bins`, ['low', 'high', 'nbins', 'edges'], "'bins'");
    const missing = ['nbins', 'low', 'high'].filter((key) => typeof bins[key] !== 'number');
    if (missing.length > 0)
      build.wrong(
        `'bins' needs '${missing.join("' and '")}', a number`,
        `${at}/bins`,
        'bins: {low: 0, high: 100, nbins: 50}',
      );
    else made.bins = sourced([bins.nbins!, bins.low!, bins.high!], `${at}/bins`);
  } else if (axis.type === 'regular')
    build.wrong("a regular axis needs 'bins'", at, 'bins: {low: 0, high: 100, nbins: 50}');
  return made;
}

const explode: Read = (context, stage) => {
  const at = `${stage.at}/params`;
  context.build.keys(stage.params, at, ['fields', 'keep_fields'], `params of '${stage.id}'`);
  rowsTask(context, stage, 'explode', { fields: sourced(stage.params.fields ?? [], `${at}/fields`) });
};

const filter: Read = (context, stage) => {
  const at = `${stage.at}/params`;
  context.build.keys(stage.params, at, ['expr'], `params of '${stage.id}'`);
  rowsTask(context, stage, 'filter', {
    expr: expression(String(stage.params.expr), `${at}/expr`, context.left),
  });
};

const project: Read = (context, stage) => {
  const at = `${stage.at}/params`;
  context.build.keys(stage.params, at, ['fields', 'keep_fields'], `params of '${stage.id}'`);
  rowsTask(context, stage, 'project', { fields: sourced(stage.params.fields ?? [], `${at}/fields`) });
};

/**
 * The nearest level-1 jet of each offline jet. Only events with a level-1 jet and an offline jet above 20 go on, as in
 * the Python operation.
 */
const matchJets: Read = (context, stage) => {
  const { build } = context;
  const at = `${stage.at}/params`;
  build.keys(stage.params, at, ['reco', 'l1', 'dr_max', 'output_names'], `params of '${stage.id}'`);
  const { reco, l1, dr_max } = stage.params;
  if (!isMap(reco) || !isMap(l1)) {
    build.wrong(`stage '${stage.id}' needs 'reco' and 'l1', each {et, eta, phi}`, at);
    return;
  }
  const jets = (jet: JsonObject) =>
    `zip(pt=${String(jet.et)}, eta=${String(jet.eta)}, phi=${String(jet.phi)})`;
  const place = (text: string) => sourced(text, at, [[0, 0]]);
  const own = (name: string) => `${stage.id}_${name}`;
  const events = own('events');
  build.task({
    name: events,
    operator: 'filter',
    args: { expr: place(`num(${String(l1.et)}) > 0 and any(${String(reco.et)} > 20)`) },
    needs: inputs(stage),
    needsAt: [...stage.needsAt, ...stage.afterAt],
    control: control(stage),
    at: stage.at,
  });
  const [offline, level1, nearest, distance, matched] = ['reco', 'l1', 'nearest', 'dr', 'matched'].map(own);
  rowsTask(context, { ...stage, needs: [events], needsAt: [undefined], after: [], afterAt: [] }, 'define', {
    [offline!]: place(jets(reco)),
    [level1!]: place(jets(l1)),
    [nearest!]: place(`${level1}[nearest(${offline}, ${level1})]`),
    [distance!]: place(`delta_r(${offline}, ${nearest})`),
    [matched!]: place(`fill_none(${distance} <= ${String(dr_max ?? 0.4)}, False)`),
    matched_reco_et: place(`${offline}.pt[${matched}]`),
    matched_l1_et: place(`${nearest}.pt[${matched}]`),
    unmatched_dr: place(`min(${distance})`),
    n_matched: place(`count_nonzero(${matched})`),
  });
};

/** A stage that only makes fields. */
const fields =
  (lower: typeof clean): Read =>
  (context, stage) => {
    const made = lower(context, stage);
    if (made) rowsTask(context, stage, 'define', made);
    else context.rowsOf.set(stage.id, context.rows);
  };

/** Operations of the Python packages that have a counterpart. */
export const OPERATIONS: Record<string, Read> = {
  'hep.define': define,
  'hep.selection.flag': flag,
  'hep.selection.cutflow': cutflowStage,
  'hep.di_object_mass': pairMass,
  'hep.select_objects': fields(selectObjects),
  'hep.clean': fields(clean),
  'hep.build_pairs': fields(buildPairs),
  'hep.weights.pdf_envelope': fields(pdfEnvelope),
  'hep.hist': hist,
  'hep.project_fields': project,
  'workshop.tabular.explode': explode,
  'workshop.tabular.filter': filter,
  'workshop.tabular.project': project,
  'cms.match_l1t_jets': matchJets,
};
