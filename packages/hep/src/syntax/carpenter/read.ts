import type { Config } from '@fasthep/flow';
import {
  type Arguments,
  type Builder,
  type Definition,
  type Json,
  type JsonObject,
  type Problem,
  sourced,
  startDefinition,
} from '@fasthep/flow';
import { catalogue } from '../shared/catalogue.ts';
import { isMap } from '../shared/maps.ts';
import { ownKeys, readSettings } from '../shared/settings.ts';
import { binning } from './binned.ts';
import { type Load, type Stage, stagesOf } from './imports.ts';
import { condition, cutsOf, isFlat } from './selection.ts';
import { defineStage, pairMassStage, phaseSpaceStage, systematicWeightsStage } from './stages.ts';
import { weightsOf } from './weights.ts';

const CLASSES = ['Define', 'CutFlow', 'SelectPhaseSpace', 'BinnedDataframe', 'SystematicWeights'];
/** Weights are for simulation only. */
const SIMULATED = "dataset.kind == 'mc'";

/** fast-carpenter's sequence, with the datasets of a curator file beside it, as a definition. */
export function readCarpenter(start: Config, load?: Load): { definition: Definition; problems: Problem[] } {
  const sequence = stagesOf(start, load);
  const build = startDefinition(sequence.config);
  for (const { message, at, help } of sequence.problems) build.wrong(message, at, help);
  const top = start.value as JsonObject;
  readSettings(build, top);
  readEvents(build, top);
  const common = hasData(build) ? undefined : commonWeight(sequence.stages);
  const state: State = { build, rows: 'events', common, attached: false };
  for (const stage of sequence.stages) readStage(state, stage);
  const blocks = new Set(sequence.stages.map((stage) => stage.name));
  build.keys(
    top,
    '',
    [
      'stages',
      'datasets',
      'defaults',
      ...ownKeys(top),
      ...blocks,
      ...Object.keys(top).filter((key) => key.startsWith('<')),
    ],
    'the sequence',
  );
  return { definition: build.definition, problems: build.problems };
}

/** Whether some dataset is data: then weights stand apart, because cutflows and tables treat it differently. */
function hasData(build: Builder): boolean {
  const args = build.definition.tasks.events?.args as { datasets?: { kind?: Json }[] } | undefined;
  return args?.datasets?.some(({ kind }) => kind !== 'mc') ?? false;
}

interface State {
  build: Builder;
  /** The task whose rows the next stage sees. */
  rows: string;
  /** The weight that all weighted stages share. */
  common?: string;
  attached: boolean;
}

function readEvents(build: Builder, top: JsonObject): void {
  const datasets = catalogue(build, top.datasets, top.defaults, '/datasets', 'tree');
  if (!datasets) {
    build.wrong(
      'a sequence needs the datasets of a curator file',
      '',
      'include the file list: include: [file_list.yaml], here or in a file that includes both',
    );
    return;
  }
  build.task({ name: 'events', operator: 'read', args: { datasets }, at: '/datasets' });
}

/** The one weight of all stages that have one, where that is so: then it is attached once. */
function commonWeight(stages: readonly Stage[]): string | undefined {
  const used = stages
    .filter((stage) => /\.(CutFlow|BinnedDataframe)$/.test(`.${stage.class}`))
    .map((stage) => ({
      weights: weightsOf(stage.settings),
      data: isMap(stage.settings) && stage.settings.weight_data === true,
    }))
    .filter(({ weights }) => weights.length > 0);
  const expressions = new Set(used.flatMap(({ weights }) => weights.map(({ expression }) => expression)));
  const plain = used.every(({ weights, data }) => weights.length === 1 && !data);
  return plain && expressions.size === 1 ? [...expressions][0] : undefined;
}

function readStage(state: State, stage: Stage): void {
  const { build } = state;
  const name = stage.class.split('.').at(-1)!;
  const before = Object.keys(build.definition.tasks).length;
  if (name === 'Define') defineStage(build, stage);
  else if (name === 'SystematicWeights') systematicWeightsStage(build, stage);
  else if (name === 'DiObjectMass') pairMassStage(build, stage);
  else if (name === 'SelectPhaseSpace') phaseSpaceStage(build, stage);
  else if (name === 'CutFlow') cutFlow(state, stage);
  else if (name === 'BinnedDataframe') binned(state, stage);
  else {
    build.wrong(
      `there is no counterpart of '${stage.class}'`,
      stage.at,
      `understood are ${CLASSES.join(', ')}; in the default syntax, per-event code is the operator 'reader'`,
      'FLOW-T004',
    );
    return;
  }
  const made = Object.keys(build.definition.tasks).length > before;
  if (!made || name === 'CutFlow' || name === 'BinnedDataframe') return;
  needRows(state, stage.name);
  state.rows = stage.name;
  if (name !== 'SelectPhaseSpace') return;
  const { selection } = stage.settings as JsonObject;
  report(state, stage, counted(build, selection!, `${stage.settingsAt}/selection`), `${stage.name}_cuts`);
}

/** The stream is at `state.rows`; a task that was made without needs reads it. */
function needRows(state: State, task: string): void {
  const made = state.build.definition.tasks[task];
  if (made && !made.needs) made.needs = [{ task: state.rows }];
}

