/** Packs that a workflow names under `use:`. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { COMMAND_LINE, type Config } from '@fasthep/config';
import { FlowErrors, type Plugin, type Problem } from '@fasthep/flow';
import type { LoadedPlugin } from './shipped.ts';

/** Loads the packs of `use:`. Paths count from the file that says them, names of packages too. */
export async function usedPlugins(config: Config, cwd: string): Promise<LoadedPlugin[]> {
  const { use } = config.value as { use?: unknown };
  const words = Array.isArray(use) ? use : [];
  const problems: Problem[] = [];
  const loaded: LoadedPlugin[] = [];
  for (const [index, word] of words.entries()) {
    const origin = config.origins[`/use/${index}`] ?? config.origins['/use'];
    const folder = !origin || origin.file === COMMAND_LINE ? cwd : dirname(resolve(cwd, origin.file));
    const problem = (message: string, help?: string): Problem => ({
      code: 'FLOW-U001',
      message,
      help,
      origin,
    });
    if (typeof word !== 'string') {
      problems.push(
        problem('a pack is named by a text: the name of a package, or a path that begins with ./'),
      );
      continue;
    }
    try {
      const module = moduleUrl(word, folder);
      const found = (await import(module)) as { default?: unknown; plugin?: unknown };
      const plugin = found.default ?? found.plugin;
      if (isPlugin(plugin)) loaded.push({ plugin, module });
      else
        problems.push(
          problem(
            `'${word}' is no pack: it exports no plug-in as 'default'`,
            'export default definePlugin({ name: … })',
          ),
        );
    } catch (error) {
      problems.push(
        problem(`the pack '${word}' cannot be loaded: ${firstLine(error)}`, helpFor(word, folder)),
      );
    }
  }
  if (problems.length > 0) throw new FlowErrors(problems, config.sources);
  return loaded;
}

function moduleUrl(word: string, folder: string): string {
  if (/^\.{0,2}\//.test(word)) return pathToFileURL(resolve(folder, word)).href;
  return pathToFileURL(createRequire(resolve(folder, 'workflow.js')).resolve(word)).href;
}

function isPlugin(value: unknown): value is Plugin {
  return typeof value === 'object' && value !== null && typeof (value as Plugin).name === 'string';
}

function firstLine(error: unknown): string {
  return String((error as Error).message ?? error).split('\n')[0]!;
}

function helpFor(word: string, folder: string): string | undefined {
  if (!/^\.{0,2}\//.test(word)) return `install it with 'npm install ${word}' in ${folder}`;
  const path = resolve(folder, word);
  if (!existsSync(path)) return `there is no file ${path}`;
  if (/\.[cm]?ts$/.test(word)) return 'TypeScript files need a Node that strips types (22.18 or newer)';
  return undefined;
}
