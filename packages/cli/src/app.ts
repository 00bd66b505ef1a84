/** The commands, as data. What one does is loaded when it is used. */
import { type Application, buildApplication, buildChoiceParser, buildRouteMap } from '@stricli/core';
import {
  common,
  multirunFlags,
  showFlags,
  switchFlag,
  textFlag,
  workflowFlags,
  workflowUsage,
  workflowWords,
} from './commands/parameters.ts';
import type { CliContext } from './terminal/context.ts';
import { command } from './workflow/lazy.ts';

const run = command(() => import('./commands/run.ts'), {
  parameters: {
    flags: {
      ...workflowFlags,
      only: textFlag('These tasks and what they need, separated by commas', 'tasks'),
      tags: textFlag('Tasks with one of these tags', 'tags'),
      skipTags: textFlag('No tasks with one of these tags', 'tags'),
      from: textFlag('These tasks and what follows from them; what is before must be stored', 'tasks'),
      workers: textFlag('Worker threads: a number, or auto', 'n'),
      ...multirunFlags,
      ...showFlags,
      report: { kind: 'boolean', default: true, brief: 'Write report.html' },
      events: switchFlag('Write what happens to standard output, one JSON line each'),
      quiet: switchFlag('No progress'),
    },
    positional: workflowWords,
    aliases: { m: 'multirun', q: 'quiet', c: 'cfg', i: 'info' },
  },
  docs: {
    brief: 'Run a workflow',
    customUsage: workflowUsage(
      { input: 'flow.yaml selection.pt=30', brief: 'with another value in its config' },
      { input: 'config.yaml site=farm', brief: 'with another option of a config group' },
      { input: 'flow.yaml --only select,mass', brief: 'some tasks and what they need' },
      { input: 'flow.yaml -m selection.pt=20,30', brief: 'two whole runs' },
      { input: 'flow.yaml -m pt=range(20,50,10) --resume last', brief: 'those that are not done yet' },
    ),
  },
});

const config = command(() => import('./commands/config.ts'), {
  parameters: {
    flags: { ...workflowFlags, ...showFlags, origins: switchFlag('Behind each value the place that set it') },
    positional: workflowWords,
  },
  docs: {
    brief: 'Show the composed config, or where a value comes from',
    customUsage: workflowUsage({
      input: 'flow.yaml selection.pt',
      brief: 'one value, who set it and what it beat',
    }),
  },
});

const definition = command(() => import('./commands/definition.ts'), {
  parameters: { flags: workflowFlags, positional: workflowWords },
  docs: { brief: 'Show the tasks with everything filled in', customUsage: workflowUsage() },
});

const graph = command(() => import('./commands/graph.ts'), {
  parameters: {
    flags: {
      ...workflowFlags,
      format: {
        kind: 'enum',
        values: ['text', 'dot', 'mermaid', 'svg', 'json'],
        optional: true,
        brief: 'How to write it (text)',
      },
    },
    positional: workflowWords,
  },
  docs: { brief: 'Show what reads what', customUsage: workflowUsage() },
});

const plan = command(() => import('./commands/plan.ts'), {
  parameters: {
    flags: {
      ...workflowFlags,
      only: textFlag('These tasks and what they need, separated by commas', 'tasks'),
      tags: textFlag('Tasks with one of these tags', 'tags'),
      skipTags: textFlag('No tasks with one of these tags', 'tags'),
      from: textFlag('These tasks and what follows from them; what is before must be stored', 'tasks'),
      exitCode: switchFlag('Exit with 4 when something would run'),
      diff: {
        kind: 'parsed',
        parse: String,
        optional: true,
        inferEmpty: true,
        brief: 'What is different from a run: the last one, or a named one',
        placeholder: 'run',
      },
    },
    positional: workflowWords,
  },
  docs: { brief: 'Show what a run would do, and what it would reuse', customUsage: workflowUsage() },
});

const lint = command(() => import('./commands/lint.ts'), {
  parameters: {
    flags: { ...workflowFlags, withData: switchFlag('Look at the data too: fields and types') },
    positional: workflowWords,
  },
  docs: { brief: 'Check a workflow without running it', customUsage: workflowUsage() },
});

const inspect = command(() => import('./commands/inspect.ts'), {
  parameters: {
    flags: common,
    positional: {
      kind: 'array',
      minimum: 1,
      parameter: {
        brief: 'A file with data: ROOT, Parquet, CSV, JSON, Arrow',
        placeholder: 'file',
        parse: String,
      },
    },
  },
  docs: { brief: 'Show what is in a file: tables, columns, types, rows' },
});

const init = command(() => import('./commands/init.ts'), {
  parameters: {
    flags: common,
    positional: {
      kind: 'tuple',
      parameters: [
        { brief: 'Folder to write to (this one)', placeholder: 'folder', parse: String, optional: true },
      ],
    },
  },
  docs: { brief: 'Write a small workflow that runs' },
});

