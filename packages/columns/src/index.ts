export { ColumnsError } from './error.ts';
export type {
  AxisSpec,
  BranchStep,
  CollectFill,
  Condition,
  CountsFill,
  DefineStep,
  Fill,
  FillStep,
  GroupFill,
  HistFill,
  KeepStep,
  OnlyStep,
  Program,
  ProgramInfo,
  ProgramProblem,
  ProjectStep,
  Step,
  StepInfo,
  VaryStep,
  WeightStep,
} from './program/types.ts';
export { SOURCE } from './program/types.ts';
export type { ByteSource, FileContents, FileFormat, TableReader } from './source/types.ts';
export type {
  Column,
  DataType,
  DictionaryColumn,
  ListColumn,
  Primitive,
  PrimitiveColumn,
  RecordColumn,
  Schema,
  StringColumn,
  Table,
  Validity,
  Values,
} from './table/types.ts';
