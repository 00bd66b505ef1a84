/** Shows how a run goes: redrawn on a terminal, plain lines elsewhere. */
import type { Event, Facts, Plan } from '@fasthep/flow';
import { paint } from '../terminal/colour.ts';
import type { CliContext } from '../terminal/context.ts';
import { count } from '../terminal/units.ts';
import { progressLines } from './lines.ts';
import { fraction, runProgress } from './model.ts';

/** Takes events. */
export interface Reporter {
  event(event: Event): void;
  /** Takes away what is only for the time of the run. */
  end(): void;
}

/** Milliseconds between two drawings. */
const REDRAW = 100;
/** Where nothing is redrawn: a line for each tenth of a dataset, but not too soon, and one from time to time. */
const STEP = 0.1;
const SHORT = 1000;
const QUIET = 30_000;

/** The reporter that fits the stream. */
export function reporter(context: CliContext, plan: Plan, facts: Facts): Reporter {
  const { stderr, env } = context.process;
  const redraw = stderr.isTTY === true && env.TERM !== 'dumb' && !env.CI;
  return redraw ? drawn(context, plan, facts) : plain(context, plan, facts);
}

function drawn({ process: { stderr, env } }: CliContext, plan: Plan, facts: Facts): Reporter {
  const { state, take } = runProgress(plan, facts);
  const colours = paint(stderr, env);
  let height = 0;
  let last = 0;
  const clear = () => {
    if (height > 0) stderr.write(`\u001b[${height}A\u001b[0J`);
    height = 0;
  };
  const draw = (now: number) => {
    last = now;
    clear();
    const lines = progressLines(state, Math.max(2, (stderr.rows ?? 24) - 3), colours, now);
    // Wrapping is off while drawing: a line that is too long must not become two.
    stderr.write(`\u001b[?7l${lines.map((line) => `${line}\n`).join('')}\u001b[?7h`);
    height = lines.length;
  };
  const timer = setInterval(() => state.tasks > 0 && draw(Date.now()), REDRAW);
  timer.unref();
  return {
    event(event) {
      take(event);
      if (event.type === 'log' && event.level !== 'info') {
        clear();
        stderr.write(`${logLine(event)}\n`);
      }
      if (event.time - last >= REDRAW && state.tasks > 0) draw(Date.now());
    },
    end() {
      clearInterval(timer);
      if (state.datasets.size > 0) draw(Date.now());
      else clear();
    },
  };
}

function plain({ process: { stderr } }: CliContext, plan: Plan, facts: Facts): Reporter {
  const { state, take } = runProgress(plan, facts);
  const told = new Map<string, { done: number; time: number }>();
  return {
    event(event) {
      take(event);
      if (event.type === 'log' && event.level !== 'info') stderr.write(`${logLine(event)}\n`);
      if (event.type !== 'progress' && event.type !== 'task-end') return;
      for (const dataset of state.datasets.values()) {
        const done = fraction(dataset);
        const last = told.get(dataset.name) ?? { done: 0, time: dataset.started ?? event.time };
        const waited = event.time - last.time;
        const due =
          done === 1 ? last.done < 1 : waited > QUIET || (done - last.done >= STEP && waited > SHORT);
        if (!due || done === last.done) continue;
        told.set(dataset.name, { done, time: event.time });
        const of = dataset.rows === undefined || done === 1 ? '' : ` of ${count(dataset.rows)}`;
        const failed = dataset.failed > 0 ? `, ${dataset.failed} failed` : '';
        stderr.write(
          `${dataset.name || 'rows'}: ${Math.floor(done * 100)} %, ${count(dataset.rowsDone)}${of} rows${failed}\n`,
        );
      }
    },
    end() {},
  };
}

function logLine({ level, message, task }: Extract<Event, { type: 'log' }>): string {
  return `${level}: ${task ? `${task}: ` : ''}${message}`;
}
