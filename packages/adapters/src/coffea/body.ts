/** The steps of a stream → the statements of a processor, one after the other. */
import type { Condition, FillStep, Schema, Step } from '@fasthep/columns';
import { parse, names as usedNames } from '@fasthep/expression';
import { canonicalName } from '../fields/type.ts';
import { type Names, pythonOf } from './expression.ts';
import { aggregateCode, axisCode, axisName, byUse } from './parts.ts';
import { Untranslatable } from './refusal.ts';
import { collectionOf, columnOf, identifier } from './scope.ts';
import { type Branch, Lines, type State } from './state.ts';

const quoted = (text: string) => JSON.stringify(text);
const listed = (values: readonly string[]) => `[${values.map(quoted).join(', ')}]`;

/** Writes the body of one processor. */
export class Body {
  /** Arrays made of columns. */
  readonly head = new Lines(2);
  readonly main: Lines;
  /** Histograms that the processor makes: name → Python. */
  readonly histograms: [string, string][] = [];
  /** Other results: name → Python of the empty value. */
  readonly results: [string, string][] = [];
  /** Variations by shifted fields, with the datasets that lack them. */
  readonly shifts: { names: string[]; omit: readonly string[] }[] = [];
  private readonly states = new Map<string, State>();
  private readonly taken = new Set<string>(['all_events', 'length']);
  private readonly columns: readonly string[];
  private readonly schema: Schema;
  private readonly functions: ReadonlySet<string>;
  private readonly sourced = new Map<string, string>();
  /** Ports of the joined tree that is read, and those of them that are collections. */
  private readonly joined: readonly string[] | undefined;
  private readonly lists: readonly string[];
  /** Rows to write for a join: step → name of the piece. */
  private readonly saved: ReadonlyMap<string, string>;

  constructor(
    schema: Schema,
    columns: readonly string[],
    functions: ReadonlySet<string>,
    more: { joined?: readonly string[]; lists?: readonly string[]; saved?: ReadonlyMap<string, string> } = {},
  ) {
    this.joined = more.joined;
    this.lists = more.lists ?? [];
    this.saved = more.saved ?? new Map();
    this.schema = schema;
    this.columns = columns;
    this.functions = functions;
    this.main = new Lines(2);
    this.states.set('', {
      fields: new Map(),
      mask: 'all_events',
      shifts: [],
      branches: [],
      shifted: new Set(),
      maskShifted: false,
    });
  }

  /** One step. `omit`: datasets for which it is left out; `name`: what its result is called; `labels`: those of the result. */
  step(step: Step, omit: readonly string[], name: string, labels: readonly string[]): void {
    const state = this.states.get(step.from);
    if (!state) throw new Untranslatable(`the rows of '${step.from}' are not made here`);
    switch (step.do) {
      case 'define':
        this.states.set(step.id, this.define(state, step.fields, omit));
        break;
      case 'project':
        this.states.set(step.id, this.define(state, step.fields, omit));
        break;
      case 'keep':
        this.states.set(step.id, this.keep(state, step.id, step.expr, omit));
        break;
      case 'weight':
        this.states.set(step.id, this.weight(state, step.factors, omit));
        break;
      case 'branch': {
        const cases = Object.entries(step.cases).map(([value, condition]) => {
          const own = this.variable(`is_${value}`);
          this.main.add(`${own} = ${this.mask(condition, state)}`);
          return [value, own] as const;
        });
        const shifted = Object.values(step.cases).some((one) => this.conditionShifted(one, state));
        this.states.set(step.id, {
          ...state,
          branches: [...state.branches, { label: step.label, cases: Object.fromEntries(cases) }],
          maskShifted: state.maskShifted || shifted,
        });
        break;
      }
      case 'only': {
        const branches = state.branches.map(
          (one): Branch =>
            one.label === step.label ? { ...one, cases: { [step.value]: one.cases[step.value]! } } : one,
        );
        this.states.set(step.id, { ...state, branches });
        break;
      }
      case 'vary':
        this.states.set(step.id, this.vary(state, step.name, step.fields, omit));
        break;
      case 'fill':
        this.fill(step, state, name, labels);
    }
  }

