export { type AddEntry, cellAdder, entryAdder } from './accumulate.ts';
export {
  binCount,
  categoriesOf,
  cellCount,
  checkAxis,
  edgesOf,
  hasOverflow,
  hasUnderflow,
  isCategory,
  stridesOf,
  totalCells,
} from './axis.ts';
export { type FillOptions, type FillValues, fillHistogram } from './fill.ts';
export { growAxis, isGrowing } from './grow.ts';
export {
  type AxisValue,
  cellIndexer,
  cellOfIndex,
  circularIndex,
  indexer,
  integerIndex,
  regularIndex,
  variableIndex,
} from './lookup.ts';
export { axisPlace, cellArrays, copyHistogram, makeHistogram, STORAGE_FIELDS, withCells } from './make.ts';
export { addHistogram, mergeAll, mergeHistograms, sameAxis } from './merge.ts';
export { pickBins, projectHistogram, sumHistogram } from './project.ts';
export {
  binValues,
  binVariances,
  density,
  effectiveCounts,
  innerCells,
  quantile,
  sampleVariances,
} from './read.ts';
export { rebinAxis, sliceAxis } from './slice.ts';
export { stackHistograms } from './stack.ts';
export { histogramTable } from './table.ts';
export type {
  Axis,
  BooleanAxis,
  CellField,
  CodeAxis,
  Histogram,
  IntegerAxis,
  MeanCells,
  RegularAxis,
  Storage,
  SumCells,
  TextAxis,
  VariableAxis,
  WeightedCells,
  WeightedMeanCells,
} from './types.ts';
export { type NestedNumbers, toUhi, type UhiAxis, type UhiHistogram, uhiText } from './uhi.ts';
export { fromUhi } from './uhi-read.ts';
