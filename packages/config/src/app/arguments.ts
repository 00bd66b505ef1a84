import { didYouMean } from '@fasthep/expression';

/** What a command line asks for, besides its overrides. */
export interface AppArguments {
  overrides: string[];
  multirun: boolean;
  cfg?: 'job' | 'hydra' | 'all';
  info?: (typeof INFOS)[number];
  /** Whether interpolations are followed in what `--cfg` prints. */
  resolve: boolean;
  package?: string;
  configName?: string;
  configPath?: string;
  configDir?: string;
  rerun?: string;
  help: boolean;
  settingsHelp: boolean;
  version: boolean;
  completion: boolean;
}

export const INFOS = ['all', 'config', 'defaults', 'defaults-tree', 'plugins', 'searchpath'] as const;
const CFGS = ['job', 'hydra', 'all'] as const;

/** A command line that cannot be understood: the program ends with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly help: string | undefined;
  constructor(message: string, help?: string) {
    super(message);
    this.help = help;
  }
}

const FLAGS: Record<string, keyof AppArguments> = {
  '--multirun': 'multirun',
  '-m': 'multirun',
  '--resolve': 'resolve',
  '--help': 'help',
  '-h': 'help',
  '--hydra-help': 'settingsHelp',
  '--version': 'version',
  '--shell-completion': 'completion',
  '-sc': 'completion',
};
const VALUES: Record<string, keyof AppArguments> = {
  '--cfg': 'cfg',
  '-c': 'cfg',
  '--package': 'package',
  '-p': 'package',
  '--config-name': 'configName',
  '-cn': 'configName',
  '--config-path': 'configPath',
  '-cp': 'configPath',
  '--config-dir': 'configDir',
  '-cd': 'configDir',
  '--experimental-rerun': 'rerun',
};

/** All options, for completion. */
export const OPTIONS: string[] = [
  ...Object.keys(FLAGS),
  ...Object.keys(VALUES),
  '--info',
  '-i',
  '--run',
  '-r',
].filter((one) => one.startsWith('--'));

function choice<T extends string>(option: string, value: string, choices: readonly T[]): T {
  const found = choices.find((one) => one === value);
  if (found === undefined)
    throw new UsageError(
      `${option} cannot be '${value}'`,
      didYouMean(value, choices) ?? `one of ${choices.join(', ')}`,
    );
  return found;
}

/** Hydra's options and overrides, in any order. Throws `UsageError`. */
export function parseArguments(words: readonly string[]): AppArguments {
  const made: AppArguments = {
    overrides: [],
    multirun: false,
    resolve: false,
    help: false,
    settingsHelp: false,
    version: false,
    completion: false,
  };
  const rest = [...words];
  while (rest.length > 0) {
    const word = rest.shift()!;
    const equals = word.startsWith('--') ? word.indexOf('=') : -1;
    const option = equals < 0 ? word : word.slice(0, equals);
    const flag = FLAGS[option];
    const named = VALUES[option];
    if (flag && equals < 0) Object.assign(made, { [flag]: true });
    else if (named) {
      const value = equals < 0 ? rest.shift() : word.slice(equals + 1);
      if (value === undefined) throw new UsageError(`${option} needs a value`);
      Object.assign(made, { [named]: named === 'cfg' ? choice(option, value, CFGS) : value });
    } else if (option === '--info' || option === '-i') {
      const value =
        equals >= 0
          ? word.slice(equals + 1)
          : rest[0] !== undefined && !rest[0].startsWith('-') && !rest[0].includes('=')
            ? rest.shift()!
            : 'all';
      made.info = choice(option, value, INFOS);
    } else if (option === '--run' || option === '-r') made.multirun = false;
    else if (word.startsWith('-') && !/^-?\d/.test(word))
      throw new UsageError(`there is no option '${option}'`, didYouMean(option, OPTIONS));
    else made.overrides.push(word);
  }
  return made;
}
