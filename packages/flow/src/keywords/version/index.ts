import { originAt } from '../../errors/index.ts';
import type { Definition } from '../../types/definition.ts';
import type { JsonObject } from '../../types/json.ts';
import type { Extension } from '../../types/plugin.ts';
import type { Problem } from '../../types/problem.ts';

/** The version of the language that this program has. */
const VERSION = 1;

/** `version:` of the language. */
export const versionKeyword: Extension = {
  keyword: 'version',
  at: 'top',
  doc: 'Version of the workflow language (1).',
  schema: { type: 'integer' },
  order: 80,
  lower,
};

function lower(definition: Definition): { definition: Definition; problems: Problem[] } {
  const { version, ...settings } = definition.settings as JsonObject;
  if (version === undefined) return { definition, problems: [] };
  const problems: Problem[] =
    version === VERSION || typeof version !== 'number'
      ? []
      : [
          {
            code: 'FLOW-K008',
            message: `version ${version} of the language is not known`,
            help: `this program reads version ${VERSION}`,
            origin: originAt(definition, '/settings/version'),
          },
        ];
  return { definition: { ...definition, settings }, problems };
}
