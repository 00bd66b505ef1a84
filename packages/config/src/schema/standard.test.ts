import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  composeFile,
  create,
  type JsonSchema,
  memoryFiles,
  mergeInto,
  resolveContext,
  set,
  structFromJsonSchema,
  structNode,
  structToJsonSchema,
  toContainer,
  validateStandard,
} from '../index.ts';

const config = composeFile('a.yaml', {
  files: memoryFiles({ 'a.yaml': 'db:\n  host: h\n  port: ${p}\np: "many"\n' }),
});
const schema = z.object({ db: z.object({ host: z.string(), port: z.number() }), p: z.string() });

describe('validateStandard', () => {
  it('points a zod issue at the value and at where it came from', async () => {
    const { value, problems } = await validateStandard(schema, config);
    expect(value).toBeUndefined();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      code: 'validation',
      fullKey: 'db.port',
      origin: { line: 3, column: 9 },
    });
    expect(problems[0]!.related[0]!.origin).toMatchObject({ line: 4, column: 4 });
  });

  it('gives what the schema makes of the value', async () => {
    const { value, problems } = await validateStandard(
      z.object({ host: z.string().toUpperCase() }),
      config,
      '/db',
    );
    expect(problems).toEqual([]);
    expect(value).toEqual({ host: 'H' });
  });
});

describe('records from JSON Schema', () => {
  const json = z.toJSONSchema(
    z.object({
      name: z.string(),
      cores: z.int().default(2),
      mode: z.enum(['fast', 'safe']).default('safe'),
      tags: z.array(z.string()).default([]),
    }),
  ) as JsonSchema;
  const struct = structFromJsonSchema(json, 'Stage');
  const context = resolveContext();
  const make = () => structNode(struct, { kind: 'struct', of: struct, optional: false }, context);

  it('convert and refuse on merge', () => {
    const node = make();
    mergeInto(node, create({ name: 'a', cores: '8', mode: 'fast' }), context);
    expect(
      Object.fromEntries(toContainer(node, context, { enumToText: true }) as Map<string, unknown>),
    ).toEqual({ name: 'a', cores: 8, mode: 'fast', tags: [] });
    expect(() => set(node, 'cores', 'x', context)).toThrow(
      expect.objectContaining({ code: 'validation', fullKey: 'cores' }),
    );
    expect(() => set(node, 'nope', 1, context)).toThrow(expect.objectContaining({ code: 'key' }));
    expect(() => set(node, 'mode', 'quick', context)).toThrow(
      expect.objectContaining({ help: 'one of fast, safe' }),
    );
  });

  it('go back to JSON Schema', () => {
    expect(structToJsonSchema(struct)).toMatchObject({
      type: 'object',
      required: ['name'],
      additionalProperties: false,
      properties: {
        name: { type: 'string' },
        cores: { type: 'integer', default: 2 },
        mode: { enum: ['fast', 'safe'], default: 'safe' },
      },
    });
  });
});