/** The task whose rows carry a weight of a stage; `suffix` tells several apart. */
function weighted(
  state: State,
  stage: Stage,
  weight: { name: string; expression: string; step: string },
  suffix: string,
): string {
  const { build } = state;
  const settings = stage.settings as JsonObject;
  const control: JsonObject = settings.weight_data === true ? {} : { when: SIMULATED };
  const place = `${stage.settingsAt}/weights${weight.step}`;
  const args = { weight: sourced(weight.expression, place) };
  if (state.common !== undefined) {
    if (!state.attached) {
      build.task({ name: 'weights', operator: 'weight', args, needs: [state.rows], control, at: place });
      state.attached = true;
      state.rows = 'weights';
    }
    return state.rows;
  }
  const name = `${stage.name}_weights${suffix}`;
  build.task({ name, operator: 'weight', args, needs: [state.rows], control, at: place });
  return name;
}

const suffixOf = (weights: readonly { name: string }[], name: string) =>
  weights.length > 1 ? `_${name.replace(/\W+/g, '_')}` : '';

function cutFlow(state: State, stage: Stage): void {
  const { build } = state;
  const settings = isMap(stage.settings) ? stage.settings : {};
  build.keys(
    settings,
    stage.settingsAt,
    ['selection', 'weights', 'keep_unique_id', 'selection_file', 'counter'],
    `stage '${stage.name}'`,
  );
  if (settings.selection === undefined) {
    build.wrong(
      `stage '${stage.name}' needs a 'selection'`,
      stage.settingsAt,
      "selection_file: use 'include'",
    );
    return;
  }
  const cuts = counted(build, settings.selection, `${stage.settingsAt}/selection`);
  const weights = weightsOf(settings);
  const apart = weights.length > 0 && state.common === undefined;
  // With weights of its own a cutflow must not hand them on: it stands beside the stream.
  const [first] = weights;
  const from = !apart && first ? weighted(state, stage, first, '') : state.rows;
  build.task({ name: stage.name, ...cuts, needs: [from], at: stage.at });
  if (apart) report(state, stage, cuts, `${stage.name}_cuts`);
  else writeReport(build, stage, stage.name, first?.name);
  state.rows = stage.name;
}

/** What counts a selection: a cutflow of cuts in a row; with cuts inside others, one that has a row for each. */
interface Counted {
  operator: 'cutflow' | 'cut_tree';
  args: Arguments;
}

function counted(build: Builder, selection: Json, at: string): Counted {
  return isFlat(selection)
    ? { operator: 'cutflow', args: cutsOf(build, selection, at) }
    : { operator: 'cut_tree', args: { cuts: condition(build, selection, at) } };
}

/** Cutflows beside the stream, one for each weight. */
function report(state: State, stage: Stage, cuts: Counted, name: string): void {
  const weights = weightsOf(stage.settings);
  const each = weights.length > 0 ? weights : [undefined];
  for (const weight of each) {
    const suffix = weight ? suffixOf(weights, weight.name) : '';
    const from = weight ? weighted(state, stage, weight, suffix) : state.rows;
    state.build.task({ name: `${name}${suffix}`, ...cuts, needs: [from], at: stage.at });
    writeReport(state.build, stage, `${name}${suffix}`, weight?.name);
  }
}

function writeReport(build: Builder, stage: Stage, task: string, weight: string | undefined): void {
  const file = `cuts_${stage.name}${weight === undefined ? '' : `-${weight}`}.csv`;
  build.task({
    name: `${task}_table`,
    operator: 'write',
    args: { to: file },
    needs: [`${task}.report`],
    at: stage.at,
  });
}

function binned(state: State, stage: Stage): void {
  const { build } = state;
  const dimensions = binning(build, stage);
  if (!dimensions) return;
  const { by, perDataset } = dimensions;
  const weights = weightsOf(stage.settings);
  const file = `tbl_${[...(perDataset ? ['dataset'] : []), ...Object.keys(by)].join('.')}--${stage.name}`;
  const [only, ...more] = weights;
  const rows =
    only && more.length === 0 ? forTable(state, stage, weighted(state, stage, only, '')) : state.rows;
  const agg: { [column: string]: Arguments } = { n: 'count()' };
  for (const weight of weights) {
    // Attached weights have one product: several are added up as they are.
    const place = `${stage.settingsAt}/weights${weight.step}`;
    const text = more.length > 0 ? forSum(state, stage, weight.expression) : undefined;
    agg[`${weight.name}:sumw`] = text === undefined ? 'sumw()' : sourced(`sum(${text})`, place, [[0, 0]]);
    agg[`${weight.name}:sumw2`] =
      text === undefined ? 'sumw2()' : sourced(`sum((${text}) ** 2)`, place, [[0, 0]]);
  }
  const table = perDataset ? stage.name : `${stage.name}_by_dataset`;
  build.task({ name: table, operator: 'group', args: { by, agg }, needs: [rows], at: stage.at });
  if (!perDataset)
    build.task({
      name: stage.name,
      operator: 'merge',
      args: { over: 'dataset' },
      needs: [table],
      at: stage.at,
    });
  build.task({
    name: `${stage.name}_table`,
    operator: 'write',
    args: { to: `${file}.csv` },
    needs: [stage.name],
    at: stage.at,
  });
}

const weighsData = (stage: Stage): boolean => (stage.settings as JsonObject).weight_data === true;

/** A weight in a sum: not a number for data, whose weighted sums are left empty. */
function forSum({ build }: State, stage: Stage, weight: string): string {
  return hasData(build) && !weighsData(stage) ? `where(${SIMULATED}, ${weight}, sqrt(-1))` : weight;
}

/** Tables leave the weighted sums of data empty, unless `weight_data` is said: a weight that is not a number. */
function forTable({ build }: State, stage: Stage, rows: string): string {
  if (!hasData(build) || weighsData(stage)) return rows;
  const name = `${stage.name}_data`;
  const control = { when: `not (${SIMULATED})` };
  build.task({ name, operator: 'weight', args: { none: 'sqrt(-1)' }, needs: [rows], control, at: stage.at });
  return name;
}