const report = command(() => import('./commands/report.ts'), {
  parameters: {
    flags: common,
    positional: {
      kind: 'tuple',
      parameters: [
        { brief: 'Folder of a run (the last one)', placeholder: 'run', parse: String, optional: true },
      ],
    },
  },
  docs: { brief: 'Write report.html of a run' },
});

const explain = command(() => import('./commands/explain.ts'), {
  parameters: {
    flags: common,
    positional: {
      kind: 'tuple',
      parameters: [
        {
          brief: 'An error code, an operator or a keyword; all of them, without one',
          placeholder: 'word',
          parse: String,
          optional: true,
        },
      ],
    },
  },
  docs: { brief: 'Explain an error code, an operator or a keyword' },
});

const schema = command(() => import('./commands/schema.ts'), {
  parameters: { flags: common, positional: workflowWords },
  docs: {
    brief: 'Write the JSON Schema of workflows, for editors',
    customUsage: [
      '[FILE]',
      { input: 'flow.yaml > workflow.schema.json', brief: 'with the packs that it uses' },
    ],
  },
});

const convert = command(() => import('./commands/convert.ts'), {
  parameters: {
    flags: {
      ...workflowFlags,
      to: {
        kind: 'parsed',
        parse: String,
        default: 'default',
        brief: 'The syntax to write',
        placeholder: 'name',
      },
    },
    positional: workflowWords,
  },
  docs: {
    brief: 'Write a workflow of another syntax in ours',
    customUsage: workflowUsage({
      input: 'sequence.yaml > flow.yaml',
      brief: 'beside the file it came from: paths stay as they are',
    }),
  },
});

const cacheFlags = { ...common, store: textFlag('Folder of the store (.fasthep/store)', 'folder') };
const cache = buildRouteMap({
  routes: {
    ls: command(() => import('./commands/cache/ls.ts'), {
      parameters: { flags: cacheFlags },
      docs: { brief: 'How much is stored' },
    }),
    gc: command(() => import('./commands/cache/gc.ts'), {
      parameters: {
        flags: {
          ...cacheFlags,
          olderThan: textFlag('Remove what was not used for this long: 30d, 12h', 'time'),
          maxSize: textFlag('Remove what was used longest ago until so much is left: 10GB', 'size'),
          dryRun: switchFlag('Say only what would go'),
          force: switchFlag('Also while runs use the store'),
        },
      },
      docs: { brief: 'Remove what is old' },
    }),
    verify: command(() => import('./commands/cache/verify.ts'), {
      parameters: { flags: cacheFlags },
      docs: { brief: 'Read everything and drop what is damaged' },
    }),
    export: command(() => import('./commands/cache/export.ts'), {
      parameters: {
        flags: cacheFlags,
        positional: {
          kind: 'tuple',
          parameters: [{ brief: 'File to write', placeholder: 'file', parse: String }],
        },
      },
      docs: { brief: 'Write everything that is stored into one file' },
    }),
    import: command(() => import('./commands/cache/import.ts'), {
      parameters: {
        flags: cacheFlags,
        positional: {
          kind: 'tuple',
          parameters: [{ brief: 'File that export wrote', placeholder: 'file', parse: String }],
        },
      },
      docs: { brief: 'Take in what another store exported' },
    }),
  },
  docs: { brief: 'Look after the store of results' },
});

const runs = command(() => import('./commands/runs.ts'), {
  parameters: {
    flags: { ...common, out: textFlag('Folder of the runs (runs)', 'folder') },
    positional: {
      kind: 'tuple',
      parameters: [
        { brief: 'One run, to show more of it', placeholder: 'run', parse: String, optional: true },
      ],
    },
  },
  docs: { brief: 'List the runs, or show one' },
});

const exec = command(() => import('./commands/exec.ts'), {
  parameters: {
    flags: {
      ...common,
      store: textFlag('Folder of the store (that of the run)', 'folder'),
    },
    positional: {
      kind: 'tuple',
      parameters: [
        { brief: 'plan.json of a run', placeholder: 'plan', parse: String },
        { brief: 'Name of a task: mass, events.rows[3]', placeholder: 'task', parse: String },
      ],
    },
  },
  docs: { brief: 'Run one task of a plan in this process' },
});

const why = command(() => import('./commands/why.ts'), {
  parameters: {
    flags: { ...workflowFlags, run: textFlag('The run to compare with (the last one)', 'run') },
    positional: workflowWords,
  },
  docs: {
    brief: 'Say why products would be made or reused',
    customUsage: [
      'FILE [TASK...] [OVERRIDE...]',
      { input: 'flow.yaml mass selection.pt=30', brief: 'one product, with another cut' },
    ],
  },
});