  private variable(wanted: string): string {
    const base = identifier(wanted);
    let own = base;
    for (let n = 2; this.taken.has(own); n++) own = `${base}_${n}`;
    this.taken.add(own);
    return own;
  }

  private unless(omit: readonly string[], body: () => void): void {
    if (omit.length === 0) body();
    else this.main.block(`if dataset not in ${listed(omit)}:`, body);
  }

  private names(state: State): Names {
    return {
      functions: this.functions,
      field: (parts) => {
        if (parts[0] === 'dataset')
          return parts[1] === 'name'
            ? { code: 'dataset', rest: parts.slice(2) }
            : { code: `events.metadata[${quoted(parts[1] ?? '')}]`, rest: parts.slice(2) };
        for (let n = parts.length; n > 0; n--) {
          const own = state.fields.get(canonicalName(parts.slice(0, n).join('.')));
          if (own !== undefined) return { code: own, rest: parts.slice(n) };
        }
        const column = columnOf(parts.join('.'), this.schema);
        if (column && (parts.length === 1 || column.type.kind !== 'list'))
          return { code: this.source(column.column), rest: [] };
        const collection = this.collection(parts[0]!);
        if (collection !== undefined) return { code: collection, rest: parts.slice(1) };
        if (column) return { code: this.source(column.column), rest: [] };
        throw new Untranslatable(`the field '${parts.join('.')}' is no column of the tree`);
      },
    };
  }

  /** A column as an array of its own. */
  private source(column: string): string {
    const key = `column ${column}`;
    let own = this.sourced.get(key);
    if (own === undefined) {
      own = this.variable(column);
      this.sourced.set(key, own);
      this.head.add(`${own} = ${this.read(column)}`);
    }
    return own;
  }

  /** Python that reads a column. In a joined tree names have no dots, and a column says where there is a value. */
  private read(column: string): string {
    if (!this.joined) return `helpers.number(events[${quoted(column)}])`;
    const name = canonicalName(column);
    const looked = this.joined.find((port) => column.startsWith(`${port}.`));
    const type = this.schema[column];
    if (looked === undefined || (type?.kind === 'list' && !type.nullable && this.lists.includes(looked)))
      return `helpers.number(events[${quoted(name)}])`;
    return `helpers.present(events[${quoted(name)}], events[${quoted(`${name}__present`)}])`;
  }

  /** Columns with one prefix as one array of records. */
  private collection(name: string): string | undefined {
    const known = this.sourced.get(`collection ${name}`);
    if (known !== undefined) return known;
    const found = collectionOf(name, this.schema, this.columns);
    if (!found) return undefined;
    const own = this.variable(name);
    this.sourced.set(`collection ${name}`, own);
    this.head.block(`${own} = ak.zip({`, () => {
      for (const [field, column] of Object.entries(found.fields))
        this.head.add(`${quoted(field)}: ${this.read(column)},`);
    });
    this.head.add(`}${found.record ? `, with_name=${quoted(found.record)}` : ''})`);
    return own;
  }

  private define(state: State, fields: Readonly<Record<string, string>>, omit: readonly string[]): State {
    const known = new Map(state.fields);
    const shifted = new Set(state.shifted);
    const now: State = { ...state, fields: known, shifted };
    this.unless(omit, () => {
      for (const name of byUse(fields)) {
        const text = fields[name]!;
        const dependent = this.isShifted(text, now);
        const value = pythonOf(text, this.names(now));
        const [root, ...member] = name.split('.');
        const base = member.length === 1 ? (known.get(root!) ?? this.collection(root!)) : undefined;
        const own = this.variable(base === undefined ? name : root!);
        if (base === undefined) {
          this.main.add(`${own} = ${value}`);
          known.set(canonicalName(name), own);
        } else {
          this.main.add(`${own} = ak.with_field(${base}, ${value}, ${quoted(member[0]!)})`);
          known.set(root!, own);
        }
        if (dependent) shifted.add(canonicalName(name));
      }
    });
    return now;
  }

