import type { Container } from '../tree/node.ts';
import { load } from '../yaml/load.ts';

/**
 * The `hydra` part of every composed config: run directories, job, logging. Names and values are those of
 * Hydra 1.3, so that configs written for it compose the same.
 */
const LOGGING = 'version: 1\n';
const CONSOLE = (format: string) =>
  `${LOGGING}formatters: {simple: {format: '${format}'}}\nhandlers: {console: {class: logging.StreamHandler, formatter: simple, stream: 'ext://sys.stdout'}}\nroot: {level: INFO, handlers: [console]}\n`;
const QUIET = `${LOGGING}root: {level: ERROR}\ndisable_existing_loggers: true\n`;
const NONE = `${LOGGING}root: null\ndisable_existing_loggers: false\n`;

const TEXTS: Record<string, string> = {
  'hydra/config': `
defaults:
  - output: default
  - launcher: basic
  - sweeper: basic
  - help: default
  - hydra_help: default
  - hydra_logging: default
  - job_logging: default
  - callbacks: null
  - env: default
mode: null
searchpath: []
run: {dir: '???'}
sweep: {dir: '???', subdir: '???'}
hydra_logging: ???
job_logging: ???
sweeper: ???
launcher: ???
callbacks: {}
help: {app_name: '???', header: '???', footer: '???', template: '???'}
hydra_help: {hydra_help: '???', template: '???'}
output_subdir: .hydra
overrides: {hydra: [], task: []}
job:
  name: ???
  chdir: null
  override_dirname: ???
  id: ???
  num: ???
  config_name: ???
  env_set: {}
  env_copy: []
  config: {override_dirname: {kv_sep: '=', item_sep: ',', exclude_keys: []}}
runtime: {version: '???', version_base: '???', cwd: '???', config_sources: '???', output_dir: '???', choices: {}}
verbose: false
`,
  'hydra/output/default':
    'run: {dir: "outputs/${now:%Y-%m-%d}/${now:%H-%M-%S}"}\nsweep: {dir: "multirun/${now:%Y-%m-%d}/${now:%H-%M-%S}", subdir: "${hydra.job.num}"}\n',
  'hydra/launcher/basic': '_target_: hydra._internal.core_plugins.basic_launcher.BasicLauncher\n',
  'hydra/sweeper/basic':
    '_target_: hydra._internal.core_plugins.basic_sweeper.BasicSweeper\nmax_batch_size: null\nparams: null\n',
  'hydra/help/default':
    'app_name: "${hydra.job.name}"\nheader: "${hydra.help.app_name}"\nfooter: ""\ntemplate: ""\n',
  'hydra/hydra_help/default': 'hydra_help: ???\ntemplate: ""\n',
  'hydra/env/default': '',
  'hydra/job_logging/default': `${LOGGING}formatters: {simple: {format: '[%(asctime)s][%(name)s][%(levelname)s] - %(message)s'}}
handlers:
  console: {class: logging.StreamHandler, formatter: simple, stream: 'ext://sys.stdout'}
  file: {class: logging.FileHandler, formatter: simple, filename: "\${hydra.runtime.output_dir}/\${hydra.job.name}.log"}
root: {level: INFO, handlers: [console, file]}
disable_existing_loggers: false
`,
  'hydra/job_logging/stdout': `${CONSOLE('%(message)s')}disable_existing_loggers: false\n`,
  'hydra/job_logging/disabled': QUIET,
  'hydra/job_logging/none': NONE,
  'hydra/hydra_logging/default': `${CONSOLE('[%(asctime)s][HYDRA] %(message)s')}loggers: {logging_example: {level: DEBUG}}\ndisable_existing_loggers: false\n`,
  'hydra/hydra_logging/disabled': QUIET,
  'hydra/hydra_logging/none': NONE,
  'hydra/hydra_logging/hydra_debug': `${LOGGING}formatters: {simple: {format: '[%(asctime)s][%(name)s][%(levelname)s] - %(message)s'}}
handlers:
  file: {class: logging.FileHandler, mode: w, formatter: simple, filename: "hydra-\${hydra.job.name}.log", delay: true}
root: {level: ERROR, handlers: [file]}
loggers: {hydra: {level: DEBUG}}
disable_existing_loggers: false
`,
};

/** Files whose package is not their group's. */
const PACKAGES: Record<string, string> = { 'hydra/output/default': 'hydra' };

let made: Map<string, Container> | undefined;

/** The settings as configs of the search path. */
export function settingsConfigs(): { configs: Map<string, Container>; packages: Record<string, string> } {
  made ??= new Map(
    Object.entries(TEXTS).map(([path, text]) => [
      path,
      load(text, { file: `pkg://${path}.yaml`, mode: 'omegaconf' }),
    ]),
  );
  return { configs: made, packages: PACKAGES };
}