const diff = command(() => import('./commands/diff.ts'), {
  parameters: {
    flags: common,
    positional: {
      kind: 'tuple',
      parameters: [
        { brief: 'A run', placeholder: 'run', parse: String },
        { brief: 'Another run', placeholder: 'run', parse: String },
      ],
    },
  },
  docs: { brief: 'Show what is different between two runs' },
});

const worker = command(() => import('./commands/worker.ts'), {
  parameters: {
    flags: {
      ...common,
      tasks: textFlag('File with the tasks, one JSON line each (standard input)', 'file'),
      task: textFlag('One task, of the folder of an export', 'name'),
      child: { ...switchFlag('Compute for another worker'), hidden: true },
    },
    positional: {
      kind: 'tuple',
      parameters: [{ brief: 'plan.json of a run', placeholder: 'plan', parse: String }],
    },
  },
  docs: { brief: 'Run tasks of a plan that come as JSON lines, one after the other' },
});

const backends = command(() => import('./commands/backends.ts'), {
  parameters: { flags: common, positional: { kind: 'tuple', parameters: [] } },
  docs: { brief: 'List the engines that a plan can run on, and what is missing for the others' },
});

const doctor = command(() => import('./commands/doctor.ts'), {
  parameters: {
    flags: common,
    positional: {
      kind: 'tuple',
      parameters: [{ brief: 'A back end (local)', placeholder: 'backend', parse: String, optional: true }],
    },
  },
  docs: { brief: 'Run a small plan on a back end, from end to end' },
});

const setup = buildRouteMap({
  routes: {
    python: command(() => import('./commands/setup-python.ts'), {
      parameters: {
        flags: { ...common, engine: textFlag('One engine: hamilton, dask, prefect (all)', 'engine') },
        positional: { kind: 'tuple', parameters: [] },
      },
      docs: { brief: 'Make the Python environments of engines, once' },
    }),
  },
  docs: { brief: 'Set up what engines need' },
});

const exportTo = command(() => import('./commands/export.ts'), {
  parameters: {
    flags: {
      ...workflowFlags,
      only: textFlag('These tasks and what they need, separated by commas', 'tasks'),
      tags: textFlag('Tasks with one of these tags', 'tags'),
      skipTags: textFlag('No tasks with one of these tags', 'tags'),
      from: textFlag('These tasks and what follows from them; what is before must be stored', 'tasks'),
      to: textFlag('Folder to write to (NAME-FORMAT)', 'folder'),
      image: textFlag('Container image that has this command', 'image'),
      command: textFlag('How this command is called there (fasthep-flow)', 'words'),
    },
    positional: {
      kind: 'array',
      minimum: 2,
      parameter: {
        brief: 'snakemake, htcondor, reana …, then a workflow file and overrides of its config',
        placeholder: 'format',
        parse: String,
      },
    },
  },
  docs: {
    brief: 'Write a workflow for another system',
    customUsage: [
      'FORMAT FILE [OVERRIDE...]',
      { input: 'snakemake flow.yaml --to farm', brief: 'a Snakefile' },
    ],
  },
});

const completion = command(() => import('./commands/completion.ts'), {
  parameters: {
    flags: common,
    positional: {
      kind: 'tuple',
      parameters: [
        {
          brief: 'bash, zsh or fish',
          placeholder: 'shell',
          parse: buildChoiceParser(['bash', 'zsh', 'fish']),
        },
      ],
    },
  },
  docs: {
    brief: 'Write the script that makes a shell complete commands, keys and groups',
    customUsage: [
      'SHELL',
      { input: 'bash >> ~/.bashrc', brief: 'bash' },
      { input: 'zsh > ~/.zfunc/_fasthep-flow', brief: 'zsh, with that folder in fpath' },
      { input: 'fish > ~/.config/fish/completions/fasthep-flow.fish', brief: 'fish' },
    ],
  },
});

const routes = {
  run,
  config,
  definition,
  graph,
  plan,
  inspect,
  lint,
  init,
  report,
  why,
  diff,
  explain,
  completion,
  schema,
  convert,
  cache,
  runs,
  exec,
  worker,
  export: exportTo,
  backends,
  doctor,
  setup,
};

/** The command line. */
export function application(version: string): Application<CliContext> {
  return buildApplication<CliContext>(
    buildRouteMap({
      routes,
      docs: {
        brief: 'Workflows from YAML files: checked before they run, nothing computed twice',
        fullDescription:
          'Exit codes: 0 fine, 1 the workflow failed, 2 the input is wrong, 130 interrupted.\nResults go to standard output, everything else to standard error.',
      },
    }),
    {
      name: 'fasthep-flow',
      versionInfo: { currentVersion: version },
      scanner: { caseStyle: 'allow-kebab-for-camel', allowArgumentEscapeSequence: true },
    },
  );
}