  private keep(state: State, id: string, condition: Condition, omit: readonly string[]): State {
    if (typeof condition === 'object' && 'all' in condition && condition.all.length === 0) return state;
    const own = this.variable(
      id
        .replace(/\/rows$/, '')
        .replace('/cut ', '_')
        .replace('/alone ', '_alone_'),
    );
    const mask = `${state.mask === 'all_events' ? '' : `${state.mask} & `}${this.mask(condition, state)}`;
    if (omit.length > 0) this.main.add(`${own} = ${state.mask}`);
    this.unless(omit, () => this.main.add(`${own} = ${mask}`));
    return { ...state, mask: own, maskShifted: state.maskShifted || this.conditionShifted(condition, state) };
  }

  private mask(condition: Condition, state: State): string {
    if (typeof condition === 'string')
      return `helpers.true(${pythonOf(condition, this.names(state))}, length)`;
    if ('not' in condition) return `~${this.mask(condition.not, state)}`;
    const [parts, op] = 'all' in condition ? [condition.all, ' & '] : [condition.any, ' | '];
    if (parts.length === 0) return op === ' & ' ? 'all_events' : '~all_events';
    return `(${parts.map((one) => this.mask(one, state)).join(op)})`;
  }

  private weight(
    state: State,
    factors: Readonly<Record<string, string | Record<string, string>>>,
    omit: readonly string[],
  ): State {
    const own = this.variable('weights');
    const list = this.variable('variations');
    this.main.add(
      state.weights === undefined ? `${own} = Weights(length)` : `${own} = copy.deepcopy(${state.weights})`,
    );
    this.main.add(`${list} = [${state.variations === undefined ? '' : `*${state.variations}`}]`);
    let shifted = state.maskShifted;
    this.unless(omit, () => {
      for (const [name, factor] of Object.entries(factors)) {
        const given: Record<string, string> =
          typeof factor === 'string' ? { nominal: factor } : { ...factor };
        const { nominal, up, down, ...others } = given;
        const [other] = Object.keys(others);
        if (other !== undefined || nominal === undefined)
          throw new Untranslatable(
            `the direction '${other ?? ''}' of the weight '${name}' has no translation: coffea knows up and down`,
          );
        const array = (text: string) => `helpers.weight(${pythonOf(text, this.names(state))}, length)`;
        const parts = [quoted(name), array(nominal)];
        if (up !== undefined) parts.push(`weightUp=${array(up)}`);
        if (down !== undefined) parts.push(`weightDown=${array(down)}`);
        this.main.add(`${own}.add(${parts.join(', ')})`);
        const made = [...(up === undefined ? [] : ['up']), ...(down === undefined ? [] : ['down'])];
        if (made.length > 0)
          this.main.add(
            `${list} += [${made.map((one) => `(${quoted(`${name}_${one}`)}, ${quoted(`${name}${one === 'up' ? 'Up' : 'Down'}`)})`).join(', ')}]`,
          );
        shifted ||= Object.values(given).some((text) => this.isShifted(text, state));
      }
    });
    return { ...state, weights: own, variations: list, maskShifted: shifted };
  }

  private vary(
    state: State,
    name: string,
    fields: Readonly<Record<string, Record<string, string>>>,
    omit: readonly string[],
  ): State {
    const directions = [...new Set(Object.values(fields).flatMap((one) => Object.keys(one)))];
    const made = directions.map((one) => `${name}_${one}`);
    this.shifts.push({ names: made, omit });
    const known = new Map(state.fields);
    const shifted = new Set(state.shifted);
    for (const [field, texts] of Object.entries(fields)) {
      const [root, ...member] = field.split('.');
      const whole = member.length === 0;
      const before = whole
        ? this.names(state).field([root!]).code
        : (known.get(root!) ?? this.collection(root!));
      if (before === undefined)
        throw new Untranslatable(`'${field}', which ${name} varies, is no field of a collection`);
      const own = this.variable(root!);
      this.main.add(`${own} = ${before}`);
      for (const [direction, text] of Object.entries(texts)) {
        const value = pythonOf(text, this.names(state));
        this.main.block(`if shift == ${quoted(`${name}_${direction}`)}:`, () =>
          this.main.add(
            whole
              ? `${own} = ${value}`
              : `${own} = ak.with_field(${before}, ${value}, ${quoted(member[0]!)})`,
          ),
        );
      }
      known.set(root!, own);
      shifted.add(canonicalName(field));
    }
    return { ...state, fields: known, shifted, shifts: [...state.shifts, ...made] };
  }

