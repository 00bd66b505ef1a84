import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Config, composeFile, memoryFiles, originAt, type PlainJson, pointerTo } from '../index.ts';

const key = fc.constantFrom('a', 'b', 'c', 'd.e', 'f g', 'h/i', 'j~k');
const leaf = fc.oneof(
  fc.constantFrom(
    'plain',
    "it's",
    'two\nlines',
    'a: b',
    '${ref.x}',
    'x ${ref.x} y ${ref.n}',
    '${ref}',
    '${ref.n * 2}',
    '${oc.select:ref.x}',
    '${oc.decode:"[1,2]"}',
    '\\${no}',
    '',
  ),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const { tree } = fc.letrec<{ tree: PlainJson }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    leaf as fc.Arbitrary<PlainJson>,
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(key, tie('tree'), { maxKeys: 3, noNullPrototype: true }),
  ),
}));
const map = fc.dictionary(key, tree, { maxKeys: 4, noNullPrototype: true });

function* pointers(value: PlainJson, at = ''): Generator<[string, PlainJson]> {
  yield [at, value];
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) yield* pointers(item, pointerTo(at, index));
  else if (value !== null && typeof value === 'object')
    for (const [name, item] of Object.entries(value)) yield* pointers(item, pointerTo(at, name));
}

const inFile = ({ sources }: Config, file: string, line: number, column: number) => {
  const text = sources[file]?.split('\n')[line - 1];
  return text !== undefined && column >= 1 && column <= text.length + 1;
};

describe('origins', () => {
  it('every node of a composed, merged, interpolated config has one, in a file that is known', () => {
    fc.assert(
      fc.property(map, map, (one, two) => {
        const files = memoryFiles({
          'one.yaml': JSON.stringify({ include: ['two.yaml', 'ref.yaml'], ...one }, null, 1),
          'two.yaml': JSON.stringify(two),
          'ref.yaml': 'ref: {x: hello, n: 3}\n',
        });
        const config = composeFile('one.yaml', { files, overrides: ['+added={p:1,q:[2,3]}', 'ref.x=there'] });
        for (const [pointer, value] of pointers(config.value)) {
          const origin = config.origins[pointer];
          expect(origin, pointer).toBeDefined();
          expect(
            inFile(config, origin!.file, origin!.line, origin!.column),
            `${pointer} at ${JSON.stringify(origin)}`,
          ).toBe(true);
          if (typeof value === 'string')
            for (const offset of [0, value.length >> 1, Math.max(0, value.length - 1)]) {
              const inside = originAt(config, pointer, offset);
              expect(inFile(config, inside.file, inside.line, inside.column), `${pointer}[${offset}]`).toBe(
                true,
              );
            }
          if (value !== null && typeof value === 'object' && !Array.isArray(value))
            for (const name of Object.keys(value)) {
              const at = pointerTo(pointer, name);
              const made = config.value !== null && originAt(config, at).via !== undefined;
              if (!made && !at.startsWith('/added'))
                expect(config.keyOrigins[at] ?? config.origins[at], at).toBeDefined();
            }
        }
      }),
      { numRuns: 300 },
    );
  });
});
