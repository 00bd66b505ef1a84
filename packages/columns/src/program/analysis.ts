import { calls, didYouMean, type Expression, parse, print } from '@fasthep/expression';
import { type Macro, meaning, type Scope } from '../check/expression.ts';
import { type Collections, readCollection } from '../fields/collections.ts';
import { canonical, type Field, type Fields, layered, noFields, sourceFields } from '../fields/fields.ts';
import type { ExternalFunction } from '../functions/types.ts';
import { both, either, not } from '../ir/arithmetic.ts';
import { Graph } from '../ir/graph.ts';
import type { Node } from '../ir/types.ts';
import { condition } from '../value/arithmetic.ts';
import { spreadTo } from '../value/broadcast.ts';
import { Refusal } from '../value/refusal.ts';
import { isData } from '../value/type.ts';
import type { Data, ScalarValue, Value } from '../value/types.ts';
import { isVector } from '../value/vector.ts';
import { Poisoned, Problems, type TextPlace } from './problems.ts';
import { type Cut, NOMINAL, type State } from './states.ts';
import type { Condition, Program, Step } from './types.ts';

/** What a text read, for content keys. */
export interface TextInfo {
  canonical: string;
  reads: string[];
}

/** Finds out what every step of a program means, nominal and under each variation. Nothing is computed twice. */
export class Analysis {
  readonly graph = new Graph();
  readonly problems = new Problems();
  readonly program: Program;
  readonly texts = new Map<string, Map<string, TextInfo>>();
  readonly steps = new Map<string, Step>();
  readonly macros = new Map<string, Macro>();
  readonly externals: Readonly<Record<string, ExternalFunction>>;
  private readonly states = new Map<string, State>();
  private readonly constants = new Map<string, unknown>();
  private readonly source: Fields;
  private readonly upstream = new Map<string, string[]>();

  constructor(program: Program, externals: Readonly<Record<string, ExternalFunction>> = {}) {
    this.program = program;
    this.externals = externals;
    this.source = sourceFields(this.graph, program.schema, this.collections(program));
    for (const step of program.steps) this.addStep(step);
    this.addConstants('', program.constants ?? {});
    for (const [head, text] of Object.entries(program.functions ?? {})) this.addMacro(head, text);
  }

  private collections(program: Program): Collections {
    const collections = new Map<string, ReadonlyMap<string, string>>();
    for (const [name, value] of Object.entries(program.collections ?? {})) {
      const place = { step: '', path: ['collections', name] };
      const members = this.problems.attempt(place, () => readCollection(program.schema, name, value));
      if (members) collections.set(name, members);
    }
    return collections;
  }

  private addStep(step: Step): void {
    const place = { step: step.id, path: ['id'] };
    if (step.id === '' || this.steps.has(step.id))
      this.problems.add(place, { code: 'program.step', message: `two steps have the id '${step.id}'` });
    else if (step.from !== '' && !this.steps.has(step.from))
      this.problems.add(
        { step: step.id, path: ['from'] },
        {
          code: 'program.step',
          message: `'${step.id}' comes from '${step.from}', which no step before it is`,
        },
      );
    else this.steps.set(step.id, step);
  }

  private addConstants(prefix: string, values: Record<string, unknown>): void {
    for (const [name, value] of Object.entries(values)) {
      const path = prefix + name;
      this.constants.set(path, value);
      if (value !== null && typeof value === 'object' && !Array.isArray(value))
        this.addConstants(`${path}.`, value as Record<string, unknown>);
    }
  }

  private addMacro(head: string, text: string): void {
    const place: TextPlace = { step: '', path: ['functions', head] };
    const form = /^\s*([\p{L}_][\p{L}\p{N}_]*)\s*\(([^()]*)\)\s*$/u.exec(head);
    const body = this.problems.attempt(place, () => {
      if (!form)
        throw new Refusal('syntax', `'${head}' is no head of a function`, "write it as 'name(a, b)'");
      return parse(text);
    });
    if (!body || !form) return;
    const parameters = form[2]!.split(',').map((one) => one.trim());
    const names = parameters.length === 1 && parameters[0] === '' ? [] : parameters;
    this.macros.set(form[1]!, { name: form[1]!, parameters: names, body });
  }

  /** The steps from the source to this one. */
  chain(id: string): string[] {
    const known = this.upstream.get(id);
    if (known) return known;
    const step = this.steps.get(id);
    const result = step ? [...this.chain(step.from), id] : [];
    this.upstream.set(id, result);
    return result;
  }

  /** Variations made at or above a step, in the order of the chain. */
  variations(id: string): string[] {
    let names = this.madeVariations.get(id);
    if (!names) {
      names = this.findVariations(id);
      this.madeVariations.set(id, names);
    }
    return names;
  }
  private readonly madeVariations = new Map<string, string[]>();

