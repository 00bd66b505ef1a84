import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bindLate,
  ConfigErrors,
  ConfigProblem,
  compose,
  composeFile,
  create,
  createFromText,
  dumpYaml,
  folderSource,
  instantiate,
  load,
  memoryFiles,
  merge,
  mergeDotlist,
  missingKeys,
  parseOverride,
  planMultirun,
  registryOf,
  renderProblems,
  resolveAll,
  resolveContext,
  select,
  toContainer,
  toYaml,
  update,
  validate,
} from '../index.ts';

/** Runs something that may refuse its input, but only with an error of ours. */
function typed<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof ConfigErrors) {
      renderProblems(error);
      return undefined;
    }
    if (error instanceof ConfigProblem) return undefined;
    throw error;
  }
}

const word = fc.constantFrom(
  'a',
  'b',
  'a.b',
  '${',
  '}',
  '${a}',
  '${b}',
  '${.b}',
  '${..a}',
  '[',
  ']',
  '{',
  ':',
  ': ',
  ',',
  '- ',
  '\n',
  '\n  ',
  '\t',
  '???',
  '&x ',
  '*x',
  '<<: *x',
  '!!int ',
  '!!python/object:os.system ',
  "'",
  '"',
  '|',
  '>',
  '\\',
  '${oc.env:HOME}',
  '${oc.decode:',
  '${oc.select:a,',
  '${a * 2}',
  '#',
  '%',
  '@',
  '`',
  '1',
  '010',
  '1e3',
  '.inf',
  'null',
  'true',
  '~',
  '+',
  '=',
  '__proto__',
  'constructor',
  'toString',
  'include: ',
  'defaults: ',
  'params: ',
  'choice(',
  'range(',
  ')',
  'sort(',
  '\u0000',
  '\ud800',
  'é',
);
const text = fc.oneof(
  fc.array(word, { maxLength: 24 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 60 }),
);
const json = fc.jsonValue({ maxDepth: 4 });
const context = () => resolveContext({ env: false });
const runs = { numRuns: 400 };

describe('no input makes anything fail but with a typed error', () => {
  it('YAML texts', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('1.2' as const, 'omegaconf' as const), (yaml, mode) => {
        const node = typed(() => load(yaml, { mode }));
        if (!node) return;
        typed(() => toContainer(node, context(), { resolve: true }));
        typed(() => toYaml(node, context()));
        typed(() => resolveAll(node, context()));
      }),
      runs,
    );
  });

  it('workflow files', () => {
    fc.assert(
      fc.property(text, text, fc.array(text, { maxLength: 3 }), (one, two, overrides) => {
        const files = memoryFiles({ 'w.yaml': one, 'b.yaml': two });
        const config = typed(() => composeFile('w.yaml', { files, overrides, late: ['matrix'] }));
        if (config) typed(() => bindLate(config, '', { matrix: { a: 1 } }));
      }),
      runs,
    );
  });

  it('interpolations', () => {
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        const root = typed(() => create({ a, b: { c: b, d: [c] } }));
        if (root)
          for (const path of ['a', 'b.c', 'b.d', 'b.d[0]', a]) typed(() => select(root, path, context()));
      }),
      runs,
    );
  });

  it('overrides and sweeps', () => {
    fc.assert(
      fc.property(text, (given) => {
        typed(() => parseOverride(given));
        typed(() => planMultirun([given]));
        typed(() =>
          compose({
            overrides: [given],
            sources: [folderSource('', memoryFiles({ 'g/x.yaml': 'a: 1' }))],
            context: context(),
          }),
        );
      }),
      runs,
    );
  });

  it('defaults lists', () => {
    const entry = fc.oneof(
      word,
      fc.record({ g: fc.oneof(word, fc.array(word, { maxLength: 2 }), fc.integer()) }),
      fc.dictionary(word, word, { maxKeys: 2 }),
    );
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 4 }), fc.array(entry, { maxLength: 3 }), (one, two) => {
        const files = memoryFiles({
          'c.yaml': JSON.stringify({ defaults: one }),
          'g/a.yaml': JSON.stringify({ defaults: two, x: 1 }),
          'a.yaml': 'y: 1',
        });
        typed(() => compose({ configName: 'c', sources: [folderSource('', files)], context: context() }));
      }),
      runs,
    );
  });

  it('plain data: merging, updating, dumping, validating, instantiating', () => {
    const schema = {
      type: 'object' as const,
      properties: { a: { type: 'integer' as const }, _target_: { enum: ['f'] } },
      additionalProperties: false,
    };
    fc.assert(
      fc.property(json, json, text, (one, two, path) => {
        const a = typed(() => create(one));
        const b = typed(() => create(two));
        if (a && b) typed(() => merge([a, b], context(), { lists: 'unique' }));
        if (a) typed(() => update(a, path, two, context()));
        if (a) typed(() => mergeDotlist(a, [path], context()));
        typed(() => dumpYaml(one));
        typed(() => createFromText(path));
        typed(() => instantiate(one, { registry: registryOf({ f: () => 1 }), context: context() }));
        const config = typed(() =>
          composeFile('a.yaml', { files: memoryFiles({ 'a.yaml': JSON.stringify({ a: one }) }) }),
        );
        if (config) typed(() => validate(schema, config, '/a'));
      }),
      runs,
    );
  });
});

