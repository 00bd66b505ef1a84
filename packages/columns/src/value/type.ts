import type { DataType } from '../table/types.ts';
import type { Data, Value } from './types.ts';

/** The column type of a value, as the language sees it: floats are float64, missing ones are nullable. */
export function dataTypeOf(value: Data): DataType {
  return at(value, 0);
}

function at(value: Data, depth: number): DataType {
  const level = value.shape[depth];
  if (level) {
    const { size, counter } = level.axis;
    return {
      kind: 'list',
      item: at(value, depth + 1),
      ...(size !== undefined && { size }),
      ...(counter !== undefined && { counter }),
      ...(level.present && { nullable: true }),
    };
  }
  const nullable = value.ok ? { nullable: true } : {};
  if (value.kind === 'scalar') return { kind: value.node.type, ...nullable };
  const fields = [...value.fields].map(([name, get]) => [name, at(get() as Data, depth)] as const);
  return { kind: 'record', fields: Object.fromEntries(fields), ...nullable };
}

export const isData = (value: Value): value is Data => value.kind === 'scalar' || value.kind === 'record';