  private findVariations(id: string): string[] {
    const names: string[] = [];
    for (const one of this.chain(id)) {
      const step = this.steps.get(one)!;
      if (step.do === 'vary')
        for (const field of Object.values(step.fields))
          for (const direction of Object.keys(field)) names.push(`${step.name}_${direction}`);
      if (step.do === 'weight')
        for (const [name, factor] of Object.entries(step.factors))
          if (typeof factor !== 'string')
            for (const direction of Object.keys(factor))
              if (direction !== NOMINAL) names.push(`${name}_${direction}`);
    }
    return [...new Set(names)];
  }

  /** What a step sees and keeps. `''` is the source. */
  state(id: string, variation: string): State {
    const key = `${id}\u0001${variation}`;
    const known = this.states.get(key);
    if (known) return known;
    const made = this.make(id, variation);
    this.states.set(key, made);
    return made;
  }

  private make(id: string, variation: string): State {
    const step = this.steps.get(id);
    if (!step) return { fields: this.source, cuts: [], weights: [], branches: [] };
    const above = this.state(step.from, variation);
    if (variation !== NOMINAL) {
      // As long as nothing differs from nominal, a step is nominal too.
      const touched = this.touches(step, variation);
      if (!touched && above === this.state(step.from, NOMINAL)) return this.state(id, NOMINAL);
    }
    switch (step.do) {
      case 'define':
        return {
          ...above,
          fields: this.define(step.id, ['fields'], step.fields, above.fields, step.replace === true),
        };
      case 'project':
        return { ...above, fields: this.project(step.id, step.fields, above.fields) };
      case 'keep': {
        const test = this.condition({ step: id, path: ['expr'] }, step.expr, above.fields);
        return test ? { ...above, cuts: [...above.cuts, { condition: test }] } : above;
      }
      case 'branch': {
        const cases = new Map<string, Node>();
        for (const [name, expr] of Object.entries(step.cases)) {
          const test = this.condition({ step: id, path: ['cases', name] }, expr, above.fields);
          cases.set(name, test ?? this.graph.truth(false));
        }
        const cut: Cut = { label: step.label, cases };
        return {
          ...above,
          cuts: [...above.cuts, cut],
          branches: [...above.branches, { label: step.label, cases: [...cases.keys()] }],
        };
      }
      case 'only':
        return this.only(step, above);
      case 'weight':
        return { ...above, weights: [...above.weights, ...this.weights(step, above.fields, variation)] };
      case 'vary':
        return { ...above, fields: this.vary(step, above.fields, variation) };
      case 'fill':
        return above;
    }
  }

  private touches(step: Step, variation: string): boolean {
    if (step.do === 'vary')
      return Object.values(step.fields).some((directions) =>
        Object.keys(directions).some((direction) => `${step.name}_${direction}` === variation),
      );
    if (step.do !== 'weight') return false;
    return Object.entries(step.factors).some(
      ([name, factor]) =>
        typeof factor !== 'string' &&
        Object.keys(factor).some(
          (direction) => direction !== NOMINAL && `${name}_${direction}` === variation,
        ),
    );
  }

  private only(step: Step & { do: 'only' }, above: State): State {
    const branch = above.branches.find((one) => one.label === step.label);
    const place = { step: step.id, path: ['value'] };
    if (!branch?.cases.includes(step.value)) {
      this.problems.add(place, {
        code: 'program.label',
        message: branch ? `'${step.label}' has no '${step.value}'` : `there is no label '${step.label}' here`,
        ...(branch && { help: `it has ${branch.cases.join(', ')}` }),
      });
      return above;
    }
    return {
      ...above,
      branches: above.branches.map((one) => (one === branch ? { ...one, cases: [step.value] } : one)),
    };
  }

  private weights(step: Step & { do: 'weight' }, fields: Fields, variation: string): State['weights'] {
    const result: { name: string; value: ScalarValue }[] = [];
    for (const [name, factor] of Object.entries(step.factors)) {
      const texts = typeof factor === 'string' ? { [NOMINAL]: factor } : factor;
      for (const [direction, text] of Object.entries(texts)) {
        const varied = direction !== NOMINAL && `${name}_${direction}` === variation;
        const chosen = varied || (direction === NOMINAL && !this.variesFactor(name, texts, variation));
        const path = typeof factor === 'string' ? ['factors', name] : ['factors', name, direction];
        const place = { step: step.id, path };
        // Texts that are not chosen are looked at once, for their errors.
        if (!chosen && variation !== NOMINAL) continue;
        const value = this.number(place, text, fields, 'a weight');
        if (value && chosen) result.push({ name, value });
      }
    }
    return result;
  }