describe('limits', () => {
  const refused = (run: () => unknown, code: string) => {
    const start = performance.now();
    expect(run).toThrow(expect.objectContaining({ code }));
    expect(performance.now() - start).toBeLessThan(20_000);
  };

  it('refuse an alias bomb', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let n = 1; n < 12; n++)
      lines.push(
        `a${n}: &a${n} [${Array(10)
          .fill(`*a${n - 1}`)
          .join(', ')}]`,
      );
    refused(() => load(lines.join('\n')), 'limit');
  });

  it('refuse deep nesting in every notation', () => {
    refused(() => load('['.repeat(20_000) + ']'.repeat(20_000)), 'limit');
    refused(() => load('{a: '.repeat(2000) + '1' + '}'.repeat(2000)), 'limit');
    refused(() => load(Array.from({ length: 1500 }, (_, n) => `${' '.repeat(n)}a:`).join('\n')), 'limit');
    let nested: unknown = 1;
    for (let n = 0; n < 5000; n++) nested = [nested];
    refused(() => create(nested), 'limit');
    refused(() => parseOverride(`a=${'['.repeat(5000)}`), 'override-syntax');
    refused(() => select(create({ a: '${'.repeat(5000) }), 'a', context()), 'interpolation-syntax');
  });

  it('refuse an interpolation bomb', () => {
    const lines = ['a0: [x, x, x, x, x, x, x, x, x, x]'];
    for (let n = 1; n < 9; n++)
      lines.push(
        `a${n}: [${Array(10)
          .fill(`"\${a${n - 1}}"`)
          .join(', ')}]`,
      );
    refused(() => composeFile('b.yaml', { files: memoryFiles({ 'b.yaml': lines.join('\n') }) }), 'limit');
  });

  it('refuse ranges without end and products without measure', () => {
    refused(() => planMultirun(['a=range(0,1e9)']), 'limit');
    refused(() => planMultirun(['a=range(0,1,0)']), 'override-syntax');
    refused(() => planMultirun(['a', 'b', 'c', 'd'].map((key) => `${key}=range(0,1000)`)), 'limit');
  });

  it('give no access to the environment when it is switched off', () => {
    process.env.FASTHEP_CONFIG_SECRET = 'secret';
    expect(() => select(create({ a: '${oc.env:FASTHEP_CONFIG_SECRET,x}' }), 'a', resolveContext())).toThrow(
      'switched off',
    );
  });
});

describe('keys of the prototype', () => {
  const yaml = '__proto__: {polluted: 1}\nconstructor: {prototype: {polluted: 1}}\ntoString: 2\n';

  it('are plain keys everywhere', () => {
    const config = composeFile('p.yaml', {
      files: memoryFiles({ 'p.yaml': yaml }),
      overrides: ['+__proto__.more=1', '+a.__proto__.polluted=1'],
    });
    expect(Object.keys(config.value as object)).toEqual(['__proto__', 'constructor', 'toString', 'a']);
    const json = JSON.stringify(config.value);
    expect(json).toContain('"__proto__":{"polluted":1,"more":1}');
    validate({ properties: { a: {} } }, config);
    instantiate(JSON.parse('{"__proto__": {"polluted": 1}, "a": 1}'), {
      registry: registryOf({}),
      context: context(),
    });
    const root = create({});
    update(root, '__proto__.polluted', 1, context());
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('containers that lead to each other', () => {
  it.each([
    ['a: {x: "${b}"}\nb: {y: "${a}"}\n'],
    ['a: ["${oc.select:a}"]\n'],
    ['a: ["${b}"]\nb: ["${a}"]\nc: "${b[0] + 1}"\nd: "${len(a)}"\n'],
  ])('are refused in %j', (yaml) => {
    const root = () => load(yaml);
    const is = (run: () => unknown) => expect(run).toThrow(ConfigProblem);
    is(() => toContainer(root(), context(), { resolve: true }));
    is(() => resolveAll(root(), context()));
    typed(() => missingKeys(root(), context()));
    expect(() => composeFile('a.yaml', { files: memoryFiles({ 'a.yaml': yaml }) })).toThrow(ConfigErrors);
    typed(() => instantiate(root(), { registry: registryOf({}), context: context() }));
  });
});
