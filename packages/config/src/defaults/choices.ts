import { didYouMean } from '@fasthep/expression';
import { originOf } from '../origin/make.ts';
import { wordProblem } from '../override/parse.ts';
import { keyText } from '../override/text.ts';
import type { Override } from '../override/types.ts';
import { isSweep } from '../override/types.ts';
import { plainItem } from '../override/value.ts';
import { ConfigProblem } from '../problem/problem.ts';
import type { Entry } from './entry.ts';
import { groupEntry, groupPath, nameOf, overrideKey } from './entry.ts';

interface Choice {
  value: string | string[];
  /** The word, or the config and entry, that made it. */
  word: Override | undefined;
  from: Entry | undefined;
  fromConfig: string | undefined;
  used: boolean;
}

function wrong(override: Override, message: string, help?: string): never {
  const { word, index, valueAt } = override;
  const keyAt = word.length - word.replace(/^[+~]*/, '').length;
  throw wordProblem('override', message, word, index, keyAt, help, Math.max(keyAt + 1, valueAt - 1));
}

/** Which options are chosen: by the command line, by `override` entries, and in the end. */
export class Choices {
  readonly overrides = new Map<string, Choice>();
  readonly appended: Entry[] = [];
  readonly deletions = new Map<string, { name: string | null; word: Override; used: boolean }>();
  /** Overrides that change values, not groups. */
  readonly values: Override[] = [];
  /** The option of each group, in the order they were met. */
  readonly known = new Map<string, string | null>();
  readonly #byGroup = new Map<string, Set<string>>();

  /** With `numbers`, an option may be written as a number: `campaign=2018`. */
  constructor(overrides: readonly Override[], isGroup: (path: string) => boolean, numbers = false) {
    for (const override of overrides) {
      const { value } = override;
      if (value !== undefined && isSweep(value)) continue;
      const plain = value === undefined ? null : plainItem(value);
      if (plain instanceof Map || !isGroup(override.key)) this.values.push(override);
      else
        this.#group(
          override,
          numbers && typeof plain === 'number' ? override.word.slice(override.valueAt) : plain,
        );
    }
  }

  #group(override: Override, value: unknown): void {
    const key = keyText(override);
    if (override.type === 'FORCE_ADD')
      wrong(override, `the config group '${override.key}' cannot be added with ++`, 'use one +');
    if (override.type === 'DEL') {
      if (value !== null && typeof value !== 'string') wrong(override, 'an option of a config group is text');
      this.deletions.set(key.slice(1), { name: value as string | null, word: override, used: false });
      return;
    }
    const isList = Array.isArray(value) && value.every((one) => typeof one === 'string');
    if (typeof value !== 'string' && !isList)
      wrong(override, `the option of the config group '${override.key}' must be text or a list of texts`);
    const option = value as string | string[];
    if (override.type === 'ADD')
      this.appended.push(groupEntry(override.key, option, { package: override.package, appended: true }));
    else
      this.overrides.set(key, {
        value: option,
        word: override,
        from: undefined,
        fromConfig: undefined,
        used: false,
      });
  }

  /** An `override` entry of a list counts unless something stronger was there before. */
  addOverride(entry: Entry, config: string): void {
    const key = overrideKey(entry);
    if (!this.overrides.has(key))
      this.overrides.set(key, {
        value: entry.value as string,
        word: undefined,
        from: entry,
        fromConfig: config,
        used: false,
      });
  }

  /** Lets the stronger choice replace an entry's own. */
  apply(entry: Entry): void {
    if (entry.kind !== 'group') return;
    const choice = this.overrides.get(overrideKey(entry));
    if (!choice) return;
    entry.value = choice.value;
    choice.used = true;
  }

  /** Whether `~group` takes an entry out. */
  deletes(entry: Entry): boolean {
    if (entry.kind !== 'group') return false;
    const deletion = this.deletions.get(overrideKey(entry));
    if (!deletion || (deletion.name !== null && deletion.name !== nameOf(entry))) return false;
    deletion.used = true;
    return true;
  }

  /** Notes the option of a group; two different ones for one group cannot be. */
  note(entry: Entry): void {
    if (entry.kind !== 'group') return;
    const key = overrideKey(entry);
    const name = nameOf(entry);
    const before = this.known.get(key);
    if (this.known.has(key) && before !== name)
      throw new ConfigProblem('composition', `'${key}' is chosen twice: '${before}' and '${name}'`, {
        help: `to change a choice, write 'override ${key}: ${name}'`,
        origin: entry.place && originOf(entry.place),
      });
    this.known.set(key, name);
    const group = groupPath(entry);
    const keys = this.#byGroup.get(group) ?? new Set();
    keys.add(key);
    this.#byGroup.set(group, keys);
  }

  /** Every choice and deletion must have met its group. */
  check(): void {
    for (const [key, choice] of this.overrides) {
      if (choice.used) continue;
      const near = [...(this.#byGroup.get(key.split('@')[0]!) ?? [])].sort();
      const help =
        near.length > 0
          ? `did you mean ${near.map((one) => `'${one}'`).join(' or ')}?`
          : (didYouMean(key, this.known.keys()) ??
            (choice.word ? `to add it to the defaults list, write +${choice.word.word}` : undefined));
      if (choice.word) wrong(choice.word, `'${key}' is not in the defaults list`, help);
      throw new ConfigProblem(
        'composition',
        `In '${choice.fromConfig}': nothing in the defaults list is called '${key}', so it cannot be overridden`,
        {
          help,
          origin: choice.from?.place && originOf(choice.from.place),
        },
      );
    }
    for (const [key, deletion] of this.deletions)
      if (!deletion.used) {
        const shown = deletion.name === null ? key : `${key}=${deletion.name}`;
        wrong(deletion.word, `'${shown}' is not in the defaults list, so it cannot be taken out`);
      }
  }
}
