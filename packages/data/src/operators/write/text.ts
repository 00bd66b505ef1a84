import { type Cell, cell, type Table, typeOf } from '@fasthep/columns';
import { didYouMean } from '@fasthep/expression';
import type { JsonSchema } from '@fasthep/flow';
import { DataError } from '../../error.ts';

/** A column of a text table: a field, or a text with fields in it. */
export interface TextColumn {
  field?: string;
  /** `{name} {planet}`. */
  template?: string;
  header?: string;
  /** `.3f`, `.2e`, `.4g`, `d`, `,`. */
  format?: string;
  /** What stands for a missing value. */
  missing?: string;
}

/** JSON Schema of `columns`. */
export const textColumnsSchema: JsonSchema = {
  description: 'Columns of a text table (txt): what is in them and how it is printed.',
  type: 'array',
  minItems: 1,
  items: {
    type: ['string', 'object'],
    properties: {
      field: { type: 'string', description: 'A column.' },
      template: {
        type: 'string',
        description: 'A text with columns in braces.',
        examples: ['{name} {planet}'],
      },
      header: { type: 'string', description: 'What stands above.' },
      format: {
        type: 'string',
        description: 'How numbers are printed, as Python says it.',
        examples: ['.3f'],
      },
      missing: { type: 'string', description: 'What stands for a missing value.', default: '' },
    },
    additionalProperties: false,
  },
};

const asColumn = (one: string | TextColumn): TextColumn => (typeof one === 'string' ? { field: one } : one);

const fieldsIn = (template: string): string[] =>
  [...template.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1]!);

/** The fields that the columns name. */
export function textFields(columns: readonly (string | TextColumn)[]): string[] {
  const all = columns
    .map(asColumn)
    .flatMap(({ field, template }) => [
      ...(field === undefined ? [] : [field]),
      ...(template === undefined ? [] : fieldsIn(template)),
    ]);
  return [...new Set(all)];
}

/** A table drawn with lines, texts on the left. Throws `data.field`, and `data.write` for a format that is none. */
export function textTable(table: Table, columns?: readonly (string | TextColumn)[]): string {
  const shown = (columns ?? Object.keys(table.columns)).map(asColumn);
  const header = shown.map(({ header, field, template }) => header ?? field ?? template ?? '');
  const printers = shown.map((column) => printer(table, column));
  const rows = Array.from({ length: table.length }, (_, i) => printers.map((print) => print(i)));
  const widths = header.map((text, k) => Math.max(...[text, ...rows.map((row) => row[k]!)].map(widthOf)));
  const rule = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+`;
  const line = (texts: readonly string[]) =>
    `| ${texts.map((text, k) => text + ' '.repeat(widths[k]! - widthOf(text))).join(' | ')} |`;
  return `${[rule, line(header), rule, ...rows.map(line), rule].join('\n')}\n`;
}

/** Characters, not UTF-16 units. */
const widthOf = (text: string): number => [...text].length;

function printer(table: Table, { field, template, format, missing = '' }: TextColumn): (i: number) => string {
  if (template !== undefined) {
    const inside = new Map(fieldsIn(template).map((name) => [name, printer(table, { field: name })]));
    return (i) => template.replace(/\{([^{}]+)\}/g, (_, name: string) => inside.get(name)!(i));
  }
  const column =
    field !== undefined && Object.hasOwn(table.columns, field) ? table.columns[field] : undefined;
  if (!column) {
    const known = Object.keys(table.columns);
    const help = didYouMean(field ?? '', known) ?? `there are ${known.join(', ')}`;
    throw new DataError('data.field', `there is no column '${field}'`, help, ['columns']);
  }
  const { kind } = typeOf(column);
  const plain = (value: Cell): string =>
    kind.startsWith('float') && Number.isInteger(value) ? `${String(value)}.0` : String(value);
  const print = format === undefined || format === '' ? plain : numberFormat(format);
  return (i) => {
    const value = cell(column, i);
    return value === null ? missing : print(value);
  };
}

/** Part of Python's mini-language of formats: `[,][.precision][f e g d %]`. */
function numberFormat(format: string): (value: Cell) => string {
  const [whole, comma, digits, type = ''] = /^(,)?(?:\.(\d{1,2}))?([feEgd%s])?$/.exec(format) ?? [];
  if (whole === undefined)
    throw new DataError('data.write', `'${format}' is no format of numbers`, '.3f, .2e, .4g, d or %', [
      'columns',
    ]);
  const precision = digits === undefined ? 6 : Number(digits);
  return (value) => {
    if (type === 's' || typeof value === 'string' || typeof value === 'boolean') return String(value);
    const number = Number(value);
    if (!Number.isFinite(number)) return Number.isNaN(number) ? 'nan' : number > 0 ? 'inf' : '-inf';
    let text = digits === undefined && type === '' ? String(value) : fixed(number, type || 'g', precision);
    if (type === 'd') text = String(typeof value === 'bigint' ? value : Math.trunc(number));
    return comma ? text.replace(/^(-?\d+)/, (part) => part.replace(/\B(?=(\d{3})+$)/g, ',')) : text;
  };
}

function fixed(value: number, type: string, precision: number): string {
  const exponent = (text: string) => text.replace(/e([+-])(\d)$/, 'e$10$2');
  if (type === 'f') return value.toFixed(precision);
  if (type === '%') return `${(value * 100).toFixed(precision)}%`;
  if (type === 'e' || type === 'E') {
    const text = exponent(value.toExponential(precision));
    return type === 'E' ? text.toUpperCase() : text;
  }
  const power = value === 0 ? 0 : Number(value.toExponential(Math.max(1, precision) - 1).split('e')[1]);
  const text =
    power < -4 || power >= Math.max(1, precision)
      ? exponent(value.toExponential(Math.max(1, precision) - 1))
      : value.toFixed(Math.max(0, Math.max(1, precision) - 1 - power));
  return text.includes('.') ? text.replace(/\.?0+(?=e|$)/, '') : text;
}