  private variesFactor(name: string, texts: Record<string, string>, variation: string): boolean {
    return Object.keys(texts).some(
      (direction) => direction !== NOMINAL && `${name}_${direction}` === variation,
    );
  }

  /** A number (or condition) of the row. */
  number(place: TextPlace, text: string, fields: Fields, what: string): ScalarValue | undefined {
    return this.problems.attempt(place, () => {
      const value = this.value(place, text, fields);
      if (value.kind !== 'scalar' || value.node.type === 'string')
        throw new Refusal('type', `${what} is a number of the row`);
      if (value.shape.length > 0)
        throw new Refusal(
          'type',
          `${what} is one number for each row, but this has one for each of '${value.shape[0]!.axis.label}'`,
          'reduce it: sum(...), prod(...), max(...)',
        );
      return value;
    });
  }

  /** A text as a value; keeps what it read. Throws. */
  value(place: TextPlace, text: string, fields: Fields): Value {
    const tree = this.problems.parse(place, text);
    if (!tree) throw new Poisoned();
    const uses = new Set<string>();
    const result = meaning(tree, this.scope(place, fields, uses));
    this.keepText(place, tree, uses);
    return result;
  }

  data(place: TextPlace, text: string, fields: Fields): Data {
    const value = this.value(place, text, fields);
    if (isData(value)) return value;
    throw new Refusal('type', 'a field is a value, not a list written out or None');
  }

  scope(place: TextPlace, fields: Fields, uses: Set<string>): Scope {
    return {
      graph: this.graph,
      fields,
      uses,
      constant: (path) => this.constants.get(path),
      constants: [...this.constants.keys()],
      macros: this.macros,
      externals: this.externals,
      warn: (message, span, help) =>
        this.problems.add(place, {
          code: 'warning',
          severity: 'warning',
          message,
          span,
          ...(help && { help }),
        }),
    };
  }

  keepText(place: TextPlace, tree: Expression, uses: Set<string>): void {
    const texts = this.texts.get(place.step) ?? new Map<string, TextInfo>();
    this.texts.set(place.step, texts);
    const key = place.path.join('/');
    const before = texts.get(key);
    const reads = [...new Set([...(before?.reads ?? []), ...uses])].sort();
    texts.set(key, { canonical: before?.canonical ?? this.canonicalText(tree), reads });
  }

  /** Canonical text with the texts of the own functions that it calls, so that a change of one shows. */
  private canonicalText(tree: Expression): string {
    const used = new Set<string>();
    const visit = (one: Expression): void => {
      for (const name of calls(one)) {
        const macro = this.macros.get(name);
        if (!macro || used.has(name)) continue;
        used.add(name);
        visit(macro.body);
      }
    };
    visit(tree);
    const functions = [...used].sort().map((name) => {
      const macro = this.macros.get(name)!;
      return ` where ${name}(${macro.parameters.join(', ')}) = ${print(macro.body)}`;
    });
    return print(tree) + functions.join('');
  }

  private define(
    step: string,
    path: string[],
    texts: Record<string, string>,
    above: Fields,
    replace: boolean,
  ): Fields {
    const own: Field[] = [];
    const fields = layered(own, above);
    for (const [name, text] of Object.entries(texts)) {
      const place: TextPlace = { step, path: [...path, name] };
      this.checkName(place, name, above, replace);
      own.push(
        this.lazyField(place, name, () =>
          this.fieldValue(place, name, text, replace ? above : fields, fields, above),
        ),
      );
    }
    for (const field of own) this.problems.attempt({ step, path }, () => field.value());
    return fields;
  }

  private checkName(place: TextPlace, name: string, above: Fields, replace: boolean): void {
    const exists = above.named(canonical(name)).length > 0;
    if (replace && !exists) {
      this.problems.add(place, {
        code: 'program.name',
        message: `there is no field '${name}' to redefine`,
        help: 'define makes new ones',
      });
    } else if (!replace && exists) {
      this.problems.add(place, {
        code: 'program.name',
        message: `there is a field '${name}' already`,
        help: 'redefine replaces it',
      });
    }
  }

  private lazyField(place: TextPlace, name: string, make: () => Data): Field {
    let made: Data | undefined;
    let state: 'new' | 'busy' | 'wrong' | 'made' = 'new';
    return {
      name,
      id: `${name}@${place.step}`,
      value: () => {
        if (state === 'wrong') throw new Poisoned();
        if (state === 'busy') throw new Refusal('value', `'${name}' is defined by itself`);
        if (state === 'new') {
          state = 'busy';
          made = this.problems.attempt(place, make);
          state = made ? 'made' : 'wrong';
        }
        if (!made) throw new Poisoned();
        return made;
      },
    };
  }