  /** Whether a value depends on a shift: it names a shifted field, or the whole collection that has it. */
  private isShifted(text: string, { shifted }: State): boolean {
    return usedNames(parse(text)).some(({ parts }) => {
      const path = canonicalName(parts.join('.'));
      return [...shifted].some(
        (one) => path === one || path.startsWith(`${one}_`) || one.startsWith(`${path}_`),
      );
    });
  }

  private conditionShifted(condition: Condition, state: State): boolean {
    if (typeof condition === 'string') return this.isShifted(condition, state);
    if ('not' in condition) return this.conditionShifted(condition.not, state);
    return ('all' in condition ? condition.all : condition.any).some((one) =>
      this.conditionShifted(one, state),
    );
  }

  private fill({ fill, id }: FillStep, state: State, name: string, labels: readonly string[]): void {
    if (fill.kind === 'collect') {
      const piece = this.saved.get(id);
      if (piece === undefined) return;
      if (state.shifts.length > 0 || state.weights !== undefined || state.branches.length > 0)
        throw new Untranslatable(
          'weights, variations and regions above a join have no translation',
          'put them below it',
        );
      const fields = fill.fields.map(
        (field) =>
          `${quoted(canonicalName(field))}: ${pythonOf(
            field
              .split('.')
              .map((part) => `\`${part}\``)
              .join('.'),
            this.names(state),
          )}`,
      );
      this.main.add(
        `joins.save(self.folder, ${quoted(piece)}, self.files, events, ${state.mask}, {${fields.join(', ')}})`,
      );
      return;
    }
    if (fill.kind === 'hist') {
      const texts = [
        ...fill.axes.map((axis) => axis.field),
        ...(fill.sample === undefined ? [] : [fill.sample]),
        ...(typeof fill.weight === 'string' ? [fill.weight] : []),
      ];
      if (Array.isArray(fill.weight))
        throw new Untranslatable('a choice of weights by their names has no translation');
      const shifted = state.maskShifted || texts.some((text) => this.isShifted(text, state));
      const withVariations = labels.includes('variation');
      const regions = state.branches.map(
        ({ label }) => `hist.axis.StrCategory([], growth=True, name=${quoted(label)})`,
      );
      const variation = withVariations ? ['hist.axis.StrCategory([], growth=True, name="variation")'] : [];
      const axisNames = fill.axes.map((axis, i) => axisName(axis, i));
      const storage = { weighted: 'Weight', count: 'Int64', mean: 'WeightedMean' }[fill.storage];
      const axes = [
        'hist.axis.StrCategory([], growth=True, name="dataset")',
        ...regions,
        ...variation,
        ...fill.axes.map((axis, i) => axisCode(axis, axisNames[i]!, this.schema)),
      ];
      this.histograms.push([
        name,
        `hist.Hist(\n${axes.map((one) => `                ${one},\n`).join('')}                storage=hist.storage.${storage}(),\n            )`,
      ]);
      this.guarded(state, shifted, () => {
        const values = [
          ...fill.axes.map((axis) => axis.field),
          ...(fill.sample === undefined ? [] : [fill.sample]),
        ].map((text) => pythonOf(text, this.names(state)));
        const own =
          typeof fill.weight === 'string'
            ? `helpers.weight(${pythonOf(fill.weight, this.names(state))}, length)`
            : fill.weight === 1 || fill.storage === 'count'
              ? 'np.ones(length)'
              : undefined;
        this.perVariation(state, own, withVariations, (mask, names) => {
          this.main.add(`values, w = helpers.values(${mask}, weight, ${values.join(', ')})`);
          const targets = fill.axes.map((_, i) => `${axisNames[i]}=values[${i}]`);
          const more = [
            ...(fill.sample === undefined ? [] : [`sample=values[${fill.axes.length}]`]),
            ...(fill.storage === 'count' ? [] : ['weight=w']),
          ];
          this.main.add(
            `output[${quoted(name)}].fill(${['dataset=dataset', ...names, ...targets, ...more].join(', ')})`,
          );
        });
      });
      return;
    }
    if (state.branches.length > 0)
      throw new Untranslatable(
        `${fill.kind === 'counts' ? 'a cutflow' : 'a group'} inside regions has no translation`,
      );
    this.results.push([name, '{dataset: {}}']);
    const at = `output[${quoted(name)}][dataset]`;
    if (fill.kind === 'counts') {
      const steps = Object.values(fill.rows)
        .flatMap((row) => Object.values(row))
        .map((one) => this.states.get(one)!);
      const shifted = steps.some((one) => one.maskShifted);
      this.guarded(state, shifted, () =>
        this.perVariation(state, undefined, true, () => {
          this.main.block(`${at}[variation] = {`, () => {
            for (const [row, columns] of Object.entries(fill.rows)) {
              const parts = Object.entries(columns).map(
                ([suffix, step]) =>
                  `${quoted(suffix.replace(/^_/, '') || 'passed')}: helpers.counts(${this.states.get(step)!.mask}, weight)`,
              );
              this.main.add(`${quoted(row)}: {${parts.join(', ')}},`);
            }
          });
          this.main.add('}');
        }),
      );
      return;
    }
    if (fill.by.length > 0) throw new Untranslatable("'group' with 'by' has no translation: use hist");
    const aggregates = Object.entries(fill.agg).map(
      ([column, text]) => [column, aggregateCode(text, this.names(state))] as const,
    );
    const shifted = state.maskShifted || Object.values(fill.agg).some((text) => this.isShifted(text, state));
    this.guarded(state, shifted, () =>
      this.perVariation(state, undefined, true, (mask) => {
        this.main.add(
          `${at}[variation] = {${aggregates.map(([column, value]) => `${quoted(column)}: ${value.replaceAll('MASK', mask)}`).join(', ')}}`,
        );
      }),
    );
  }

  /** Statements for the shifts that matter to a result. */
  private guarded(state: State, shifted: boolean, body: () => void): void {
    if (state.shifts.length === 0) body();
    else if (shifted) this.main.block(`if shift in ${listed(['nominal', ...state.shifts])}:`, body);
    else this.main.block('if shift == "nominal":', body);
  }

  /** Statements for each variation by weight (of the nominal fields) and each region. */
  private perVariation(
    state: State,
    weight: string | undefined,
    withVariations: boolean,
    body: (mask: string, names: string[]) => void,
  ): void {
    const nominal = state.shifts.length === 0 ? '"nominal"' : 'shift';
    const weighted = weight === undefined && state.weights !== undefined;
    const many = weighted && withVariations;
    const others = many
      ? state.shifts.length === 0
        ? `, *${state.variations}`
        : `, *(${state.variations} if shift == "nominal" else [])`
      : '';
    this.main.block(`for variation, modifier in [(${nominal}, None)${others}]:`, () => {
      this.main.add(
        `weight = ${weighted ? `${state.weights}.weight(modifier)` : (weight ?? 'np.ones(length)')}`,
      );
      const names = withVariations ? ['variation=variation'] : [];
      const nest = (branches: readonly Branch[], mask: string, made: string[]): void => {
        const [first, ...rest] = branches;
        if (!first) {
          body(mask, [...made, ...names]);
          return;
        }
        const label = this.variable(first.label);
        const cut = this.variable(`in_${first.label}`);
        const cases = Object.entries(first.cases).map(([value, own]) => `(${quoted(value)}, ${own})`);
        this.main.block(`for ${label}, ${cut} in [${cases.join(', ')}]:`, () =>
          nest(rest, `${mask} & ${cut}`, [...made, `${identifier(first.label)}=${label}`]),
        );
      };
      nest(state.branches, state.mask, []);
    });
  }
}
