import { ExpressionError, parse } from '@fasthep/expression';
import { isMap } from '../../definition/index.ts';
import { keyOriginAt, pointer, problemAt } from '../../errors/index.ts';
import type { Definition } from '../../types/definition.ts';
import type { Extension } from '../../types/plugin.ts';
import type { Problem } from '../../types/problem.ts';

/** `functions:` macros and corrections for expressions. */
export const functionsKeyword: Extension = {
  keyword: 'functions',
  at: 'top',
  doc: 'Functions for expressions: `name(a, b): expression`, or `name: {file, correction}`.',
  schema: {
    type: 'object',
    additionalProperties: {
      anyOf: [
        { type: 'string', minLength: 1 },
        { type: 'number' },
        {
          type: 'object',
          properties: { file: { type: 'string' }, correction: { type: 'string' } },
          required: ['file', 'correction'],
          additionalProperties: false,
        },
      ],
    },
    examples: [{ 'square(x)': 'x * x' }],
  },
  order: 80,
  lower,
};

const HEAD = /^\s*[A-Za-z_]\w*\s*\(\s*([A-Za-z_]\w*(\s*,\s*[A-Za-z_]\w*)*)?\s*\)\s*$/;
const NAME = /^[A-Za-z_]\w*$/;

/** Checks heads and bodies; the functions stay for the types of streams. */
function lower(definition: Definition): { definition: Definition; problems: Problem[] } {
  const problems: Problem[] = [];
  for (const [head, body] of Object.entries(definition.settings.functions ?? {})) {
    const at = `/settings/functions${pointer(head)}`;
    const macro = !isMap(body);
    if (!(macro ? HEAD : NAME).test(head)) {
      problems.push({
        code: 'FLOW-K009',
        message: macro
          ? `'${head}' is not the head of a function`
          : `'${head}' is not the name of a correction`,
        help: macro ? 'write name(a, b): expression' : 'write name: {file: ..., correction: ...}',
        origin: keyOriginAt(definition, at),
      });
      continue;
    }
    if (typeof body !== 'string' || body.includes('${')) continue;
    try {
      parse(body);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      problems.push({
        code: 'FLOW-K009',
        message: error.message,
        help: error.help,
        origin: problemAt(definition, at, [], error.span),
      });
    }
  }
  return { definition, problems };
}