  /** The value of `A.b`: of each object, where `A` is a collection. */
  private fieldValue(
    place: TextPlace,
    name: string,
    text: string,
    fields: Fields,
    own: Fields,
    above: Fields,
  ): Data {
    const value = this.data(place, text, fields);
    const dot = name.lastIndexOf('.');
    if (dot < 0) return value;
    const parent = name.slice(0, dot);
    const key = canonical(parent);
    const direct = own.named(key)[0];
    const shape = direct ? direct.value().shape : above.collection(key);
    if (!shape || value.shape.length > shape.length) return value;
    const same = value.shape.every((level, i) => level.axis === shape[i]!.axis);
    if (!same)
      throw new Refusal(
        'type',
        `'${name}' would belong to '${shape[0]!.axis.label}', but its values belong to '${value.shape[0]!.axis.label}'`,
      );
    return spreadTo(this.graph, value, shape);
  }

  private project(step: string, texts: Record<string, string>, above: Fields): Fields {
    const own: Field[] = [];
    for (const [name, text] of Object.entries(texts)) {
      const place: TextPlace = { step, path: ['fields', name] };
      own.push(this.lazyField(place, name, () => this.data(place, text, above)));
    }
    for (const field of own) this.problems.attempt({ step, path: ['fields'] }, () => field.value());
    return layered(own, noFields);
  }

  private vary(step: Step & { do: 'vary' }, above: Fields, variation: string): Fields {
    const own: Field[] = [];
    for (const [name, directions] of Object.entries(step.fields)) {
      const place: TextPlace = { step: step.id, path: ['fields', name] };
      const before = above.named(canonical(name))[0];
      if (!before) {
        const help = didYouMean(
          name,
          [...above.all().values()].map((field) => field.name),
        );
        const message = `there is no field '${name}' to vary`;
        this.problems.add(place, { code: 'program.name', message, ...(help && { help }) });
        continue;
      }
      let chosen: (() => Data) | undefined;
      for (const [direction, text] of Object.entries(directions)) {
        const at: TextPlace = { step: step.id, path: ['fields', name, direction] };
        const make = () => this.varied(at, name, text, above, before);
        if (`${step.name}_${direction}` === variation) chosen = make;
        else if (variation === NOMINAL) this.problems.attempt(at, make);
      }
      own.push(this.lazyField(place, name, chosen ?? (() => before.value())));
    }
    for (const field of own) this.problems.attempt({ step: step.id, path: ['fields'] }, () => field.value());
    return layered(own, above);
  }

  private varied(place: TextPlace, name: string, text: string, above: Fields, before: Field): Data {
    const value = this.data(place, text, above);
    const nominal = before.value();
    const fits =
      value.shape.length <= nominal.shape.length &&
      value.shape.every((level, i) => level.axis === nominal.shape[i]!.axis);
    if (!fits) throw new Refusal('type', `a variation of '${name}' has another shape than '${name}'`);
    return spreadTo(this.graph, value, nominal.shape);
  }

  /** A condition on rows as one node: missing counts as false. Undefined if something is wrong. */
  condition(place: TextPlace, expr: Condition, fields: Fields): Node | undefined {
    const { graph } = this;
    if (typeof expr === 'string')
      return this.problems.attempt(place, () => this.rowCondition(place, expr, fields));
    if ('not' in expr) {
      const of = this.condition({ ...place, path: [...place.path, 'not'] }, expr.not, fields);
      return of && not(graph, of);
    }
    const key = 'all' in expr ? 'all' : 'any';
    const parts = ('all' in expr ? expr.all : expr.any).map((one, i) =>
      this.condition({ ...place, path: [...place.path, key, i] }, one, fields),
    );
    if (parts.some((one) => one === undefined)) return undefined;
    return (parts as Node[]).reduce(
      (a, b) => (key === 'all' ? both(graph, a, b) : either(graph, a, b)),
      graph.truth(key === 'all'),
    );
  }

  private rowCondition(place: TextPlace, text: string, fields: Fields): Node {
    const value = this.value(place, text, fields);
    if (value.kind === 'record') {
      const what = isVector(value) ? 'an object' : 'a record';
      throw new Refusal(
        'type',
        `a condition is true or false, but this is ${what}`,
        `write ${text} is not None`,
      );
    }
    const test = condition(this.graph, value, 'a selection of rows');
    if (test.shape.length > 0) {
      const { label } = test.shape[0]!.axis;
      const name = label.toLowerCase();
      throw new Refusal(
        'type',
        `this holds or not for each of '${label}', but rows are kept or dropped as a whole`,
        `write any(${text}) or all(${text}); to keep the objects that pass: define {${name}: "${label}[${text}]"}`,
      );
    }
    return test.ok ? both(this.graph, test.ok, test.node) : test.node;
  }
}
